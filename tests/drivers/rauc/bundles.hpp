#pragma once
// Bundles as the image's build makes them, by rauc itself.

#include <filesystem>
#include <string>

#include "hal/slots.hpp"

namespace kiosk::testing {

/// Makes bundles in a folder, with keys of its own. For compatible "kiosk-x86".
class BundleMaker {
 public:
  explicit BundleMaker(std::filesystem::path folder);

  std::filesystem::path keyring() const { return folder_ / "release.crt"; }

  /// `rootfs` begins with the label's text, as an image holds it. `key`: "release", or "stranger", whom
  /// nobody believes, or "server", whom this authority made for something else.
  std::filesystem::path make(const hal::SystemLabel& label, const std::string& key = "release") const;

 private:
  std::filesystem::path folder_;
};

}  // namespace kiosk::testing
