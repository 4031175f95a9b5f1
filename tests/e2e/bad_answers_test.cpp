// The registry answers an application with something that is no decision: the person hears that nothing was
// submitted, nothing is sent twice, and the registry has nothing.

#include "tests/e2e/stage.hpp"

namespace kiosk::testing {
namespace {

class BadAnswer : public Stage, public ::testing::WithParamInterface<const char*> {};

TEST_P(BadAnswer, IsSaidAndNothingIsSentTwice) {
  ASSERT_TRUE(hall().start_kiosk());
  ASSERT_TRUE(hall().stations().turn("registry", "next", GetParam()));
  auto job = scenario("mortgage_cancellation");
  job.acts.erase(std::ranges::find(job.acts, "decided", &lobby::Act::what), job.acts.end());
  play(job);
  EXPECT_EQ(await_page({"problem", "decided", "outcome_unknown"}), "problem");
  EXPECT_EQ(hall().registry().arrived("/v1/applications"), 1U);
  EXPECT_EQ(hall().registry().authority().recorded(), 0U);
  expect_no_complaints();
  expect_whole_audit_trail();
}

INSTANTIATE_TEST_SUITE_P(Lobby, BadAnswer,
                         ::testing::Values("lose_request", "garbage", "oversized", "error", "rejected",
                                           "gateway"),
                         [](const auto& answer) { return std::string(answer.param); });

}  // namespace
}  // namespace kiosk::testing
