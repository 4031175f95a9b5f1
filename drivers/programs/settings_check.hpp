#pragma once
// Whether the kiosk's programs can work with a folder of settings.

#include <filesystem>

#include "hal/base/result.hpp"

namespace kiosk::drivers {

/// Where the programs are that know.
struct CheckedBy {
  std::filesystem::path programs = "/usr/bin";
  std::filesystem::path firewall = "/usr/sbin/nft";
  std::filesystem::path firewall_rules =
      "/usr/lib/kiosk/settings-check.nft";  ///< includes the settings' peers.nft
};

/// Asks each program that has a file there; what their files name is not looked at, for it does not lie where
/// it will. `refused`: one cannot; it has said why on standard error. `not_present`: it cannot be started.
Result<void> check_settings(const std::filesystem::path& settings, const CheckedBy& by = {});

}  // namespace kiosk::drivers
