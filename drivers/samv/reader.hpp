#pragma once
// The reader for identity cards, GA 467 family (SAM-V).

#include <memory>

#include "drivers/link/link.hpp"
#include "hal/id_reader.hpp"

namespace kiosk::drivers {

/// A reader over any link: a serial line, or USB pipes already arranged as a stream.
std::unique_ptr<hal::IdReader> make_samv(std::unique_ptr<LinkOpener> link);

}  // namespace kiosk::drivers
