#pragma once
// Drivers that are loaded when they are needed. Most of what the program would load at its start belongs to
// libcups and libcurl, and the first picture needs neither.

#include <memory>
#include <string>

#include "hal/base/result.hpp"

namespace kiosk::drivers {

/// What a module exports as kiosk_make(): makes the device, or says why it cannot.
template <class Device, class Argument>
using ModuleMake = void(const Argument&, Result<std::unique_ptr<Device>>&);

/// The address of `symbol` in lib/kiosk/NAME.so (drivers/link/installed.hpp). The module stays loaded for
/// good. `internal`: it is not there, or of another version. Blocks for the disk, some 10 ms the first time.
Result<void*> in_module(const std::string& name, const char* symbol);

template <class Device, class Argument>
Result<std::unique_ptr<Device>> made_by_module(const std::string& name, const Argument& argument) {
  void* const make = TRY(in_module(name, "kiosk_make"));
  Result<std::unique_ptr<Device>> made;
  reinterpret_cast<ModuleMake<Device, Argument>*>(make)(argument, made);
  return made;
}

}  // namespace kiosk::drivers
