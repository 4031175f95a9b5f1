#pragma once
// The machine's mains and its off switch, as Linux and its service manager have them.

#include <filesystem>
#include <memory>

#include "hal/power.hpp"

namespace kiosk::drivers {

/// `supplies`: where the kernel lists mains and batteries (Documentation/ABI/testing/sysfs-class-power). A
/// machine that lists none hangs on the mains. `requests`: the folder in which a path unit of systemd waits
/// for a file `reboot` or `poweroff` (image/units/power@.path): so a program may ask for these two and for
/// nothing else of the service manager, which on the bus only root could. `unreachable` when there is no such
/// folder.
std::unique_ptr<hal::Power> make_systemd_power(std::filesystem::path supplies = "/sys/class/power_supply",
                                               std::filesystem::path requests = "/run/kiosk-power");

}  // namespace kiosk::drivers
