#pragma once
// USB readers. Two arrangements of endpoints exist; the descriptors say which one stands before us.

#include <cstdint>
#include <memory>

#include "hal/id_reader.hpp"

namespace kiosk::drivers {

/// A reader on USB; 0400:c35a unless its maker renamed it. One OUT and one IN endpoint carry whole frames;
/// two of each carry preamble and LEN on the lower, the rest on the higher address.
std::unique_ptr<hal::IdReader> make_samv_usb(std::uint16_t vendor = 0x0400, std::uint16_t product = 0xC35A);

}  // namespace kiosk::drivers
