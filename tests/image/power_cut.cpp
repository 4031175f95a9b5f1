// A good system whose power goes again and again.

#include <random>

#include <fmt/format.h>

#include "tests/image/booted.hpp"

namespace kiosk::image {
namespace {

class PowerCut : public Booted {};

TEST_F(PowerCut, TwentyAtRandomAndItAlwaysStarts) {
  std::mt19937 random(20);
  std::uniform_int_distribution<int> moment(1, 120'000);
  ASSERT_NO_FATAL_FAILURE(make_disk(Damage::none, "https://10.0.2.2:9"));
  for (int cut = 1; cut <= 20; ++cut) {
    ASSERT_NO_FATAL_FAILURE(power_on(false));
    const std::chrono::milliseconds after(moment(random));
    ASSERT_TRUE(Wait::of(after + 1min).sleep(after));
    auto boots = boot_state(disk_);
    fmt::print("cut {} after {:.1f} s; tries A {} B {}\n", cut, std::chrono::duration<double>(after).count(),
               boots["A_TRY"], boots["B_TRY"]);
  }
  ASSERT_NO_FATAL_FAILURE(power_on(false));
  ASSERT_NO_FATAL_FAILURE(expect_attract());
}

}  // namespace
}  // namespace kiosk::image
