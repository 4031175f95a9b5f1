#pragma once
// Wait: how long a blocking call may take, and who may end it sooner.

#include <chrono>
#include <stop_token>

#include "hal/base/result.hpp"

namespace kiosk {

using Steady = std::chrono::steady_clock;
using std::chrono::milliseconds;

/// The condition under which a blocking call gives up. Every call that can block takes `const Wait&`; it
/// returns `cancelled` soon after `stop` is requested and `timed_out` once `until` has passed. Ending a
/// session is one request_stop(): each wait in it returns, TRY unwinds, destructors hand things back.
struct Wait {
  Steady::time_point until = Steady::time_point::max();
  std::stop_token stop = {};

  /// A Wait that ends `span` from now, or when `stop` is requested.
  static Wait of(Steady::duration span, std::stop_token stop = {});

  /// The same, but at most `span` from now: for one step of a longer wait.
  Wait at_most(Steady::duration span) const;

  /// Time left, never negative, at most one hour (so that it can be added to a clock without overflow).
  Steady::duration left() const;

  /// `left()` in whole milliseconds, rounded up, as poll(2) and most libraries want it.
  int left_ms() const;

  /// Success, or `cancelled`, or `timed_out`. Does not block.
  Result<void> check() const;

  /// Sleeps for `span`. Success after the whole span; `cancelled` or `timed_out` as soon as the wait ends.
  Result<void> sleep(Steady::duration span) const;
};

}  // namespace kiosk
