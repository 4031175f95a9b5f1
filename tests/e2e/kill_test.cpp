// The power fails at every step of the main job, and comes back: at most one case, nothing sent twice, the
// audit trail whole, and a kiosk that serves the next one.

#include "tests/e2e/stage.hpp"

namespace kiosk::testing {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t steps = 32;  // of the scenario

class KilledAtStep : public Stage, public ::testing::WithParamInterface<std::size_t> {
 protected:
  void expect_recovered() {
    ASSERT_TRUE(hall().start_kiosk());
    if (await_page({"attract", "take_card"}) == "take_card") {
      ASSERT_TRUE(hall().stations().turn("reader", "card", "none"));
      await_page({"attract"});
    }
    EXPECT_LE(hall().registry().authority().recorded(), 1U);
    EXPECT_LE(hall().registry().arrived("/v1/applications"), 1U) << "an application was sent twice";
    ASSERT_TRUE(hall().stations().turn("reader", "card", "none"));
    auto next = scenario("progress_number");
    std::erase_if(next.acts, [](const lobby::Act& act) { return act.verb == lobby::Verb::expect; });
    play(next);
    expect_whole_audit_trail();
  }
};

TEST_P(KilledAtStep, RecoversWhole) {
  const auto job = scenario("mortgage_cancellation");
  ASSERT_EQ(job.acts.size(), steps);
  ASSERT_TRUE(hall().start_kiosk());
  play_some(job, GetParam());
  hall().kiosk().kill();
  expect_recovered();
}

INSTANTIATE_TEST_SUITE_P(Sweep, KilledAtStep, ::testing::Range<std::size_t>(1, steps));

class KilledWhileSubmitting : public KilledAtStep {};

TEST_P(KilledWhileSubmitting, RecoversWhole) {
  auto job = scenario("mortgage_cancellation");
  ASSERT_TRUE(hall().start_kiosk());
  ASSERT_TRUE(hall().stations().turn("registry", "delay", "800"));
  const auto submitted = std::ranges::find(job.acts, "decided", &lobby::Act::what) - job.acts.begin();
  play_some(job, static_cast<std::size_t>(submitted));
  await_page({"working"});
  (void)Wait().sleep(milliseconds(40) * static_cast<int>(GetParam()));
  hall().kiosk().kill();
  ASSERT_TRUE(hall().stations().turn("registry", "delay", "0"));
  expect_recovered();
}

INSTANTIATE_TEST_SUITE_P(Sweep, KilledWhileSubmitting, ::testing::Range<std::size_t>(0, 12));

}  // namespace
}  // namespace kiosk::testing
