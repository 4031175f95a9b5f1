#include "firmware/domain/money.hpp"

#include <fmt/format.h>

namespace kiosk::domain {

std::string yuan(std::int64_t fen) {
  // Counted without a sign: the smallest value has no positive twin.
  const auto magnitude = fen < 0 ? 0 - static_cast<std::uint64_t>(fen) : static_cast<std::uint64_t>(fen);
  return fmt::format("{}{}.{:02} 元", fen < 0 ? "-" : "", magnitude / 100, magnitude % 100);
}

}  // namespace kiosk::domain
