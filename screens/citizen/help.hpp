#pragma once
// What the page asks, and how to get a person. Opened from every page; closing it goes back there.

#include "screens/screen.hpp"

namespace kiosk::screens {

struct Help {
  static constexpr std::string_view name = "help";
  std::string
      about;  ///< name of the page underneath: its help text is "help.<name>", with a general one behind it
  std::string phone;
  enum class Call { none, calling, called, failed } call = Call::none;
  std::string call_number;  ///< of the staff call, when called
  bool operator==(const Help&) const = default;
};
Layout layout(const Help& screen, const Look& look, const Draft& draft);

}  // namespace kiosk::screens
