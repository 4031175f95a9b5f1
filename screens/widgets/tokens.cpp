#include "screens/widgets/tokens.hpp"

namespace kiosk::screens {

Font font(const Look& look, Letter letter, Weight weight) {
  // em in millimetres for small, standard, large, extra large. Headings grow less than what is read.
  constexpr double kEm[][4] = {
      {6.7, 6.7, 8.8, 11.7},     // fine: capitals 4.8, 4.8, 6.4, 8.5 mm (VVSG 7.1-G)
      {6.8, 7.9, 9.9, 12.2},     // secondary
      {8.4, 9.9, 12.9, 15.8},    // body: 0.85, 1.0, 1.3, 1.6
      {9.3, 10.9, 13.4, 15.8},   // button
      {10.4, 12.0, 14.4, 16.6},  // heading
      {13.4, 14.9, 17.0, 19.0},  // title
      {20.5, 24.0, 26.5, 29.0},  // number
  };
  const double least = weight == Weight::bold ? 24 : 27;
  const double em = kEm[static_cast<int>(letter)][static_cast<int>(look.size)] * look.panel.dots_per_mm();
  return {.em = std::max(least, std::round(em)), .weight = weight};
}

}  // namespace kiosk::screens
