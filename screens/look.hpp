#pragma once
// How the person in front of the glass wants to see it, and what glass it is. A layout is a pure function of
// a screen's value and this.

#include <algorithm>
#include <cmath>

namespace kiosk::screens {

enum class Language { zh_cn, en };

/// Four sizes by capital height (VVSG 2.0 7.1-G): the factors of UX 2.1.
enum class TextSize { small, standard, large, extra_large };

/// Four palettes (VVSG 2.0 7.1-C/D).
enum class Theme { standard, contrast_dark, contrast_light, low_contrast };

/// The glass as it was installed; everything is laid out in millimetres.
struct Panel {
  int width = 1080, height = 1920;  ///< dots, portrait
  double diagonal_in = 21.5;        ///< visible diagonal
  double bottom_mm = 900;           ///< lower edge of the picture above the floor
  double view_mm = 600;             ///< eye to glass

  double dots_per_mm() const { return std::hypot(width, height) / (diagonal_in * 25.4); }
  bool operator==(const Panel&) const = default;
};

class Typesetter;

struct Look {
  Panel panel;
  Language language = Language::zh_cn;
  TextSize size = TextSize::standard;
  Theme theme = Theme::standard;
  bool low_reach = false;            ///< everything to touch below 1100 mm above the floor
  bool care = false;                 ///< 关怀模式: fewer things at once, longer timers
  bool touch_reads = false;          ///< speech mode: the first touch reads, the second acts
  const Typesetter* type = nullptr;  ///< measures text; never null when a layout function runs

  /// Millimetres of glass to whole dots.
  int dots(double mm) const { return static_cast<int>(std::lround(mm * panel.dots_per_mm())); }

  bool operator==(const Look&) const = default;
};

}  // namespace kiosk::screens
