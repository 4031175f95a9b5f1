#pragma once
// What goes over the socket between a kiosk's glass and its lobby: one line of JSON a message.
//
//   kiosk to lobby   {"glass":true}            with the descriptor of the shared picture
//                    {"changed":[[x,y,w,h]]}   these parts are now in the shared picture
//                    {"page":{...},"turn":4}   the page that stands there now (tree.hpp), in the picture of
//                    that turn
//   lobby to kiosk   {"touch":"down","finger":0,"x":10,"y":20,"us":5}   down, move, up, lost; us: when
//                    {"key":"select"}          up, down, left, right, select, louder, ...

#include <optional>
#include <string>
#include <string_view>

#include "hal/base/fd.hpp"
#include "hal/display.hpp"

namespace kiosk::lobby {

/// One end of the socket. One thread reads; writes come from one thread as well.
class GlassWire {
 public:
  explicit GlassWire(Fd socket) : socket_(std::move(socket)) {}
  GlassWire(GlassWire&&) = default;
  ~GlassWire();

  /// Writes `line` and a line end, with a descriptor if given. Blocks for at most 2 s: a reader that sleeps
  /// longer is given up. `unplugged`.
  Result<void> send(std::string_view line, int descriptor = -1);

  /// Blocks for the next line, without its end. A descriptor that came on the way is kept for
  /// take_descriptor(). `unplugged` at the end, `malformed` a line above 4 MiB, `cancelled`, `timed_out`.
  Result<std::string> next(const Wait& wait);

  Fd take_descriptor() { return std::move(descriptor_); }

 private:
  Fd socket_;
  Fd descriptor_;
  std::string read_;
};

/// The lobby's messages and back; nothing for what is neither.
std::string to_line(const hal::InputEvent& event);
std::optional<hal::InputEvent> input_from(std::string_view line);

/// "select" and its kin.
std::optional<hal::KeyPress::Key> key_named(std::string_view name);
std::optional<hal::Touch::Phase> phase_named(std::string_view name);

}  // namespace kiosk::lobby
