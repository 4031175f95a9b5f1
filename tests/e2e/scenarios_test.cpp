// Every service from the first page to the farewell, as the demo plays it.

#include "tests/e2e/stage.hpp"

namespace kiosk::testing {
namespace {

class Scenario : public Stage, public ::testing::WithParamInterface<const char*> {};

TEST_P(Scenario, EndsAsItSays) {
  ASSERT_TRUE(hall().start_kiosk());
  play(scenario(GetParam()));
  expect_no_complaints();
  expect_whole_audit_trail();
}

INSTANTIATE_TEST_SUITE_P(Demo, Scenario,
                         ::testing::Values("mortgage_cancellation", "release_missing", "seizure", "co_owner",
                                           "card_j", "card_i", "card_y", "english", "largest_text",
                                           "lost_answer", "paper_ends", "reader_unplugged", "staff_witness",
                                           "accepted", "to_be_completed", "refused", "cannot_sign",
                                           "by_certificate", "invitation", "three_owners",
                                           "owner_under_old_number", "result_on_a4", "progress_card",
                                           "progress_number", "progress_slip"),
                         [](const auto& name) { return std::string(name.param); });

class Slip : public Stage {};

TEST_F(Slip, CarriesACodeThatTheRegistryKnows) {
  ASSERT_TRUE(hall().start_kiosk());
  play(scenario("mortgage_cancellation"));
  const auto slips = hall().receipt_printer().slips();
  ASSERT_EQ(slips.size(), 1U);
  const auto code = lobby::code_on(slips.front());
  const auto progress = hall().registry().authority().case_by_token(code);
  ASSERT_TRUE(progress) << "\"" << code << "\": " << progress.error().what;
  const auto record = nlohmann::json::parse(hall().registry().authority().latest_json());
  EXPECT_EQ(progress->acceptance_number, record.value("acceptance_number", ""));
}

}  // namespace
}  // namespace kiosk::testing
