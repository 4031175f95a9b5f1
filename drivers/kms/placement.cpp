#include "drivers/kms/placement.hpp"

#include <algorithm>
#include <cmath>
#include <sstream>

namespace kiosk::drivers {

namespace {

double part_of(const Axis& axis, int raw) {
  const double span = static_cast<double>(axis.most) - axis.least + 1;
  return span > 0 ? (static_cast<double>(raw) - axis.least + 0.5) / span : 0;
}

int dot_of(double part, int size) {
  return std::clamp(static_cast<int>(std::floor(part * size)), 0, size - 1);
}

}  // namespace

std::optional<Calibration> calibration_of(std::string_view text) {
  std::istringstream words{std::string(text)};
  words.imbue(std::locale::classic());
  Calibration numbers{};
  for (auto& number : numbers) words >> number;
  const bool whole = !words.fail() && (words >> std::ws).eof();
  if (!whole || !std::ranges::all_of(numbers, [](double n) { return std::abs(n) <= 100; }))
    return std::nullopt;
  return numbers;
}

Placement::Dot Placement::dot(int raw_x, int raw_y, Dots size) const {
  const double u = part_of(x, raw_x), v = part_of(y, raw_y);
  const auto& [a, b, c, d, e, f] = calibration;
  const auto place = upright({a * u + b * v + c, d * u + e * v + f}, turn);
  return {dot_of(std::clamp(place.x, 0.0, 1.0), size.width),
          dot_of(std::clamp(place.y, 0.0, 1.0), size.height)};
}

}  // namespace kiosk::drivers
