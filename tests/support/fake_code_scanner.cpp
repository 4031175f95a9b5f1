#include "tests/support/fake_code_scanner.hpp"

#include <utility>

#include "drivers/scanner/code_lines.hpp"

namespace kiosk::testing {

void FakeCodeScanner::show(std::string_view code) {
  {
    const std::lock_guard lock(mutex_);
    if (scanning_ && plugged_) seen_.emplace_back(code);
  }
  changed_.notify_all();
}

void FakeCodeScanner::show_next(std::string code) {
  {
    const std::lock_guard lock(mutex_);
    prepared_.push_back(std::move(code));
  }
  changed_.notify_all();
}

void FakeCodeScanner::unplug() {
  {
    const std::lock_guard lock(mutex_);
    plugged_ = false;
  }
  changed_.notify_all();
}

void FakeCodeScanner::plug() {
  const std::lock_guard lock(mutex_);
  plugged_ = true;
}

void FakeCodeScanner::fail_next(Error error) {
  {
    const std::lock_guard lock(mutex_);
    failure_ = std::move(error);
  }
  changed_.notify_all();
}

hal::DeviceStatus FakeCodeScanner::status() const {
  const std::lock_guard lock(mutex_);
  hal::DeviceStatus status;
  status.state = plugged_ ? hal::DeviceState::online : hal::DeviceState::no_device;
  status.actor = plugged_ ? hal::Actor::none : hal::Actor::maintenance;
  return status;
}

Result<PersonalText> FakeCodeScanner::scan(const Wait& wait) {
  std::unique_lock lock(mutex_);
  if (wait.stop.stop_requested()) return fail(Errc::cancelled, "stopped");
  scanning_ = true;
  changed_.wait_until(lock, wait.stop, wait.until,
                      [this] { return !plugged_ || failure_ || !seen_.empty() || !prepared_.empty(); });
  scanning_ = false;
  if (!plugged_) return fail(Errc::unplugged, "unplugged");
  if (failure_) return std::unexpected(*std::exchange(failure_, std::nullopt));
  auto& codes = seen_.empty() ? prepared_ : seen_;
  if (codes.empty())
    return wait.stop.stop_requested() ? fail(Errc::cancelled, "stopped")
                                      : fail(Errc::timed_out, "the time is up");
  std::string code = std::move(codes.front());
  codes.pop_front();
  seen_.clear();
  return judge(std::move(code));
}

Result<PersonalText> FakeCodeScanner::judge(std::string code) const {
  if (code.size() > drivers::scanner::longest_code) return fail(Errc::malformed, "too long");
  if (!drivers::scanner::is_utf8(code)) return fail(Errc::malformed, "not UTF-8");
  return PersonalText(std::move(code));
}

}  // namespace kiosk::testing
