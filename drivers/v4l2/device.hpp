#pragma once
// The kernel's side of a camera: one open video node and its ioctls, in the order that V4L2 asks for.

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "drivers/v4l2/pixels.hpp"
#include "hal/base/fd.hpp"

namespace kiosk::drivers {

/// Memory that the kernel fills with pictures. Wiped and given back at the end.
class Mapping {
 public:
  Mapping(void* memory, std::size_t size) : bytes_(static_cast<std::uint8_t*>(memory), size) {}
  Mapping(Mapping&& other) noexcept : bytes_(std::exchange(other.bytes_, {})) {}
  Mapping& operator=(Mapping&&) = delete;
  ~Mapping();
  BytesView bytes() const { return bytes_; }

 private:
  std::span<std::uint8_t> bytes_;
};

/// A picture in one of the kernel's buffers; the buffer must be given back.
struct Filled {
  std::uint32_t buffer = 0;
  bool damaged = false;  ///< the driver said so: a lost USB packet
  BytesView bytes;
  Steady::time_point taken_at;
};

/// A camera that is streaming. Stops and wipes with its end.
class V4l2Device {
 public:
  /// Opens, chooses a format, maps four buffers and starts. Errors of hal::Camera::start().
  static Result<V4l2Device> start(const std::string& path, const Wait& wait);
  V4l2Device(V4l2Device&&) = default;
  V4l2Device& operator=(V4l2Device&&) = delete;
  ~V4l2Device();

  /// The oldest picture that is ready, nullopt when none is. `unplugged`, `internal`. Does not block.
  Result<std::optional<Filled>> take();
  Result<void> give_back(const Filled& filled);

  /// Blocks until a picture may be ready.
  Result<void> wait_for_picture(const Wait& wait);

  std::size_t buffers() const { return buffers_.size(); }
  const Offer& format() const { return format_; }
  std::size_t stride() const { return stride_; }

 private:
  explicit V4l2Device(Fd fd) : fd_(std::move(fd)) {}
  Result<void> check_kind();
  std::vector<Offer> offers();
  Result<void> choose_format();
  Result<void> map_buffers();
  Result<void> stream();

  Fd fd_;
  Offer format_;
  std::size_t stride_ = 0;
  std::vector<Mapping> buffers_;
};

}  // namespace kiosk::drivers
