#include "hal/base/clock.hpp"

#include <array>
#include <cstdlib>

#include <sys/random.h>

namespace kiosk {

WallTime SystemClock::now() const {
  return std::chrono::time_point_cast<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

void SystemRandom::fill(std::span<std::uint8_t> bytes) {
  while (!bytes.empty()) {
    const auto got = ::getrandom(bytes.data(), bytes.size(), 0);
    if (got <= 0) std::abort();
    bytes = bytes.subspan(static_cast<std::size_t>(got));
  }
}

std::string new_uuid(Random& random) {
  std::array<std::uint8_t, 16> raw{};
  random.fill(raw);
  raw[6] = static_cast<std::uint8_t>((raw[6] & 0x0FU) | 0x40U);
  raw[8] = static_cast<std::uint8_t>((raw[8] & 0x3FU) | 0x80U);
  auto text = to_hex(raw);
  for (const std::size_t dash : {8U, 13U, 18U, 23U}) text.insert(dash, "-");
  return text;
}

}  // namespace kiosk
