#pragma once
// Covers a page with personal data when nobody touches it for a while; the session goes on.

#include "screens/screen.hpp"

namespace kiosk::screens {

struct Curtain {
  static constexpr std::string_view name = "curtain";
  bool operator==(const Curtain&) const = default;
};
Layout layout(const Curtain& screen, const Look& look, const Draft& draft);

}  // namespace kiosk::screens
