#pragma once
// Latest<T>: the newest value of something that changes by itself, such as a device's status.

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
    value_ = std::move(value);
  }

 private:
  mutable std::mutex mutex_;
  T value_;
};

}  // namespace kiosk
