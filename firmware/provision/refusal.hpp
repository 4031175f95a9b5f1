#pragma once
// Why a stick was not taken. A closed list: each reason has its sentence on the glass (not_ready.refused.…).

#include <expected>
#include <string>
#include <string_view>

namespace kiosk::provision {

enum class Refusal {
  no_file,            ///< nothing for this machine on the stick
  unreadable,         ///< cut short, too large, or not in our form
  not_ours,           ///< nobody signed it whom this system believes
  expired,            ///< its time is over
  other_machine,      ///< it names another machine
  not_newer,          ///< this machine has settings of that number or a higher one
  wrong_settings,     ///< the programs cannot work with them
  stick_not_written,  ///< the recovery key cannot be left on the stick
  needs_recovery,     ///< settings, for a machine that cannot open its data
  no_need,            ///< a recovery, for a machine that opens its data
  wrong_key,          ///< the recovery key does not open the data
  not_done,           ///< the disk or the TPM did not do it
};

/// The enumerator's own name ("no_file").
std::string_view name_of(Refusal refusal);

struct Refused {
  Refusal why = Refusal::not_done;
  std::string what;  ///< for the journal
};

template <class T>
using Taken = std::expected<T, Refused>;

inline std::unexpected<Refused> refuse(Refusal why, std::string what) {
  return std::unexpected(Refused{why, std::move(what)});
}

}  // namespace kiosk::provision
