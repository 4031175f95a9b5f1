// A good system whose power goes again and again, with an application on it that the registry has and that
// was not answered: it always starts, and nothing of that is lost.

#include <random>

#include <fmt/format.h>

#include "tests/image/applying.hpp"

namespace kiosk::image {
namespace {

class PowerCut : public Applying {
 protected:
  /// The registry has it, and the power goes before the kiosk knows.
  void apply() {
    registry().fail({.kind = lobby::RegistryFault::Kind::silent_after, .path = applications});
    ASSERT_NO_FATAL_FAILURE(submit());
    ASSERT_NO_FATAL_FAILURE(
        await("it was not recorded", [&] { return registry().authority().recorded() == 1; }));
    machine_.reset();
    registry().heal();
    key_ = recorded_key();
  }

  void expect_kept(int cut) {
    SCOPED_TRACE(cut);
    const auto seen = kept(key_);
    ASSERT_TRUE(seen) << seen.error().what;
    ASSERT_TRUE(seen->submission) << "the application is lost";
    EXPECT_EQ(seen->paper.has_value(), seen->submission->state == records::SubmissionState::decided);
  }

  std::string key_;
};

TEST_F(PowerCut, TwentyAtRandomAndItAlwaysStartsAndLosesNothing) {
  ASSERT_NO_FATAL_FAILURE(rehearse_here("mortgage_cancellation"));
  ASSERT_NO_FATAL_FAILURE(make_disk(Damage::none));
  ASSERT_NO_FATAL_FAILURE(power_on(false));
  ASSERT_NO_FATAL_FAILURE(expect_attract("whole"));
  const auto start =
      std::chrono::duration_cast<std::chrono::milliseconds>(Steady::now() - machine_->started_at());
  ASSERT_NO_FATAL_FAILURE(apply());
  std::mt19937 random(20);
  std::uniform_int_distribution<std::int64_t> moment(
      1, start.count() * 4 / 3);  // while it starts and when it serves
  const auto wanted = attract(configuration_, screens::Closed::open, "12:00");
  ASSERT_TRUE(wanted) << wanted.error().what;
  for (int cut = 1; cut <= 20; ++cut) {
    ASSERT_NO_FATAL_FAILURE(power_on(false));
    const std::chrono::milliseconds after(moment(random));
    ASSERT_TRUE(Wait::of(after + 1min).sleep(after));
    const auto seen = machine_->look(fmt::format("cut-{}", cut));
    ASSERT_TRUE(seen) << "it ended by itself: " << seen.error().what
                      << (machine_->qmp().event("WATCHDOG", Wait::of(1s)) ? ", by its watchdog" : "");
    const bool serving = difference(*seen, *wanted) < 0.02;
    machine_.reset();
    auto boots = boot_state(disk_);
    EXPECT_EQ(boots["PRIMARY"], "A");
    EXPECT_TRUE(boots.contains("A_TRY"));
    ASSERT_NO_FATAL_FAILURE(expect_kept(cut));
    fmt::print("cut {:2} after {:5.1f} s, {}; tries A {} B {}\n", cut,
               std::chrono::duration<double>(after).count(), serving ? "serving" : "starting", boots["A_TRY"],
               boots["B_TRY"]);
    std::fflush(stdout);
  }
  ASSERT_NO_FATAL_FAILURE(expect_done_once("settled", key_, {records::PaperState::owed}));
}

}  // namespace
}  // namespace kiosk::image
