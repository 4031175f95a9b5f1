#pragma once
// How the program gets what it works with. The library knows no driver: whoever links some hands these in.

#include <functional>
#include <memory>

#include "firmware/updater/service/configuration.hpp"

namespace kiosk::updater {

/// Each makes one thing from its table of the configuration. `malformed` with file, line, key and what is
/// allowed; others as the thing itself says.
struct Outfit {
  template <class Thing>
  using Make = std::function<Result<std::shared_ptr<Thing>>(Options&)>;

  Make<hal::ReleaseMirror> server;
  std::function<std::shared_ptr<hal::ReleaseMirror>(const std::filesystem::path&)> stick;
  Make<hal::Store> store;
  Make<hal::Slots> slots;
  Make<hal::CitizensSide> citizens_side;
  Make<hal::Power> power;
  std::shared_ptr<const Clock> clock = std::make_shared<SystemClock>();
  /// Lets the time pass in which nothing is due: as Wait::sleep.
  std::function<Result<void>(std::chrono::milliseconds span, const Wait& wait)> sleep =
      [](std::chrono::milliseconds span, const Wait& wait) { return wait.sleep(span); };
};

}  // namespace kiosk::updater
