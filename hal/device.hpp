#pragma once
// What every device can say of itself, in the words of the kiosk trade (XFS4IoT Common, Printer, CardReader).

#include <functional>
#include <optional>
#include <string>

#include "hal/base/result.hpp"

namespace kiosk::hal {

/// XFS4IoT Common.DeviceEnum, without the states no device here can report.
enum class DeviceState {
  starting,        ///< found, not ready yet
  online,          ///< works
  busy,            ///< works, and is doing something just now
  offline,         ///< there, but does not take work (switched off line, paused, warming up)
  power_off,       ///< there, without power
  no_device,       ///< not there: unplugged, wrong address, dead line
  hardware_error,  ///< there and broken: an engineer must come
  user_error,      ///< there and blocked by something hall staff can clear (cover open, jam, paper out)
};

/// Supplies. `nullopt` where it is used means "this device cannot tell", which differs from `unknown`
/// ("it could tell but has not").
enum class Supply { unknown, full, low, out, jammed };

/// Who must act (XFS4IoT ErrorEvent.action, the four that need a person or a retry).
enum class Actor {
  none,           ///< nobody
  clear,          ///< hall staff: refill, take paper out, close a cover
  maintenance,    ///< an engineer
  configuration,  ///< whoever set the machine up: wrong address, certificate, key
  reset,          ///< the program itself, by trying again
};

/// One device's condition at one moment. A value; compares equal when nothing changed.
struct DeviceStatus {
  DeviceState state = DeviceState::starting;
  std::optional<Supply> paper;  ///< nullopt: has none, or cannot tell
  std::optional<Supply> toner;
  Actor actor = Actor::none;
  std::string
      detail;  ///< for the technician: "cover open", "SAM self-test failed (60)". English, no personal data

  /// Whether a service that needs this device may start.
  bool usable() const {
    return (state == DeviceState::online || state == DeviceState::busy) && paper != Supply::out &&
           paper != Supply::jammed && toner != Supply::out;
  }

  bool operator==(const DeviceStatus&) const = default;
};

/// The part that all device interfaces share.
class Device {
 public:
  virtual ~Device() = default;

  /// The newest known status. Never blocks and never touches the wire: the driver's own worker keeps it up to
  /// date (at least every 5 s, UX scorecard #41), and each call on the device refreshes it as well.
  virtual DeviceStatus status() const = 0;

  /// From now on `told` runs after each change of the status, on the driver's own thread: all it may do is
  /// post a message. Empty: nobody is told any more. For who would else have to look again and again. From
  /// any thread; never blocks for longer than `told` takes. The default is for devices that nobody watches.
  virtual void on_change(std::function<void()> /*told*/) {}  // NOLINT(performance-unnecessary-value-param)
};

/// What paper came of a print. Success with `printed` is the only proof of paper; "bytes written" is not.
enum class PrintOutcome {
  printed,   ///< the device itself said, after the job, that it went through
  in_doubt,  ///< paper ended, the cover opened or the line died during the job: some, all or none is on
             ///< paper. Only a person can tell; never retried by the program without asking
};

}  // namespace kiosk::hal
