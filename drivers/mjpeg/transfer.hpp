#pragma once
// HTTP as this driver needs it: one GET that is read for as long as it lasts (libcurl).

#include <functional>
#include <string>
#include <string_view>

#include "hal/base/bytes.hpp"
#include "hal/base/wait.hpp"

namespace kiosk::drivers {

/// Takes a piece of the body; an error ends the transfer and becomes its result.
using OnBytes = std::function<Result<void>(std::string_view content_type, BytesView piece)>;

/// GETs `url` (http or https, no redirects, no proxy) and hands the body over piece by piece. Blocks until it
/// ends: success when the server closed it · `unplugged` nobody listens or the connection broke ·
/// `unreachable` no such host, no answer to connecting within 3 s, TLS · `busy` 503 · `refused` any other
/// status but 200, or no such address · `cancelled`, `timed_out`.
Result<void> get(const std::string& url, const OnBytes& on_bytes, const Wait& wait);

/// Connects and hangs up: whether somebody is there. Errors as above.
Result<void> knock(const std::string& url, const Wait& wait);

}  // namespace kiosk::drivers
