#include "firmware/domain/money.hpp"

#include <fmt/format.h>

namespace kiosk::domain {

std::string yuan(std::int64_t fen) {
  // Counted without a sign: the smallest value has no positive twin.
  const auto magnitude = fen < 0 ? 0 - static_cast<std::uint64_t>(fen) : static_cast<std::uint64_t>(fen);
  auto whole = fmt::format("{}", magnitude / 100);
  for (auto at = static_cast<std::ptrdiff_t>(whole.size()) - 3; at > 0; at -= 3)
    whole.insert(static_cast<std::size_t>(at), 1, ',');
  return fmt::format("{}{}.{:02} 元", fen < 0 ? "-" : "", whole, magnitude % 100);
}

}  // namespace kiosk::domain
