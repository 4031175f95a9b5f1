#include "drivers/confined/frame.hpp"

#include <utility>

#include "drivers/confined/message.hpp"
#include "hal/base/personal.hpp"

namespace kiosk::drivers::confined {

FrameHead head_of(const hal::Frame& frame) {
  FrameHead head{};
  put_number(head.data(), static_cast<std::uint32_t>(frame.width));
  put_number(head.data() + 4, static_cast<std::uint32_t>(frame.height));
  return head;
}

Bytes bytes_of(hal::Frame frame) {
  const auto head = head_of(frame);
  Bytes bytes;
  bytes.reserve(head.size() + frame.bgrx.size());
  bytes.insert(bytes.end(), head.begin(), head.end());
  bytes.insert(bytes.end(), frame.bgrx.begin(), frame.bgrx.end());
  wipe(frame.bgrx);
  return bytes;
}

Result<hal::Frame> frame_of(Bytes bytes) {
  const auto refuse = [&bytes](const char* what) {
    wipe(bytes);
    return fail(Errc::malformed, what);
  };
  if (bytes.size() < sizeof(FrameHead)) return refuse("a picture without its size");
  const std::size_t width = number_at(bytes.data());
  const std::size_t height = number_at(bytes.data() + 4);
  if (width < 1 || height < 1 || width > most_dots || height > most_dots)
    return refuse("a picture of no usable size");
  if (bytes.size() - sizeof(FrameHead) != 4 * width * height)
    return refuse("a picture whose size and bytes disagree");
  bytes.erase(bytes.begin(), bytes.begin() + sizeof(FrameHead));
  return hal::Frame{.width = static_cast<int>(width),
                    .height = static_cast<int>(height),
                    .bgrx = std::move(bytes),
                    .taken_at = {}};
}

}  // namespace kiosk::drivers::confined
