#pragma once
// One stick: what lies on it for this machine is judged and taken as a whole, or refused and nothing is
// changed.

#include <filesystem>
#include <functional>
#include <string>

#include "firmware/provision/content.hpp"
#include "firmware/provision/refusal.hpp"
#include "firmware/provision/settings_folder.hpp"
#include "hal/data_partition.hpp"
#include "hal/stick.hpp"

namespace kiosk::provision {

/// The machine, as far as a stick concerns it.
struct Machine {
  std::string number;                  ///< 32 lower-case hexadecimal digits
  bool has_data = true;                ///< its data partition is open; else its settings are none that stay
  std::string authorities;             ///< certificates (PEM) of those who say who may sign
  std::filesystem::path recovery_key;  ///< file on the data partition
  SettingsFolder settings;
  hal::DataPartition& data;
  const Clock& clock;
  /// Whether the programs can work with the settings in a folder.
  std::function<Result<void>(const std::filesystem::path&)> check;
};

enum class What { settings, recovery };

/// Looks for NUMBER.kiosk on the stick, then for any.kiosk. What is taken counts from the machine's next
/// start on. Leaves NUMBER.recovery on a stick that brought settings: the machine's recovery key, for the
/// city's escrow alone; and wipes settings for this machine off it once they are on the disk, for their keys
/// are in the clear. A stick that was pulled before is no error, but a line of the log. One that brought a
/// recovery key keeps it: only the next start shows whether it is needed again.
Taken<What> take(hal::Stick& stick, Machine& machine);

}  // namespace kiosk::provision
