#pragma once
// The machine serves nobody yet, or cannot: it was not set up, its data do not open, or its settings do not
// work. Citizens see where to go; technicians see the machine's number and what to do. In both languages at
// once, for no touch panel is let in before a city has named it.

#include "screens/screen.hpp"

namespace kiosk::screens {

struct NotReady {
  static constexpr std::string_view name = "not_ready";
  std::string machine;  ///< its number: 32 hexadecimal digits, for the city that makes its settings
  std::string trouble;  ///< what must be mended, "foreign" of not_ready.trouble.foreign; empty: it is new
  std::string stick;    ///< how the stick fares, "reading" of not_ready.stick.reading; empty: there is none
  bool operator==(const NotReady&) const = default;
};
Layout layout(const NotReady& screen, const Look& look, const Draft& draft);

}  // namespace kiosk::screens
