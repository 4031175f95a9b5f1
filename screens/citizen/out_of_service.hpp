#pragma once
// The whole machine gives no service: since nothing works, or by plan.

#include "screens/screen.hpp"

namespace kiosk::screens {

struct OutOfService {
  static constexpr std::string_view name = "out_of_service";
  std::string back_at;  ///< "14:00", empty: unknown
  std::string elsewhere;
  std::string phone;
  bool planned = false;
  bool operator==(const OutOfService&) const = default;
};
Layout layout(const OutOfService& screen, const Look& look, const Draft& draft);

}  // namespace kiosk::screens
