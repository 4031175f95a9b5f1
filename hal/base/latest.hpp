#pragma once
// Latest<T>: the newest value of something that changes by itself, such as a device's status.

#include <concepts>
#include <functional>
#include <mutex>
#include <utility>

namespace kiosk {

/// One writer, any readers; a reader gets a copy of the newest value and never waits for the writer's work.
template <class T>
class Latest {
 public:
  explicit Latest(T first = {}) : value_(std::move(first)) {}

  T get() const {
    const std::lock_guard lock(mutex_);
    return value_;
  }

  void set(T value) {
    const std::lock_guard lock(mutex_);
    if constexpr (std::equality_comparable<T>) {
      if (value == value_) return;
    }
    value_ = std::move(value);
    if (told_) told_();
  }

  /// From now on `told` runs after each change, on the writer's thread and under the lock: all it may do is
  /// post a message. Empty: nobody is told any more, and nobody is just being told.
  void on_change(std::function<void()> told) {
    const std::lock_guard lock(mutex_);
    told_ = std::move(told);
  }

 private:
  mutable std::mutex mutex_;
  T value_;
  std::function<void()> told_;
};

}  // namespace kiosk
