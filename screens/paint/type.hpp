#pragma once
// Setting text: one Pango context over a private set of fonts, for measuring and for drawing alike.

#include <filesystem>
#include <memory>
#include <vector>

#include "hal/base/result.hpp"
#include "screens/paint/palette.hpp"
#include "screens/typesetter.hpp"

typedef struct _cairo cairo_t;

namespace kiosk::paint {

/// Folders with fonts. Noto Sans CJK SC sets the text; any other font there is only asked for characters
/// that it lacks (rare names: fonts-hanazono, fonts-babelstone-han).
struct FontPlaces {
  std::vector<std::filesystem::path> folders = {"/usr/share/fonts/opentype/noto",
                                                "/usr/share/fonts/truetype/hanazono",
                                                "/usr/share/fonts/truetype/babelstone-han"};
  bool operator==(const FontPlaces&) const = default;
};

/// One per thread: Pango's font maps are not shared between threads. Keeps no text once a call returns.
class Type final : public screens::Typesetter {
 public:
  /// Reads fontconfig's caches of the folders (some 5 ms; without caches 50 ms and more), never the system's
  /// configuration. `not_present` when Noto Sans CJK SC is in none of them.
  static Result<std::unique_ptr<Type>> open(const FontPlaces& places = {});
  ~Type() override;

  screens::TextExtent measure(std::string_view text, const screens::Font& font, int width) const override;

  /// Draws the run in `colour`; where lines break and how high they stand is what measure() says.
  void draw(cairo_t* to, const screens::TextRun& run, const Rgba& colour) const;

  /// How many characters of the text no font has. Such a name must be shown another way.
  int missing_glyphs(std::string_view text) const;

  /// Forgets fonts and glyphs that were used: which characters a citizen's name has.
  void forget();

 private:
  struct Pango;
  explicit Type(std::unique_ptr<Pango> pango);
  class Measured;
  std::unique_ptr<Pango> pango_;
  std::unique_ptr<Measured> measured_;
};

}  // namespace kiosk::paint
