#pragma once
// A touch panel that libudev finds and libevdev opens, on a host without input devices: umockdev answers the
// kernel's part. For programs started with its preload library (restart_under_umockdev()).

#include <initializer_list>
#include <memory>

namespace kiosk::testing {

class TouchPanel {
 public:
  struct Event {
    int type, code, value;
  };

  /// `slots`: multi-touch protocol B with places from 0 to 1079 and 1919; else one finger that passes for a
  /// mouse with absolute places from 0 to 32767. Plugged in from the start.
  explicit TouchPanel(bool slots);
  /// No panel at all: a keyboard that has nothing but this key (linux/input-event-codes.h).
  static TouchPanel keyboard(int key) { return TouchPanel(false, key); }
  TouchPanel(const TouchPanel&) = delete;
  TouchPanel& operator=(const TouchPanel&) = delete;
  ~TouchPanel();

  /// A finger has been there, before anybody listened.
  void was_touched(int x, int y);

  /// All in one piece, as one read gives them.
  void send(std::initializer_list<Event> events);

  /// Somebody has it for himself: no event of it reaches the console.
  bool is_grabbed() const;

  void plug();
  void unplug();

 private:
  TouchPanel(bool slots, int only_key);

  struct Kernel;
  std::unique_ptr<Kernel> kernel_;
};

}  // namespace kiosk::testing
