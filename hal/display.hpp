#pragma once
// The glass: pixels out, fingers and keys in.

#include <cstdint>
#include <optional>
#include <span>
#include <variant>
#include <vector>

#include "hal/base/wait.hpp"
#include "hal/device.hpp"

namespace kiosk::hal {

/// A rectangle in whole dots; right and bottom edges are outside.
struct DotRect {
  int x = 0, y = 0, width = 0, height = 0;
  bool operator==(const DotRect&) const = default;
};

/// The picture the program paints into: 32 bits a dot, 0x00RRGGBB in machine order, `stride` dots from row to
/// row.
struct Canvas {
  std::uint32_t* dots = nullptr;
  int width = 0;
  int height = 0;
  int stride = 0;
};

/// A finger (or the mouse of a developer's machine, as finger 0). Coordinates in dots of the canvas.
struct Touch {
  enum class Phase { down, move, up, lost };
  Phase phase = Phase::down;
  int finger = 0;
  int x = 0, y = 0;
  Steady::time_point at;
};

/// A key of the tactile keypad (Storm AudioNav class) or the keyboard that stands for it. Repeats are
/// dropped.
struct KeyPress {
  enum class Key { up, down, left, right, select, louder, quieter, faster, slower, help };
  Key key = Key::select;
};

/// The window was uncovered or resized: everything must be presented again.
struct Exposed {};

/// Someone closed the window (developer machines only).
struct Closed {};

using InputEvent = std::variant<Touch, KeyPress, Exposed, Closed>;

/// The display. All calls but wake() come from the UI thread.
class Display {
 public:
  virtual ~Display() = default;

  /// Where to paint. Valid until next_event() reports Exposed.
  virtual Canvas canvas() = 0;

  /// Whether a person can see it: `no_device` while no panel is plugged in. Never blocks. A window cannot
  /// tell and is always online.
  virtual DeviceStatus status() const { return {.state = DeviceState::online}; }

  /// Brings the given parts of the canvas to the glass. Does not wait for the vertical retrace.
  /// `unplugged` when the display is gone for good; a panel that may come back is no error.
  virtual Result<void> present(std::span<const DotRect> changed) = 0;

  /// The next input. Blocks until there is one, `until` has passed, or wake() was called; the last two give
  /// nothing. Costs no wake-ups while nothing happens.
  virtual std::optional<InputEvent> next_event(Steady::time_point until) = 0;

  /// Ends a next_event() that is under way or the next one. From any thread.
  virtual void wake() = 0;
};

}  // namespace kiosk::hal
