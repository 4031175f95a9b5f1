#pragma once
// A file descriptor with an owner, and waiting for one.

#include <utility>

#include "hal/base/wait.hpp"

namespace kiosk {

/// Owns a descriptor and closes it.
class Fd {
 public:
  Fd() = default;
  explicit Fd(int fd) : fd_(fd) {}
  Fd(Fd&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  Fd& operator=(Fd&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
  }
  Fd(const Fd&) = delete;
  Fd& operator=(const Fd&) = delete;
  ~Fd();

  int get() const { return fd_; }
  explicit operator bool() const { return fd_ >= 0; }
  void reset();

 private:
  int fd_ = -1;
};

/// Blocks until `fd` shows one of `events` (poll(2) bits) or an error condition; returns the bits seen.
/// `cancelled` / `timed_out` as the Wait says; `internal` when the descriptor is not open.
Result<short> poll_fd(int fd, short events, const Wait& wait);

}  // namespace kiosk
