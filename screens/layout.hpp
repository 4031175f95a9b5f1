#pragma once
// A laid-out screen: a flat list of nodes. What is seen, heard, focused and touched all come from the same
// nodes, so a widget that cannot be heard or reached with the keypad does not exist. Layouts are values;
// comparing two of them tells what to repaint.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "hal/base/stroke.hpp"
#include "screens/act.hpp"

namespace kiosk::screens {

/// Whole dots; right and bottom edges are outside.
struct Rect {
  int x = 0, y = 0, width = 0, height = 0;
  int right() const { return x + width; }
  int bottom() const { return y + height; }
  bool contains(int px, int py) const { return px >= x && px < right() && py >= y && py < bottom(); }
  bool operator==(const Rect&) const = default;
};

/// Colour roles; the theme's palette gives them their values at paint time (UX 2.4).
enum class Colour : std::uint8_t {
  none,
  background,
  surface,
  sunken,
  text,
  secondary,
  border,
  primary,
  on_primary,
  primary_soft,
  danger,
  on_danger,
  success,
  on_success,
  success_soft,
  warning_soft,
  on_warning,
  focus,
  focus_outer,
  ink,
  scrim
};

enum class Weight : std::uint8_t { regular, bold };
enum class Align : std::uint8_t { left, centre, right };

/// em size in dots.
struct Font {
  double em = 40;
  Weight weight = Weight::regular;
  bool operator==(const Font&) const = default;
};

/// A filled rectangle, with a border and a soft shadow if wanted.
struct Fill {
  Rect rect;
  Colour colour = Colour::surface;
  int radius = 0;
  Colour border = Colour::none;
  int border_width = 0;
  bool shadow = false;  ///< its extent stays within 24 dots around `rect`
  bool operator==(const Fill&) const = default;
};

/// A paragraph, broken to the width of `rect` and set from its top.
struct TextRun {
  Rect rect;
  std::string text;
  Font font;
  Colour colour = Colour::text;
  Align align = Align::left;
  int max_lines = 0;  ///< 0: as many as it takes. A layout that needs to cut is a bug the tests look for
  bool operator==(const TextRun&) const = default;
};

/// An icon of assets/icons by its file's name, as large as `rect`.
struct Icon {
  Rect rect;
  std::string name;
  Colour colour = Colour::text;
  bool operator==(const Icon&) const = default;
};

/// A QR code with its quiet zone inside `rect`. `text` is opaque: never a name or number of a person.
struct QrCode {
  Rect rect;
  std::string text;
  bool operator==(const QrCode&) const = default;
};

/// A picture, scaled to cover `rect` (the camera's mirror image).
struct Picture {
  struct Dots {
    int width = 0, height = 0;
    std::vector<std::uint8_t> bgrx;
  };
  Rect rect;
  std::shared_ptr<const Dots> dots;  ///< compared by identity: each frame is a new one
  bool mirrored = false;
  bool oval = false;  ///< only inside the ellipse of `rect`
  int radius = 0;
  bool operator==(const Picture&) const = default;
};

/// Strokes of a signature in `rect`.
struct Ink {
  Rect rect;
  std::vector<Stroke> strokes;
  bool operator==(const Ink&) const = default;
};

/// A ring of which `part` (0..1) is drawn, clockwise from the top; < 0: a spinning one, drawn still at -part.
struct Ring {
  Rect rect;
  double part = 0;
  Colour colour = Colour::primary;
  bool operator==(const Ring&) const = default;
};

using Mark = std::variant<Fill, TextRun, Icon, QrCode, Picture, Ink, Ring>;

enum class Role : std::uint8_t {
  text,
  heading,
  button,
  tile,
  row,
  key,
  toggle,
  field,
  image,
  progress,
  pad,
  status
};

/// One thing on the glass.
struct Node {
  std::string id;  ///< unique in its layout, stable from frame to frame: "continue", "row.2", "key.7"
  Role role = Role::text;
  Rect rect;  ///< covers all its marks, shadows apart; the area to touch when there is something to do
  std::vector<Mark> marks;  ///< painted in order
  std::string label;        ///< the visible words, in the look's language
  std::string speech;       ///< what is said for it; empty only for decoration
  Act act;                  ///< monostate: nothing to do
  std::optional<bool> on;   ///< toggles and choices: their state, said as well as shown
  bool personal = false;    ///< shows a citizen's data: covered by the curtain, spoken only to the headset

  bool touchable() const { return !std::holds_alternative<std::monostate>(act); }
  bool operator==(const Node&) const = default;
};

/// How long the shell waits for a finger on this screen (UX 2.5).
enum class Patience : std::uint8_t {
  attract,  ///< for ever
  home,     ///< 60 s, then attract; nobody is identified
  session,  ///< 120 s, then the warning page
  working,  ///< the machine is busy: no timer runs
  staff,    ///< a person of the hall is coming: 10 min, then the end of the session
  ending,   ///< 30 s, then the end of the session
};

/// Where this page stands in its service.
struct Step {
  int number = 1, of = 1;
  bool operator==(const Step&) const = default;
};

struct Layout {
  std::string name;   ///< of the screen: "choose_lien"
  std::string title;  ///< the question; unique in its service
  std::optional<Step> step;
  std::vector<Node> nodes;  ///< in reading, speaking and focus order, which is also the order of painting
  Patience patience = Patience::session;
  Colour background = Colour::background;
  std::vector<std::string> spoken;  ///< said when the page appears, before the focused node

  bool personal() const {
    for (const auto& node : nodes) {
      if (node.personal) return true;
    }
    return false;
  }
  bool operator==(const Layout&) const = default;
};

}  // namespace kiosk::screens
