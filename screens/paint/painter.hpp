#pragma once
// The live picture: keeps the glass equal to a layout by repainting what changed and nothing else.

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "screens/layout.hpp"
#include "screens/look.hpp"
#include "screens/paint/type.hpp"

namespace kiosk::paint {

/// Dots that belong to the display: 0x00RRGGBB in machine order, `stride` dots from row to row.
struct Glass {
  std::uint32_t* dots = nullptr;
  int width = 0, height = 0, stride = 0;
  bool operator==(const Glass&) const = default;
};

/// Lives on the UI thread with its Type. Nothing here waits or reads a clock.
class Painter {
 public:
  Painter(Type& type, const Glass& glass);
  ~Painter();
  Painter(const Painter&) = delete;
  Painter& operator=(const Painter&) = delete;

  /// Makes the glass show the layout; `focused` has the ring and `pressed` looks as under a finger (ids, or
  /// empty). Returns the changed parts, without overlaps: present them. Empty when nothing changed.
  std::vector<screens::Rect> show(screens::Layout layout, const screens::Look& look,
                                  const std::string& focused = {}, const std::string& pressed = {});

  /// The display made new dots, or lost what was on them: the next show() paints everything.
  void lost(const Glass& glass);

  /// The picture goes on on other dots: they get what the present ones show. Dots of another size count as
  /// lost.
  void move_to(const Glass& glass);

  /// The page that comes next if all goes as it looks (what a finger on a button will lead to, the home page
  /// behind attract): idle_work() paints it ahead of time. One is kept, until it was shown or another is
  /// expected; then its dots are overwritten.
  void expect(screens::Layout layout, const screens::Look& look);

  /// One piece of work ahead of time, some milliseconds: what the next press or the expected page will look
  /// like. Call it while no input waits, until it returns false: nothing is left to do.
  bool idle_work();

  /// Forgets the session: overwrites every dot and word kept here and drops Pango's and FreeType's used
  /// glyphs. The glass itself keeps its dots until the next show(), which paints everything.
  void forget();

 private:
  /// Dots painted earlier: what `part` looks like while these nodes have focus and finger.
  struct Shot {
    screens::Rect part;
    std::string focused, pressed;
    std::vector<std::uint32_t> dots;
  };
  /// A page painted ahead of time: the part that differs from the present one.
  struct Ready {
    screens::Layout layout;
    screens::Theme theme = screens::Theme::standard;
    screens::Rect part;
    std::vector<std::uint32_t> dots;  ///< empty: not yet painted
  };

  std::string near(const std::string& id, const screens::Rect& part) const;
  Shot* find(const screens::Rect& part, const std::string& focused, const std::string& pressed);
  void keep(Shot shot);
  void drop_shots(const screens::Rect& part);
  /// Puts a shot of the present state on the glass; what the glass showed before is the shot from now on.
  bool exchange_with_shot(const screens::Rect& part, const std::string& focused_before,
                          const std::string& pressed_before);
  bool ready() const;
  bool paint_ready();
  void drop_ready();
  std::vector<screens::Rect> content_changes(const screens::Layout& layout, screens::Theme theme) const;
  std::vector<screens::Rect> state_changes(const screens::Layout& layout, const std::string& focused,
                                           const std::string& pressed) const;

  Type& type_;
  Glass glass_;
  bool fresh_ = true;  ///< the glass shows nothing of ours
  screens::Layout layout_;
  screens::Theme theme_ = screens::Theme::standard;
  std::string focused_, pressed_;
  std::deque<Shot> shots_;
  std::size_t shot_dots_ = 0;
  std::vector<std::vector<std::uint32_t>> doomed_;  ///< of pages gone by, to be overwritten
  std::optional<Ready> ready_;
};

}  // namespace kiosk::paint
