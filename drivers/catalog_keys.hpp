#pragma once
// Keys that the tables of several drivers have in common. All of them: `malformed` with file, line, key and
// what is allowed.

#include <functional>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>

#include "drivers/link/link.hpp"
#include "drivers/link/usb.hpp"
#include "hal/base/options.hpp"

namespace kiosk::drivers {

/// "0400:c35a": vendor and product of a `port` after usb:.
Result<UsbName> usb_name(Options& options, std::string_view text);

/// `port` says where a device hangs: "serial:/dev/ttyS0", "tcp:192.0.2.7:9100", "usb:04b8:0202". `baud` goes
/// with serial lines.
Result<std::function<std::unique_ptr<LinkOpener>()>> link(Options& options, int baud);

/// An address of one of these schemes: a wrong one is found before anybody is asked there.
Result<std::string> address(Options& options, const std::string& key,
                            std::initializer_list<std::string_view> schemes);

/// `spki_pin` of a server's key, "sha256//…"; empty when there is none.
Result<std::string> spki_pin(Options& options);

}  // namespace kiosk::drivers
