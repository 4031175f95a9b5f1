#pragma once
// What lies whole in each slot: a file a slot, written when it was, and gone before a byte of the slot
// changes.

#include <filesystem>
#include <optional>

#include "hal/slots.hpp"

namespace kiosk::drivers::rauc {

/// A label as text, which the image holds too: three lines, "version=", "secver=", "data_schema=".
std::optional<hal::SystemLabel> read_label(std::string_view text);
std::string label_text(const hal::SystemLabel& label);

class Installed {
 public:
  explicit Installed(std::filesystem::path folder) : folder_(std::move(folder)) {}

  /// Nothing: not by us, or not to its end. `storage`.
  Result<std::optional<hal::SystemLabel>> in(hal::Slot slot) const;
  /// On the disk when these return. `storage`.
  Result<void> keep(hal::Slot slot, const hal::SystemLabel& label);
  Result<void> forget(hal::Slot slot);

 private:
  std::filesystem::path folder_;
};

}  // namespace kiosk::drivers::rauc
