#pragma once
// A system bus of one's own: everything is allowed on it, and nobody else can reach it.

#include <filesystem>
#include <string>

#include "tests/lobby/wire/child.hpp"

namespace kiosk::lobby {

/// Runs until it is destroyed.
class PrivateBus {
 public:
  /// Its files lie in `folder`. Blocks until it can be reached. Errors of Child::start(); `storage`.
  static Result<PrivateBus> start(const std::filesystem::path& folder);

  /// For DBUS_SYSTEM_BUS_ADDRESS.
  const std::string& address() const { return address_; }

 private:
  std::string address_;
  Child daemon_;
};

}  // namespace kiosk::lobby
