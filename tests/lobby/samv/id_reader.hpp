#pragma once
// A SAM-V reader, on whatever wire.

#include "tests/lobby/samv/sam.hpp"

namespace kiosk::lobby {

/// All calls from any thread. Plugged in from the start.
class IdReader {
 public:
  virtual ~IdReader() = default;
  virtual Sam& sam() = 0;
  virtual void unplug() = 0;
  virtual void plug() = 0;
  virtual bool plugged() const = 0;
};

}  // namespace kiosk::lobby
