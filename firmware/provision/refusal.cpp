#include "firmware/provision/refusal.hpp"

namespace kiosk::provision {

std::string_view name_of(Refusal refusal) {
  switch (refusal) {
    case Refusal::no_file:
      return "no_file";
    case Refusal::unreadable:
      return "unreadable";
    case Refusal::not_ours:
      return "not_ours";
    case Refusal::expired:
      return "expired";
    case Refusal::other_machine:
      return "other_machine";
    case Refusal::not_newer:
      return "not_newer";
    case Refusal::wrong_settings:
      return "wrong_settings";
    case Refusal::stick_not_written:
      return "stick_not_written";
    case Refusal::needs_recovery:
      return "needs_recovery";
    case Refusal::no_need:
      return "no_need";
    case Refusal::wrong_key:
      return "wrong_key";
    case Refusal::not_done:
      break;
  }
  return "not_done";
}

}  // namespace kiosk::provision
