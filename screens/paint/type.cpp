#include "screens/paint/type.hpp"

#include <bit>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <string>
#include <unordered_map>

#include <fontconfig/fontconfig.h>
#include <pango/pangocairo.h>
#include <pango/pangofc-fontmap.h>

#include "screens/paint/prepare.hpp"

namespace kiosk::paint {
namespace {

constexpr const char* family = "Noto Sans CJK SC";

struct Unref {
  void operator()(gpointer object) const { g_object_unref(object); }
  void operator()(FcConfig* config) const { FcConfigDestroy(config); }
  void operator()(PangoFontDescription* font) const { pango_font_description_free(font); }
  void operator()(PangoAttrList* list) const { pango_attr_list_unref(list); }
  void operator()(cairo_font_options_t* options) const { cairo_font_options_destroy(options); }
};
template <class T>
using Owned = std::unique_ptr<T, Unref>;

/// A configuration in memory: the system's costs 5 ms to read even when it is empty, and may change the
/// looks of a kiosk from outside. Serif faces of the same folder are no fallback for anything.
Owned<FcConfig> private_fonts(const FontPlaces& places) {
  std::string xml = "<?xml version='1.0'?><fontconfig>";
  for (const auto& folder : places.folders) xml += "<dir>" + folder.string() + "</dir>";
  xml +=
      "<cachedir>/var/cache/fontconfig</cachedir><cachedir prefix='xdg'>fontconfig</cachedir>"
      "<selectfont><rejectfont><glob>*Serif*</glob></rejectfont></selectfont></fontconfig>";
  Owned<FcConfig> config(FcConfigCreate());
  if (!config ||
      !FcConfigParseAndLoadFromMemory(config.get(), reinterpret_cast<const FcChar8*>(xml.c_str()), FcTrue) ||
      !FcConfigBuildFonts(config.get())) {
    return nullptr;
  }
  return config;
}

/// Read once for all Types of the program: it does not change, and fontconfig counts its users across
/// threads.
Owned<FcConfig> shared_fonts(const FontPlaces& places) {
  static const Owned<FcConfig> usual = private_fonts({});
  if (places == FontPlaces{} && usual) return Owned<FcConfig>(FcConfigReference(usual.get()));
  return private_fonts(places);
}

bool has_family(FcConfig* config) {
  const FcFontSet* fonts = FcConfigGetFonts(config, FcSetSystem);
  for (int i = 0; fonts != nullptr && i < fonts->nfont; ++i) {
    FcChar8* name = nullptr;
    for (int n = 0; FcPatternGetString(fonts->fonts[i], FC_FAMILY, n, &name) == FcResultMatch; ++n) {
      if (std::strcmp(reinterpret_cast<const char*>(name), family) == 0) return true;
    }
  }
  return false;
}

}  // namespace

/// What was measured before: a page is laid out again at every touch. Keeps no words, only 128 bits of each.
class Type::Measured {
 public:
  struct Key {
    std::uint64_t first = 0, second = 0;
    bool operator==(const Key&) const = default;
  };

  static Key key(std::string_view text, const screens::Font& font, int width) {
    Key key{0xCBF29CE484222325, 0x9E3779B97F4A7C15};
    const auto mix = [&key](std::uint64_t value) {
      key.first = (key.first ^ value) * 0x100000001B3;
      key.second = std::rotl(key.second ^ value * 0xFF51AFD7ED558CCD, 29) * 0xC4CEB9FE1A85EC53;
    };
    for (const char c : text) mix(static_cast<std::uint8_t>(c));
    mix(std::bit_cast<std::uint64_t>(font.em));
    mix(static_cast<std::uint64_t>(font.weight));
    mix(static_cast<std::uint64_t>(width));
    return key;
  }

  const screens::TextExtent* find(const Key& key) const {
    const auto found = extents_.find(key);
    return found == extents_.end() ? nullptr : &found->second;
  }
  void keep(const Key& key, const screens::TextExtent& extent) {
    if (extents_.size() == 8192) extents_.clear();  // some 400 kB
    extents_.emplace(key, extent);
  }
  void forget() { extents_.clear(); }

 private:
  struct Hash {
    std::size_t operator()(const Key& key) const { return key.first; }
  };
  std::unordered_map<Key, screens::TextExtent, Hash> extents_;
};

struct Type::Pango {
  Owned<FcConfig> fonts;
  Owned<PangoFontMap> map;
  Owned<PangoContext> context;
  Owned<PangoLayout> layout;
  Owned<PangoFontDescription> description;

