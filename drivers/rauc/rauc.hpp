#pragma once
// The two slots of a kiosk's disk, written by RAUC.

#include <filesystem>
#include <map>
#include <memory>
#include <string>

#include "hal/slots.hpp"

namespace kiosk::drivers {

/// Where all of it lies. What is here is where a kiosk has it (image/).
struct RaucPlaces {
  std::filesystem::path state = "/state";                    ///< KSTATE, what the boot loader reads
  std::filesystem::path installed = "/var/lib/kiosk-slots";  ///< "A" and "B": what was installed there whole
  std::filesystem::path label = "/usr/lib/kiosk/label";      ///< of the system that runs
  std::filesystem::path keyring = "/etc/rauc/keyring.pem";
  std::filesystem::path cmdline = "/proc/cmdline";  ///< names the slot that runs: "rauc.slot=A"
  std::filesystem::path start = "/proc/sys/kernel/random/boot_id";
  /// Per slot: the parts of a bundle and their partitions.
  std::array<std::map<std::string, std::filesystem::path>, 2> partitions = {
      {{{"boot", "/dev/kiosk/KBOOTA"}, {"rootfs", "/dev/kiosk/ROOTA"}},
       {{"boot", "/dev/kiosk/KBOOTB"}, {"rootfs", "/dev/kiosk/ROOTB"}}}};
};

std::unique_ptr<hal::Slots> make_rauc(RaucPlaces places = {});

}  // namespace kiosk::drivers
