#pragma once
// Questions to the printer and its answers, over one connected link.

#include <memory>
#include <optional>
#include <utility>

#include "drivers/escpos/answers.hpp"
#include "drivers/escpos/condition.hpp"
#include "drivers/escpos/usb_port.hpp"
#include "drivers/link/link.hpp"

namespace kiosk::drivers::escpos {

/// Used by one thread. After an error of any call the link is in an unknown state: open a new one.
class Conversation {
 public:
  explicit Conversation(std::unique_ptr<Link> link)
      : link_(std::move(link)), port_(dynamic_cast<PortStatus*>(link_.get())) {}

  /// Asks for the condition, again when the answers contradict each other. `unreachable` no answer within
  /// `patience`, `malformed` answers that no printer gives, `unplugged`, `timed_out`, `cancelled`.
  /// A printer that is silent on a port with a status of its own is asked there from then on.
  Result<Condition> condition(const Wait& wait, Steady::duration patience);

  /// Whether the printer answers GS r 1 (half a second of silence says no). Ask while it is on line and idle.
  Result<bool> answers_in_turn(const Wait& wait);

  /// Sends GS r 1; `in_turn()` becomes true once the printer has worked off everything before it.
  Result<void> ask_in_turn(const Wait& wait);
  bool in_turn() const { return in_turn_; }

  /// Whether the printer told of an open cover or of paper's end by itself since the last call.
  bool took_fright() { return std::exchange(fright_, false); }

  Result<void> send(BytesView bytes, const Wait& wait) { return link_->write(bytes, wait); }

  /// Takes in what arrives until `wait` ends or an answer has come.
  Result<void> listen(const Wait& wait);

 private:
  Result<Condition> condition_once(const Wait& wait, Steady::duration patience);
  Result<std::uint8_t> ask(int n, const Wait& wait, Steady::duration patience);
  Result<Condition> condition_of_port(const Wait& wait);
  Result<void> sweep(const Wait& wait);
  template <class Arrived>
  Result<bool> listen_for(Arrived arrived, const Wait& limit);

  std::unique_ptr<Link> link_;
  PortStatus* port_;        // the link's other side, when it has one
  bool only_port_ = false;  // the printer answered there and not on the line
  AnswerFilter filter_;
  std::optional<std::uint8_t> realtime_;
  bool in_turn_ = false;
  bool fright_ = false;
};

}  // namespace kiosk::drivers::escpos