  void start() {
    // With a current configuration in place Pango's own FcInit() finds nothing left to do.
    FcConfigSetCurrent(fonts.get());
    layout.reset();
    context.reset();
    map.reset(pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT));
    pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(map.get()), fonts.get());
    pango_cairo_font_map_set_resolution(PANGO_CAIRO_FONT_MAP(map.get()), 72);
    context.reset(pango_font_map_create_context(map.get()));
    // The same widths on glass, slip and A4 page: nothing is rounded to the dots of one of them.
    const Owned<cairo_font_options_t> options(cairo_font_options_create());
    cairo_font_options_set_antialias(options.get(), CAIRO_ANTIALIAS_GRAY);
    cairo_font_options_set_hint_style(options.get(), CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options.get(), CAIRO_HINT_METRICS_OFF);
    pango_cairo_context_set_font_options(context.get(), options.get());
    pango_context_set_round_glyph_positions(context.get(), FALSE);
    pango_context_set_language(context.get(), pango_language_from_string("zh-cn"));
    pango_context_set_base_dir(context.get(), PANGO_DIRECTION_LTR);
    layout.reset(pango_layout_new(context.get()));
    pango_layout_set_wrap(layout.get(), PANGO_WRAP_WORD_CHAR);
    pango_layout_set_auto_dir(layout.get(), FALSE);
    if (!description) description.reset(pango_font_description_new());
    pango_font_description_set_family_static(description.get(), family);
  }

  void load(std::string_view text, const screens::Font& font, int width) {
    pango_font_description_set_weight(
        description.get(), font.weight == screens::Weight::bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
    pango_font_description_set_absolute_size(description.get(), font.em * PANGO_SCALE);
    pango_layout_set_font_description(layout.get(), description.get());
    pango_layout_set_width(layout.get(), width <= 0 ? -1 : width * PANGO_SCALE);
    auto prepared = prepare(text);
    const Owned<PangoAttrList> attributes(pango_attr_list_new());
    for (const auto& place : prepared.places) {
      PangoAttribute* feature =
          pango_attr_font_features_new(place.form == Prepared::Form::half ? "halt=1" : "pwid=1");
      feature->start_index = static_cast<guint>(place.begin);
      feature->end_index = static_cast<guint>(place.end);
      pango_attr_list_insert(attributes.get(), feature);
    }
    pango_layout_set_attributes(layout.get(), attributes.get());
    pango_layout_set_text(layout.get(), prepared.text.data(), static_cast<int>(prepared.text.size()));
    ::explicit_bzero(prepared.text.data(), prepared.text.size());
  }

  /// Pango keeps the last text; overwrite it where it lies.
  void unload() {
    const char* text = pango_layout_get_text(layout.get());
    ::explicit_bzero(const_cast<char*>(text), std::strlen(text));
    pango_layout_set_text(layout.get(), "", 0);
    pango_layout_set_attributes(layout.get(), nullptr);
  }
};

Type::Type(std::unique_ptr<Pango> pango)
    : pango_(std::move(pango)), measured_(std::make_unique<Measured>()) {}
Type::~Type() = default;

Result<std::unique_ptr<Type>> Type::open(const FontPlaces& places) {
  auto pango = std::make_unique<Pango>();
  pango->fonts = shared_fonts(places);
  if (!pango->fonts || !has_family(pango->fonts.get())) {
    return fail(Errc::not_present, "no Noto Sans CJK SC among the fonts: package fonts-noto-cjk");
  }
  pango->start();
  return std::unique_ptr<Type>(new Type(std::move(pango)));
}

screens::TextExtent Type::measure(std::string_view text, const screens::Font& font, int width) const {
  if (text.empty()) return {};
  const auto key = Measured::key(text, font, width);
  if (const auto* known = measured_->find(key)) return *known;
  pango_->load(text, font, width);
  PangoRectangle logical;
  pango_layout_get_extents(pango_->layout.get(), nullptr, &logical);
  const auto dots = [](int units) {
    return static_cast<int>(std::ceil(static_cast<double>(units) / PANGO_SCALE));
  };
  const screens::TextExtent extent{.width = dots(logical.width),
                                   .height = dots(logical.height),
                                   .lines = pango_layout_get_line_count(pango_->layout.get())};
  pango_->unload();
  measured_->keep(key, extent);
  return extent;
}

void Type::draw(cairo_t* to, const screens::TextRun& run, const Rgba& colour) const {
  if (run.text.empty()) return;
  PangoLayout* layout = pango_->layout.get();
  pango_->load(run.text, run.font, run.rect.width);
  const bool centre = run.align == screens::Align::centre;
  pango_layout_set_alignment(layout, centre                               ? PANGO_ALIGN_CENTER
                                     : run.align == screens::Align::right ? PANGO_ALIGN_RIGHT
                                                                          : PANGO_ALIGN_LEFT);
  if (run.max_lines > 0) {
    pango_layout_set_height(layout, -run.max_lines);
    pango_layout_set_ellipsize(layout, PANGO_ELLIPSIZE_END);
  }
  cairo_set_source_rgba(to, colour.red, colour.green, colour.blue, colour.alpha);
  cairo_move_to(to, run.rect.x, run.rect.y);
  pango_cairo_show_layout(to, layout);
  pango_layout_set_alignment(layout, PANGO_ALIGN_LEFT);
  pango_layout_set_height(layout, -1);
  pango_layout_set_ellipsize(layout, PANGO_ELLIPSIZE_NONE);
  pango_->unload();
}

int Type::missing_glyphs(std::string_view text) const {
  pango_->load(text, {}, 0);
  const int missing = pango_layout_get_unknown_glyphs_count(pango_->layout.get());
  pango_->unload();
  return missing;
}

void Type::forget() {
  pango_->start();
}

}  // namespace kiosk::paint
