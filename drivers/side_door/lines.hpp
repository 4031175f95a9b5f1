#pragma once
// Lines over a local socket.

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include <sys/un.h>

#include "hal/base/fd.hpp"

namespace kiosk::drivers::side_door {

/// Nothing when the path is too long for a socket.
std::optional<sockaddr_un> address_of(const std::filesystem::path& socket);

/// `unreachable` the other side is gone · `cancelled`, `timed_out`.
Result<void> send_line(const Fd& fd, std::string_view line, const Wait& wait);

/// One line, without its end. `malformed` longer than longest_line · `unreachable` closed before.
Result<std::string> receive_line(const Fd& fd, const Wait& wait);

}  // namespace kiosk::drivers::side_door
