#include "screens/paint/palette.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace kiosk::paint {
namespace {

using screens::Colour;
using screens::Theme;

constexpr int roles = static_cast<int>(Colour::scrim) + 1;

// In the order of screens::Colour. Ratios are tested (tests/screens/paint/palette_test.cpp).
constexpr std::array<std::array<std::uint32_t, roles>, 4> palettes = {{
    // standard: text on every light surface >= 10:1 (VVSG 2.0 7.1-C)
    {0x000000, 0xF3F6FA, 0xFFFFFF, 0xE6EEF9, 0x0B1F3A, 0x333A46, 0x5B6B82,
     0x0A2F6B, 0xFFFFFF, 0xE6EEF9, 0x7A1212, 0xFFFFFF, 0x0B4A2D, 0xFFFFFF,
     0xE4F4EA, 0xFFF4D6, 0x4A3200, 0xFFDD00, 0x0B1F3A, 0x0B1F3A, 0x0B1F3A},
    // white on black, >= 20:1 (7.1-D)
    {0x000000, 0x000000, 0x000000, 0x000000, 0xFFFFFF, 0xFFFFFF, 0xFFFFFF,
     0xFFFFFF, 0x000000, 0x000000, 0xFFFFFF, 0x000000, 0xFFFFFF, 0x000000,
     0x000000, 0x000000, 0xFFFFFF, 0xFFDD00, 0x000000, 0xFFFFFF, 0x000000},
    // black on white, >= 20:1
    {0x000000, 0xFFFFFF, 0xFFFFFF, 0xFFFFFF, 0x000000, 0x000000, 0x000000,
     0x000000, 0xFFFFFF, 0xFFFFFF, 0x000000, 0xFFFFFF, 0x000000, 0xFFFFFF,
     0xFFFFFF, 0xFFFFFF, 0x000000, 0xFFDD00, 0x000000, 0x000000, 0x000000},
    // low contrast for eyes that glare hurts: text between 4.5:1 and 8:1
    {0x000000, 0x1C232E, 0x222A36, 0x181E28, 0x9AA3B2, 0x9AA3B2, 0x6F7A8B,
     0x9AA3B2, 0x1C232E, 0x262F3C, 0xB89A9A, 0x1C232E, 0x94AB9F, 0x1C232E,
     0x222E2E, 0x2E2C24, 0xA8A08C, 0xB3A04A, 0x10151C, 0x9AA3B2, 0x10151C},
}};

double channel(double value) {
  return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
}

double luminance(const Rgba& colour) {
  return 0.2126 * channel(colour.red) + 0.7152 * channel(colour.green) + 0.0722 * channel(colour.blue);
}

Rgba mixed(const Rgba& colour, const Rgba& with, double part) {
  const auto mix = [part](double a, double b) { return a + (b - a) * part; };
  return {mix(colour.red, with.red), mix(colour.green, with.green), mix(colour.blue, with.blue),
          colour.alpha};
}

}  // namespace

Rgba rgba(Colour role, Theme theme) {
  if (role == Colour::none) return {0, 0, 0, 0};
  const auto value = palettes[static_cast<std::size_t>(theme)][static_cast<std::size_t>(role)];
  const auto part = [value](int shift) { return static_cast<double>((value >> shift) & 0xFF) / 255; };
  return {part(16), part(8), part(0), role == Colour::scrim ? 0.62 : 1.0};
}

Rgba pressed(const Rgba& fill) {
  if (luminance(fill) > 0.4) return mixed(fill, {0.04, 0.18, 0.42}, 0.22);
  return mixed(fill, {1, 1, 1}, 0.16);
}

double contrast(const Rgba& a, const Rgba& b) {
  const auto [darker, lighter] = std::minmax({luminance(a), luminance(b)});
  return (lighter + 0.05) / (darker + 0.05);
}

}  // namespace kiosk::paint
