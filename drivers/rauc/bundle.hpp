#pragma once
// What stands in a RAUC bundle, without the installer's help.
//
// Source: RAUC 1.8, "Bundle formats", verity: a squashfs, its hash tree, then a CMS signature that holds the
// manifest, and 8 bytes that say how long that is, high byte first.

#include <filesystem>
#include <string>

#include "hal/slots.hpp"

namespace kiosk::drivers::rauc {

/// The manifest's text, once its signature was verified: by a certificate for code signing that ends in one
/// of `keyring` (PEM). When a certificate was valid is left to the installer, which looks at the time of
/// signing. `not_present`, `malformed`, `refused` as hal::Slots::inspect(); `storage`.
Result<std::string> signed_manifest(const std::filesystem::path& bundle,
                                    const std::filesystem::path& keyring);

/// `malformed`, with what is missing or wrong.
Result<hal::BundleManifest> read_manifest(const std::string& text);

}  // namespace kiosk::drivers::rauc
