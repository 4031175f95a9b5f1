#include "hal/base/wait.hpp"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <utility>

namespace kiosk {

using namespace std::chrono_literals;

Wait Wait::of(Steady::duration span, std::stop_token stop) {
  return {.until = Steady::now() + span, .stop = std::move(stop)};
}

Wait Wait::at_most(Steady::duration span) const {
  return {.until = std::min(until, Steady::now() + span), .stop = stop};
}

Steady::duration Wait::left() const {
  const auto now = Steady::now();
  if (until <= now) return {};
  return until > now + 1h ? Steady::duration(1h) : until - now;
}

int Wait::left_ms() const {
  return static_cast<int>(std::chrono::ceil<milliseconds>(left()).count());
}

Result<void> Wait::check() const {
  if (stop.stop_requested()) return fail(Errc::cancelled, "stopped");
  if (Steady::now() >= until) return fail(Errc::timed_out, "the time is up");
  return {};
}

Result<void> Wait::sleep(Steady::duration span) const {
  const auto wake_at = Steady::now() + span;
  std::mutex mutex;
  std::condition_variable_any never;
  std::unique_lock lock(mutex);
  never.wait_until(lock, stop, std::min(wake_at, until), [] { return false; });
  if (stop.stop_requested()) return fail(Errc::cancelled, "stopped");
  if (until < wake_at) return fail(Errc::timed_out, "the time is up");
  return {};
}

}  // namespace kiosk
