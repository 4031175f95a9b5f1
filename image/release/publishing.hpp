#pragma once
// Nothing is published that a kiosk would refuse: the same code judges. What a release says of its bundle was
// read from the bundle when it was added (see command.cpp). The last file to change is timestamp.json, by
// renaming, so that a kiosk sees the old release whole or the new one.

#include <string_view>

#include "firmware/update/metadata.hpp"
#include "image/release/folder.hpp"

namespace kiosk::release {

/// Publishes a draft, if everything holds that a kiosk asks of it at `now`: signatures by today's root (a new
/// root's by the old and the new), versions, expiry, files that are there and right, secvers that do not
/// fall; for a timestamp, the whole way from it to the files. Answers its version. `refused` with the reason
/// a kiosk would give · `malformed` it is no document · `not_present` there is no draft, or something it
/// names · `storage`.
Result<std::int64_t> publish(const Folder& folder, Role role, WallTime now);

/// Looks at the whole repository as a kiosk that trusts `root` does, and at every file in it. Answers the
/// targets. Errors as above.
Result<update::Targets> check(const Folder& folder, std::string_view root, WallTime now);

}  // namespace kiosk::release
