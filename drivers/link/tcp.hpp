#pragma once
// TCP connections.

#include <cstdint>
#include <memory>
#include <string>

#include "drivers/link/link.hpp"

namespace kiosk::drivers {

std::unique_ptr<LinkOpener> tcp_link(std::string host, std::uint16_t port);

}  // namespace kiosk::drivers
