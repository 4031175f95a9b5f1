// A good system whose power goes again and again, while it starts and when it serves, with an application on
// it that the registry has and that was not answered: it always starts, and nothing of that is lost.

#include <cmath>
#include <random>

#include <fmt/format.h>

#include "tests/image/applying.hpp"

namespace kiosk::image {
namespace {

class PowerCut : public Applying {
 protected:
  /// So far into a start, of which 1 is when it serves; what is beyond is some seconds of that.
  void run_to(double moment, const char* name) {
    if (moment >= 1) {
      ASSERT_NO_FATAL_FAILURE(expect_attract(name, 2 * boot_time));
      ASSERT_TRUE(Wait{}.sleep(std::chrono::seconds(std::lround((moment - 1) * 30))));
      return;
    }
    const auto serves = attract(configuration_, screens::Closed::open, "12:00");
    ASSERT_TRUE(serves) << serves.error().what;
    const auto wait = Wait::of(2 * boot_time);
    auto look_at = Steady::now() + 20s;
    while (machine_->processor_time() < start_ * moment) {
      ASSERT_TRUE(wait.sleep(50ms)) << "it does not get that far";
      if (Steady::now() < look_at) continue;
      // Of busy processors the first start took more than this one needs.
      const auto seen = machine_->await(*serves, 0.02, name, wait.at_most(1s));
      if (seen || seen.error().code != Errc::timed_out) return;  // it serves, or has ended
      look_at = Steady::now() + 20s;
    }
  }

  std::chrono::milliseconds start_{};  ///< what one takes of the processors, with the looks at it
};

TEST_F(PowerCut, TwentyAtRandomAndItAlwaysStartsAndLosesNothing) {
  ASSERT_NO_FATAL_FAILURE(rehearse_here("mortgage_cancellation"));
  ASSERT_NO_FATAL_FAILURE(make_disk(Damage::none));
  ASSERT_NO_FATAL_FAILURE(power_on(false));
  ASSERT_NO_FATAL_FAILURE(expect_attract("whole"));
  start_ = machine_->processor_time();
  ASSERT_GT(start_, 0ms);
  ASSERT_NO_FATAL_FAILURE(cut_unanswered());
  std::mt19937 random(20);
  std::uniform_real_distribution<double> moments(0, 4. / 3);
  const auto serves_nobody = not_ready({.machine = machine_number, .trouble = "", .stick = ""});
  ASSERT_TRUE(serves_nobody) << serves_nobody.error().what;
  for (int cut = 1; cut <= 20; ++cut) {
    const auto name = fmt::format("cut-{}", cut);
    SCOPED_TRACE(name);
    const double moment = moments(random);
    ASSERT_NO_FATAL_FAILURE(power_on(false));
    ASSERT_NO_FATAL_FAILURE(run_to(moment, name.c_str()));
    const auto seen = machine_->look();
    ASSERT_TRUE(seen) << "it ended by itself: " << seen.error().what
                      << (machine_->qmp().event("WATCHDOG", Wait::of(1s)) ? ", by its watchdog" : "");
    ASSERT_TRUE(save(*seen, folder_ / (name + ".png")));
    EXPECT_GT(difference(*seen, *serves_nobody), 0.02) << "it is as if nobody had set it up";
    machine_.reset();
    const auto boots = boot_state(disk_);
    EXPECT_TRUE(boots.whole);
    EXPECT_EQ(boots.first, 'A');
    ASSERT_NO_FATAL_FAILURE(expect_unanswered());
    fmt::print("cut {:2} {:3.0f} % into the start; tries A {} B {}\n", cut, moment * 100, boots.a_tries,
               boots.b_tries);
    std::fflush(stdout);
  }
  ASSERT_NO_FATAL_FAILURE(expect_done_once("settled", key_, {records::PaperState::owed}));
}

}  // namespace
}  // namespace kiosk::image
