#pragma once
// A folder of settings as a city keeps it, as what is signed.

#include <filesystem>
#include <map>
#include <string>

#include "firmware/provision/content.hpp"

namespace kiosk::pack {

/// Every file of `folder`, usb.d and time.d. One that nobody but its owner may read is a secret. `malformed`:
/// a name that a kiosk would not take · `storage`.
Result<std::map<std::string, provision::SettingsFile>> read_settings(const std::filesystem::path& folder);

}  // namespace kiosk::pack
