#include "tests/support/fake_id_reader.hpp"

#include <utility>

namespace kiosk::testing {

void FakeIdReader::place(hal::IdCard card) {
  {
    const std::lock_guard lock(mutex_);
    card_ = std::move(card);
    was_read_ = false;
  }
  changed_.notify_all();
}

void FakeIdReader::remove() {
  {
    const std::lock_guard lock(mutex_);
    card_.reset();
    was_read_ = false;
  }
  changed_.notify_all();
}

bool FakeIdReader::card_lies_there() const {
  const std::lock_guard lock(mutex_);
  return card_.has_value();
}

void FakeIdReader::unplug() {
  {
    const std::lock_guard lock(mutex_);
    plugged_ = false;
    was_read_ = false;
  }
  changed_.notify_all();
}

void FakeIdReader::plug() {
  const std::lock_guard lock(mutex_);
  plugged_ = true;
}

void FakeIdReader::fail_next(Error error) {
  {
    const std::lock_guard lock(mutex_);
    failures_.push_back(std::move(error));
  }
  changed_.notify_all();
}

hal::DeviceStatus FakeIdReader::status() const {
  const std::lock_guard lock(mutex_);
  hal::DeviceStatus status;
  status.state = plugged_ ? hal::DeviceState::online : hal::DeviceState::no_device;
  status.actor = plugged_ ? hal::Actor::none : hal::Actor::maintenance;
  return status;
}

template <class Done>
Result<void> FakeIdReader::until(const Wait& wait, Done done) {
  std::unique_lock lock(mutex_);
  if (wait.stop.stop_requested()) return fail(Errc::cancelled, "stopped");
  const bool met = changed_.wait_until(lock, wait.stop, wait.until,
                                       [&] { return !plugged_ || !failures_.empty() || done(); });
  if (!plugged_) return fail(Errc::unplugged, "unplugged");
  if (!failures_.empty()) {
    auto failure = std::move(failures_.front());
    failures_.pop_front();
    return std::unexpected(std::move(failure));
  }
  if (met) return {};
  return wait.stop.stop_requested() ? fail(Errc::cancelled, "stopped")
                                    : fail(Errc::timed_out, "the time is up");
}

Result<hal::IdCard> FakeIdReader::read(const Wait& wait) {
  hal::IdCard read;
  TRY(until(wait, [&] {
    if (!card_ || was_read_) return false;
    was_read_ = true;
    read = *card_;
    return true;
  }));
  return read;
}

Result<bool> FakeIdReader::card_present(const Wait& wait) {
  bool present = false;
  TRY(until(wait, [&] {
    present = card_ && was_read_;
    return true;
  }));
  return present;
}

Result<void> FakeIdReader::wait_removed(const Wait& wait) {
  return until(wait, [&] { return !card_ || !was_read_; });
}

}  // namespace kiosk::testing
