#pragma once
// Amounts of money. Fees come from the registry in fen; the kiosk only writes them.

#include <cstdint>
#include <string>

namespace kiosk::domain {

/// 86000000 → "860,000.00 元". All of std::int64_t can be written.
std::string yuan(std::int64_t fen);

}  // namespace kiosk::domain
