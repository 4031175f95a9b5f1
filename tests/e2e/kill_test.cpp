// The power fails at every step of the main job and of its branches, and comes back: at most one case,
// nothing sent twice, the audit trail whole, and a kiosk that serves the next one.

#include "tests/e2e/stage.hpp"

namespace kiosk::testing {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t steps = 32;  // of the scenario

class Killed : public Stage {
 protected:
  void restart() {
    ASSERT_TRUE(hall().start_kiosk());
    if (await_page({"attract", "take_card"}) == "take_card") {
      ASSERT_TRUE(hall().stations().turn("reader", "card", "none"));
      await_page({"attract"});
    }
  }

  void expect_recovered() {
    restart();
    EXPECT_LE(hall().registry().authority().recorded(), 1U);
    EXPECT_LE(hall().registry().arrived("/v1/applications"), 1U) << "an application was sent twice";
    ASSERT_TRUE(hall().stations().turn("reader", "card", "none"));
    ASSERT_TRUE(hall().stations().turn("receipt_printer", "paper", "full"));
    auto next = scenario("progress_number");
    std::erase_if(next.acts, [](const lobby::Act& act) { return act.verb == lobby::Verb::expect; });
    play(next);
    expect_whole_audit_trail();
  }
};

class KilledAtStep : public Killed, public ::testing::WithParamInterface<std::size_t> {};

TEST_P(KilledAtStep, RecoversWhole) {
  const auto job = scenario("mortgage_cancellation");
  ASSERT_EQ(job.acts.size(), steps);
  ASSERT_TRUE(hall().start_kiosk());
  play_some(job, GetParam());
  hall().kiosk().kill();
  expect_recovered();
}

INSTANTIATE_TEST_SUITE_P(Sweep, KilledAtStep, ::testing::Range<std::size_t>(1, steps));

/// The steps that a branch adds to the main job: from the touch that begins it.
struct Branch {
  const char* scenario;
  const char* touch;
};

class KilledInBranch : public Killed, public ::testing::WithParamInterface<std::tuple<Branch, std::size_t>> {
 protected:
  /// Plays the scenario up to the cut.
  void play_to_the_cut(const lobby::Scenario& job) {
    const auto& [branch, step] = GetParam();
    const auto begins = std::ranges::find(job.acts, branch.touch, &lobby::Act::what);
    ASSERT_NE(begins, job.acts.end()) << branch.touch;
    ASSERT_TRUE(hall().start_kiosk());
    play_some(job, static_cast<std::size_t>(begins - job.acts.begin()) + 1 + step);
    hall().kiosk().kill();
  }
};

TEST_P(KilledInBranch, RecoversWhole) {
  play_to_the_cut(scenario(std::get<0>(GetParam()).scenario));
  expect_recovered();
}

INSTANTIATE_TEST_SUITE_P(Certificate, KilledInBranch,
                         ::testing::Combine(::testing::Values(Branch{"by_certificate", "by_certificate"}),
                                            ::testing::Range<std::size_t>(0, 9)));
INSTANTIATE_TEST_SUITE_P(Result, KilledInBranch,
                         ::testing::Combine(::testing::Values(Branch{"result_on_a4", "print_result"}),
                                            ::testing::Range<std::size_t>(0, 4)));

INSTANTIATE_TEST_SUITE_P(CoOwner, KilledInBranch,
                         ::testing::Combine(::testing::Values(Branch{"co_owner", "here_now"}),
                                            ::testing::Values<std::size_t>(1, 5, 7, 16, 18, 20)));
INSTANTIATE_TEST_SUITE_P(PaperInDoubt, KilledInBranch,
                         ::testing::Combine(::testing::Values(Branch{"paper_ends", "row.0"}),
                                            ::testing::Values<std::size_t>(7, 8, 9, 10)));

class KilledWhileInviting : public KilledInBranch {};

TEST_P(KilledWhileInviting, SendsOneMessageHoweverOftenItIsAsked) {
  auto visit = scenario("invitation");
  const auto agrees = std::ranges::find(visit.acts, "registry.agree", &lobby::Act::what);
  visit.acts.erase(agrees, visit.acts.end());
  std::erase_if(visit.acts, [](const lobby::Act& act) { return act.verb == lobby::Verb::expect; });
  play_to_the_cut(visit);
  restart();
  play(visit);
  const auto invited = nlohmann::json::parse(hall().registry().authority().invited_json());
  ASSERT_EQ(invited.size(), 1U);
  EXPECT_EQ(invited[0].value("messages", 0), 1);
  EXPECT_EQ(hall().registry().authority().recorded(), 0U);
  expect_whole_audit_trail();
}

INSTANTIATE_TEST_SUITE_P(Sweep, KilledWhileInviting,
                         ::testing::Combine(::testing::Values(Branch{"invitation", "invite"}),
                                            ::testing::Range<std::size_t>(0, 6)));

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
