#pragma once
// Descriptors as the usb-redir protocol tells them: a machine learns of a device's endpoints before it has
// read a descriptor.

#include <usbredirproto.h>

#include "hal/base/bytes.hpp"

namespace kiosk::lobby {

usb_redir_device_connect_header connect_header(const Bytes& device);
usb_redir_interface_info_header interface_header(const Bytes& configuration);
usb_redir_ep_info_header endpoint_header(const Bytes& configuration);

}  // namespace kiosk::lobby
