#pragma once
// Mailbox<T>: how threads speak to each other. One of the two places of the program that hold a mutex
// (the other is hal/base/latest.hpp).

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <utility>

#include "hal/base/wait.hpp"

namespace kiosk {

/// A queue of immutable values from any thread to one reader. Unbounded: senders are devices and fingers,
/// which are slow beside the reader.
template <class T>
class Mailbox {
 public:
  /// `on_post` runs after each post, on the sender's thread, with no lock held: it wakes a reader that waits
  /// for other things as well (the UI thread waits in the display).
  explicit Mailbox(std::function<void()> on_post = {}) : on_post_(std::move(on_post)) {}

  void post(T value) {
    {
      const std::lock_guard lock(mutex_);
      values_.push_back(std::move(value));
    }
    arrived_.notify_one();
    if (on_post_) on_post_();
  }

  /// The oldest value, if there is one. Never blocks.
  std::optional<T> try_take() {
    const std::lock_guard lock(mutex_);
    return pop();
  }

  /// Blocks for the oldest value. `cancelled` or `timed_out` as the Wait says; a value that is already there
  /// is returned even when the time is up.
  Result<T> take(const Wait& wait) {
    std::unique_lock lock(mutex_);
    arrived_.wait_until(lock, wait.stop, wait.until, [this] { return !values_.empty(); });
    if (auto value = pop()) return std::move(*value);
    if (wait.stop.stop_requested()) return fail(Errc::cancelled, "stopped");
    return fail(Errc::timed_out, "the time is up");
  }

  /// Forgets everything that was posted and not taken.
  void clear() {
    const std::lock_guard lock(mutex_);
    values_.clear();
  }

 private:
  std::optional<T> pop() {
    if (values_.empty()) return std::nullopt;
    std::optional<T> value(std::move(values_.front()));
    values_.pop_front();
    return value;
  }

  std::mutex mutex_;
  std::condition_variable_any arrived_;
  std::deque<T> values_;
  std::function<void()> on_post_;
};

}  // namespace kiosk
