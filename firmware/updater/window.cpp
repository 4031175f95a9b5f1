#include "firmware/updater/window.hpp"

#include <cstdint>

namespace kiosk::updater {
namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;

constexpr milliseconds day = std::chrono::days(1);

/// FNV-1a: the same on every machine and in every version, which std::hash is not.
std::uint32_t hash(std::string_view text) {
  std::uint32_t value = 2166136261U;
  for (const char letter : text) value = (value ^ static_cast<unsigned char>(letter)) * 16777619U;
  return value;
}

/// In [0, a day), also for moments before 1970.
milliseconds in_day(milliseconds span) {
  return ((span % day) + day) % day;
}

}  // namespace

milliseconds until_open(const Window& window, std::string_view kiosk, WallTime now) {
  const auto length = in_day(window.closes - window.opens);
  if (length == milliseconds(0)) return milliseconds(0);
  const auto spread = milliseconds(hash(kiosk) % static_cast<std::uint64_t>((length * 3 / 4).count()));
  const auto since_midnight = in_day(now.time_since_epoch() + window.utc_offset);
  const auto since_opened = in_day(since_midnight - window.opens);  // by everybody's window
  if (since_opened >= length) return day - since_opened + spread;
  return since_opened < spread ? spread - since_opened : milliseconds(0);
}

}  // namespace kiosk::updater
