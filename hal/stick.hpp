#pragma once
// A USB stick that somebody plugged in: small files read from its top folder, small files written to it.

#include <string>
#include <string_view>

#include "hal/base/result.hpp"

namespace kiosk::hal {

/// Every call blocks as long as the stick does. Between calls the stick may be pulled out without harm.
class Stick {
 public:
  virtual ~Stick() = default;

  /// The whole file. `not_present` there is none of that name · `malformed` it is larger than `most` bytes ·
  /// `unplugged` the stick is gone, or has no FAT or exFAT · `storage` it cannot be read.
  virtual Result<std::string> read(const std::string& name, std::size_t most) = 0;

  /// Writes a whole file, which is on the stick when this comes back. `unplugged` · `storage` the stick is
  /// full or may not be written.
  virtual Result<void> write(const std::string& name, std::string_view text) = 0;

  /// Overwrites a file's bytes and takes it away; success too when there was none. `unplugged` · `storage`
  /// the stick may not be written.
  virtual Result<void> wipe(const std::string& name) = 0;

  /// Whether it is still plugged in. Does not block.
  virtual bool plugged_in() const = 0;
};

}  // namespace kiosk::hal
