#pragma once
// Home was pressed in the middle of a service: what is lost and what is safe.

#include "screens/screen.hpp"

namespace kiosk::screens {

struct Leave {
  static constexpr std::string_view name = "leave";
  bool submitted = false;  ///< the application has gone out already
  bool operator==(const Leave&) const = default;
};
Layout layout(const Leave& screen, const Look& look, const Draft& draft);

}  // namespace kiosk::screens
