#pragma once
// A SAM-V reader's inside: the security module, and whatever lies on it. No wire; the two readers beside it
// bring the bytes. Strict as a real one, and ill-mannered on demand as real ones are.

#include <chrono>
#include <cstdint>
#include <deque>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "hal/base/bytes.hpp"
#include "tests/lobby/samv/chip_card.hpp"

namespace kiosk::lobby {

/// What can go wrong with one answer on its way out.
enum class SamFault {
  garbage_in_front,  ///< two bytes of rubbish, then the answer
  first_byte_lost,   ///< one AA too few
  checksum_wrong,
  half_an_answer,  ///< then nothing
  impossible_length,
  time_out_frame,  ///< AAAAAA9669 0005 050505, whose length does not match
  noise,           ///< bytes without any preamble
  silence,
  too_late,         ///< the right answer, but after 1.3 s
  request_damaged,  ///< the request did not arrive whole: 10, bad checksum received
  lift_card,        ///< the card is taken away just before the request is handled
  restart,          ///< the SAM loses its state just before
};

/// All calls from any thread.
class Sam {
 public:
  using Milliseconds = std::chrono::milliseconds;

  // What people do.
  void place(ChipCard card);
  void place_several();     ///< two cards at once: none is found
  void place_other_card();  ///< a bank or bus card: found, and then of the wrong type
  void remove();
  bool card_lies_there() const;

  // What machines do.
  /// The next `times` answers (to `command`, such as 0x3001, when given) go wrong.
  void misbehave(SamFault fault, int times = 1, std::optional<std::uint16_t> command = {});
  /// The next answer to `command` has this status (31, 32, 33, 41, ...) and no data.
  void refuse(std::uint16_t command, std::uint8_t status);
  /// From now on the SAM itself is broken with this status (60, 66, 47); 0 repairs it.
  void break_down(std::uint8_t status);
  void set_thinking_time(Milliseconds time);  ///< before each answer about a card
  void set_body_number_known(bool known);     ///< some SAMs answer 30 05 with 21
  void set_address_command_old(bool old);     ///< and some 30 03, but know 30 02
  void set_rereading(bool allowed);           ///< false: a card is read once for each find and select
  void power_cycle();

  /// What the driver did that a well-made driver does not do. Must stay empty.
  std::vector<std::string> complaints() const;
  void complain(std::string what);

  struct Reply {
    Bytes bytes;  ///< may be empty: silence
    Milliseconds delay{};
  };

  /// Takes bytes of requests; answers when one is complete.
  std::optional<Reply> hear(BytesView bytes);

 private:
  enum class State { idle, found, selected, spent };
  enum class Table { empty, card, several, other };
  struct Trouble {
    SamFault fault;
    int times;
    std::optional<std::uint16_t> command;
  };
  struct Answer {
    std::uint8_t status;
    Bytes data = {};
  };

  std::optional<SamFault> trouble_for(std::uint16_t command);
  Answer handle(std::uint16_t command);
  bool lost_card();
  Answer find();
  Answer select();
  Answer read();
  Answer item(std::uint16_t command);
  static Bytes frame(const Answer& answer);
  static Bytes spoil(Bytes frame, SamFault fault);

  mutable std::mutex mutex_;
  Bytes heard_;
  State state_ = State::idle;
  Table table_ = Table::empty;
  ChipCard card_;
  std::deque<Trouble> troubles_;
  std::optional<std::pair<std::uint16_t, std::uint8_t>> refusal_;
  std::uint8_t broken_ = 0;
  Milliseconds thinking_time_{};
  bool body_number_known_ = true, address_command_old_ = false, rereading_ = false;
  std::vector<std::string> complaints_;
};

}  // namespace kiosk::lobby
