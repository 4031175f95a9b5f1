#include "firmware/updater/pause.hpp"

#include <algorithm>

namespace kiosk::updater {

using std::chrono::milliseconds;

milliseconds back_off(int failures, std::uint32_t chance, std::optional<std::chrono::seconds> retry_after) {
  constexpr milliseconds first = std::chrono::minutes(1);
  constexpr milliseconds most = std::chrono::hours(1);
  const auto whole = std::min(most, first * (1 << std::clamp(failures - 1, 0, 6)));
  const auto part = whole - milliseconds(chance % static_cast<std::uint64_t>((whole / 2).count() + 1));
  const milliseconds asked = retry_after.value_or(std::chrono::seconds(0));
  return std::min<milliseconds>(std::max(part, asked), longest_pause);
}

milliseconds left_until(WallTime then, WallTime now) {
  if (then <= now || then - now > longest_pause) return milliseconds(0);
  return then - now;
}

}  // namespace kiosk::updater
