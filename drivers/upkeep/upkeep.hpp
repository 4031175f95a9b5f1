#pragma once
// The drivers of whoever keeps the machine, from the updater's configuration. The program on the glass links
// none of them. Each has one driver as yet; a table that says nothing takes it.

#include <memory>

#include "hal/base/options.hpp"
#include "hal/citizens_side.hpp"
#include "hal/power.hpp"
#include "hal/slots.hpp"

namespace kiosk::drivers {

// `malformed` with file, line, key and what is allowed.
Result<std::unique_ptr<hal::Slots>> make_slots(Options& options);
Result<std::unique_ptr<hal::CitizensSide>> make_citizens_side(Options& options);
Result<std::unique_ptr<hal::Power>> make_power(Options& options);

}  // namespace kiosk::drivers
