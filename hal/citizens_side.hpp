#pragma once
// The citizens' side of the kiosk, as whoever works on the machine sees it: the updater asks when nobody is
// served, asks to keep it that way for some minutes, and looks whether all is well. The other end is the
// program on the glass. Nothing about a person goes through here.

#include <chrono>
#include <cstdint>
#include <set>
#include <string>

#include "hal/base/wait.hpp"

namespace kiosk::hal {

/// Whether there is anybody to be disturbed.
struct Attendance {
  /// Somebody is served, paper is being printed, or something is owed: a card in the reader, an answer that
  /// is still to come, a paper for somebody who stands there.
  bool somebody = false;
  std::chrono::milliseconds nobody_for{};  ///< since the last of that ended; 0 while `somebody`

  bool operator==(const Attendance&) const = default;
};

/// The condition of the citizens' side at one moment.
struct Vitals {
  std::chrono::milliseconds running_for{};  ///< since the program on the glass started
  bool first_picture = false;               ///< since then one was where a person could see it
  /// Databases of records that were found damaged and kept aside, and not yet taken away by a technician.
  /// What is in use now is another one, and whole.
  std::int64_t set_aside = 0;
  std::int64_t data_schema = 0;   ///< of the records as they were settled last; 0: never
  std::set<std::string> devices;  ///< those that work: "id_reader", "receipt_printer"
  bool registry_reached = false;  ///< at the last attempt

  bool operator==(const Vitals&) const = default;
};

/// One thread at a time. Every call ends within seconds.
///
/// Errors of all: `unreachable` the program does not run or does not answer · `malformed` it answers what
/// nobody understands · `cancelled`, `timed_out`.
class CitizensSide {
 public:
  virtual ~CitizensSide() = default;

  virtual Result<Attendance> attendance(const Wait& wait) = 0;

  /// Closes the kiosk to citizens: they see "back in about N minutes", and none can begin. Asked again it
  /// says the new number. `about`: 1 to 120 minutes. Whoever asked may die, so the program opens by itself
  /// after twice that time without another call. `busy` there is somebody (see Attendance): nothing changed.
  /// After any other error nobody relies on it: it is open, or opens as soon as the program gets to it, also
  /// when an earlier call had closed it.
  virtual Result<void> stay_closed(std::chrono::minutes about, const Wait& wait) = 0;

  /// Takes that back. Success too when it was open.
  virtual Result<void> open(const Wait& wait) = 0;

  /// An answer is itself a sign of life: it comes from the loop that answers fingers.
  virtual Result<Vitals> vitals(const Wait& wait) = 0;

  /// The system that runs is there to stay: no program that knows less of the records than this one may open
  /// them any more (Store::settle). Twice is once. `storage` also: the disk does not take it.
  virtual Result<void> settle(const Wait& wait) = 0;
};

}  // namespace kiosk::hal
