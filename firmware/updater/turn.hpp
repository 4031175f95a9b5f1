#pragma once
// Whose turn it is: the service works on updates, or somebody with a stick, never both.

#include <filesystem>
#include <string>

#include "hal/base/fd.hpp"

namespace kiosk::updater {

/// Holds the work as long as it lives; a program that dies gives it up with that. The kernel keeps it
/// (flock), so no power cut leaves it behind.
class Turn {
 public:
  /// The service takes its turn, if nobody has it or wants it. `busy`: another one has it; `what` says who ·
  /// `storage`.
  static Result<Turn> take(const std::filesystem::path& folder, const std::string& who);

  /// A person comes first: whoever has the turn sees wanted() and gives it up at its next step, but finishes
  /// an installation. Waits for that as long as `wait` allows, then `busy` · `storage` · `cancelled`.
  static Result<Turn> claim(const std::filesystem::path& folder, const std::string& who, const Wait& wait);

  /// Whether a person claims it. Does not block; from any thread.
  bool wanted() const;

 private:
  Turn(std::filesystem::path folder, Fd held) : folder_(std::move(folder)), held_(std::move(held)) {}

  std::filesystem::path folder_;
  Fd held_;
};

}  // namespace kiosk::updater
