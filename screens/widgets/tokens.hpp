#pragma once
// Sizes in millimetres of glass (UX 2.1), so that a 21.5 inch and a 32 inch panel show the same page.

#include "screens/layout.hpp"
#include "screens/look.hpp"

namespace kiosk::screens {

/// What a text is for, which decides how large it is. `fine` is the smallest there is: 4.8 mm capitals at the
/// standard size.
enum class Letter { fine, secondary, body, button, heading, title, number };

/// The font of a text at the look's size, never below the dots that strokes need (UX 5.2: 27 regular, 24
/// bold).
Font font(const Look& look, Letter letter, Weight weight = Weight::regular);

namespace mm {
inline constexpr double kMargin = 10;  ///< page edge to content
inline constexpr double kGap = 4;      ///< between things to touch (VVSG: at least 2.54)
inline constexpr double kBlock = 5.5;  ///< between the pieces of a page
inline constexpr double kSection = 7;  ///< between groups
inline constexpr double kPad = 6;      ///< card edge to its content
inline constexpr double kRadius = 5;
inline constexpr double kHairline = 0.5;
inline constexpr double kButton = 24;  ///< height of a button in the content
inline constexpr double kKey = 20;     ///< least side of a digit key (Colle & Hiszem 2004)
inline constexpr double kTarget = 15;  ///< least side of anything to touch
inline constexpr double kTopBar = 34.4;
inline constexpr double kStepLine = 18;
inline constexpr double kActionBar = 44.6;
inline constexpr double kServiceBar = 54.5;
inline constexpr double kReach = 1100;  ///< above the floor, low reach (ISO 21542)
}  // namespace mm

}  // namespace kiosk::screens
