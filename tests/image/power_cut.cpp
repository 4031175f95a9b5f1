// A good system whose power goes again and again.

#include <random>

#include <fmt/format.h>

#include "tests/image/booted.hpp"

namespace kiosk::image {
namespace {

class PowerCut : public Booted {};

TEST_F(PowerCut, TwentyAtRandomAndItAlwaysStarts) {
  ASSERT_NO_FATAL_FAILURE(make_disk(Damage::none));
  ASSERT_NO_FATAL_FAILURE(power_on(false));
  ASSERT_NO_FATAL_FAILURE(expect_attract("whole"));
  const auto start =
      std::chrono::duration_cast<std::chrono::milliseconds>(Steady::now() - machine_->started_at());
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
    fmt::print("cut {:2} after {:5.1f} s, {}; tries A {} B {}\n", cut,
               std::chrono::duration<double>(after).count(), serving ? "serving" : "starting", boots["A_TRY"],
               boots["B_TRY"]);
    std::fflush(stdout);
  }
  ASSERT_NO_FATAL_FAILURE(power_on(false));
  ASSERT_NO_FATAL_FAILURE(expect_attract());
}

}  // namespace
}  // namespace kiosk::image
