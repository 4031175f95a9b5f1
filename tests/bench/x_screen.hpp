#pragma once
// An X server of our own, and looking at its screen from outside: what changed when, and a pointer to press
// with.

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "screens/layout.hpp"

namespace kiosk::bench {

using Moment = std::chrono::steady_clock::time_point;

class XScreen {
 public:
  /// Connects to `display` (":97"), waiting up to 5 s for the server. Aborts the bench when there is none.
  explicit XScreen(const std::string& display);
  ~XScreen();
  XScreen(const XScreen&) = delete;
  XScreen& operator=(const XScreen&) = delete;

  /// From now on all pictures are black there.
  void ignore(const screens::Rect& part) { ignored_ = part; }
  /// The same to a picture from elsewhere.
  void black_out(std::vector<std::uint32_t>& dots) const;

  /// The whole screen's dots as 0x00RRGGBB, by shared memory.
  const std::vector<std::uint32_t>& picture();

  /// Forgets what changed so far.
  void settle();
  /// When the screen next changes; nothing once `limit` has passed.
  std::optional<Moment> next_change(Moment limit);
  /// The picture after the screen has not changed for `quiet`.
  std::vector<std::uint32_t> still_picture(std::chrono::milliseconds quiet, std::chrono::milliseconds limit);
  /// When the screen shows `wanted` to the dot.
  std::optional<Moment> shows(const std::vector<std::uint32_t>& wanted, Moment limit);

  void point(int x, int y);
  void button(int number, bool down);
  void blank();

 private:
  struct X;
  std::unique_ptr<X> x_;
  screens::Rect ignored_;
};

}  // namespace kiosk::bench
