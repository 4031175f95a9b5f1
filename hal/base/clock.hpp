#pragma once
// Wall-clock time and randomness, handed in so that tests can choose them.

#include <chrono>
#include <span>

#include "hal/base/bytes.hpp"

namespace kiosk {

using WallTime = std::chrono::sys_time<std::chrono::milliseconds>;

/// What time it is for people. Not for measuring spans: those use Steady.
class Clock {
 public:
  virtual ~Clock() = default;

  /// Now, UTC, to the millisecond. May jump when the machine's clock is set. Does not block.
  virtual WallTime now() const = 0;
};

/// A source of unpredictable bytes.
class Random {
 public:
  virtual ~Random() = default;

  /// Fills `bytes`. Good enough for keys. Does not block once the machine is up; aborts if the kernel has
  /// none, because a kiosk without randomness must not send anything.
  virtual void fill(std::span<std::uint8_t> bytes) = 0;
};

/// The machine's own clock.
class SystemClock final : public Clock {
 public:
  WallTime now() const override;
};

/// The kernel's random numbers (getrandom(2)).
class SystemRandom final : public Random {
 public:
  void fill(std::span<std::uint8_t> bytes) override;
};

/// A new RFC 9562 version 4 identifier: 36 characters, lower case.
std::string new_uuid(Random& random);

}  // namespace kiosk
