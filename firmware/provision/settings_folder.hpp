#pragma once
// The folder that /etc/kiosk leads to, as one thing: after a power cut at any moment the old settings are
// there or the new ones, never some of both.

#include <filesystem>

#include <sys/types.h>

#include "firmware/provision/content.hpp"

namespace kiosk::provision {

class SettingsFolder {
 public:
  /// `kiosk`: the user and group whom the keys belong to; the folder and all else stay this program's.
  SettingsFolder(std::filesystem::path folder, uid_t kiosk) : folder_(std::move(folder)), kiosk_(kiosk) {}

  /// The number of the settings that are there; 0: the machine was never set up. `malformed` · `storage`.
  Result<std::int64_t> sequence() const;

  /// Writes them beside, on to the disk. What an earlier run left there goes first. `malformed`:
  /// the updater's configuration is no TOML · `storage`.
  Result<void> lay(const Settings& settings) const;

  /// Where lay() wrote them.
  std::filesystem::path beside() const;

  /// Puts what lay() wrote in the place of what was there, at once, and deletes that. `storage`.
  Result<void> take_over() const;

  /// Deletes what lay() wrote.
  void forget() const;

 private:
  std::filesystem::path folder_;
  uid_t kiosk_;
};

}  // namespace kiosk::provision
