#pragma once
// The machine's mains and its off switch, as Linux and its service manager have them.

#include <filesystem>
#include <memory>

#include "hal/power.hpp"

namespace kiosk::drivers {

/// `supplies`: where the kernel lists mains and batteries (Documentation/ABI/testing/sysfs-class-power). A
/// machine that lists none hangs on the mains. Restarting is asked of systemd over the system bus.
std::unique_ptr<hal::Power> make_systemd_power(std::filesystem::path supplies = "/sys/class/power_supply");

}  // namespace kiosk::drivers
