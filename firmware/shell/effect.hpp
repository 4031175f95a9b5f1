#pragma once
// What the shell wants done outside itself. The reducer returns these; the glass loop carries them out.

#include <cstdint>
#include <string>
#include <variant>

#include "hal/base/wait.hpp"
#include "screens/act.hpp"
#include "screens/draft.hpp"
#include "screens/look.hpp"

namespace kiosk::shell {

struct StartSession {
  std::string service;
  bool operator==(const StartSession&) const = default;
};

/// The person answered the page with this ticket. `back`: asked for the question before it.
struct Answer {
  std::uint64_t ticket = 0;
  bool back = false;
  screens::Choose choice;
  screens::Draft draft;
  screens::Language language = screens::Language::zh_cn;  ///< what the person reads: papers follow it
  bool accessible = false;  ///< Settings::accessible(): the person wants more time
  bool operator==(const Answer&) const = default;
};

enum class EndReason { left, idle };

struct EndSession {
  EndReason reason = EndReason::left;
  bool operator==(const EndSession&) const = default;
};

struct CallStaff {
  std::string page;           ///< name of the page they were called from
  std::uint64_t request = 0;  ///< this call's own number: StaffCall brings it back
  bool operator==(const CallStaff&) const = default;
};

/// They are not needed any more.
struct WithdrawCall {
  std::string number;
  bool operator==(const WithdrawCall&) const = default;
};

/// Forget every cached picture and text: a person has gone.
struct WipeGlass {
  bool operator==(const WipeGlass&) const = default;
};

/// Whether anybody is there, for whoever works on the machine.
struct Attended {
  std::uint64_t request = 0;  ///< of Attend, StayClosed or OpenAgain
  bool somebody = false;
  Steady::duration nobody_for{};  ///< 0 while somebody is
  bool operator==(const Attended&) const = default;
};

using Effect = std::variant<StartSession, Answer, EndSession, CallStaff, WithdrawCall, WipeGlass, Attended>;

}  // namespace kiosk::shell
