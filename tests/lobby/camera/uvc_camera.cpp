#include "tests/lobby/camera/uvc_camera.hpp"

#include <algorithm>
#include <initializer_list>
#include <utility>

namespace kiosk::lobby {

using namespace std::chrono_literals;

namespace {

constexpr std::uint8_t pipe = 0x81;
constexpr std::uint8_t of_the_class = 0x24;  // CS_INTERFACE, in all of the class's own descriptors
constexpr auto picture_time = 100ms;
constexpr std::size_t payload_head = 2;
constexpr std::size_t largest_payload = 16 * 1024;  // what uvcvideo asks for at once
constexpr std::size_t largest_picture = 640 * 480 * 2;

Bytes joined(std::initializer_list<Bytes> parts) {
  Bytes all;
  for (const auto& part : parts) all.insert(all.end(), part.begin(), part.end());
  return all;
}

Bytes word(std::size_t value) {
  return {static_cast<std::uint8_t>(value & 0xFF), static_cast<std::uint8_t>(value >> 8 & 0xFF)};
}

Bytes double_word(std::size_t value) {
  return joined({word(value & 0xFFFF), word(value >> 16)});
}

Bytes interval() {
  return double_word(picture_time / std::chrono::duration<std::size_t, std::ratio<1, 10'000'000>>(1));
}

// The specification's tables stand behind the descriptors.

/// Interface 0: a lens whose pictures leave over USB.
Bytes video_control() {
  const Bytes lens{18, of_the_class, 2, 1, 0x01, 0x02, 0, 0, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0};  // 3-6
  const Bytes outlet{9, of_the_class, 3, 2, 0x01, 0x01, 0, 1, 0};  // 3-5, fed by the lens
  const Bytes interface{9, 4, 0, 0, 0, 0x0E, 1, 0, 0};             // 3-2
  const auto head = joined({{13, of_the_class, 1, 0x00, 0x01},     // 3-3: UVC 1.0
                            word(13 + lens.size() + outlet.size()),
                            double_word(0),
                            {1, 1}});  // streams: interface 1
  return joined({interface, head, lens, outlet});
}

/// Interface 1: MJPEG of one size.
Bytes video_streaming() {
  const Bytes format{11, of_the_class, 6, 1, 1, 0, 1, 0, 0, 0, 0};  // MJPEG 3-1
  const auto frame = joined({{30, of_the_class, 7, 1, 0},           // MJPEG 3-2
                             word(640),
                             word(480),
                             double_word(1'000'000),
                             double_word(50'000'000),
                             double_word(largest_picture),
                             interval(),
                             {1},
                             interval()});
  const Bytes colours{6, of_the_class, 13, 1, 1, 4};    // 3-18: sRGB, BT.601
  const Bytes interface{9, 4, 1, 0, 1, 0x0E, 2, 0, 0};  // 3-12
  const auto head = joined({{14, of_the_class, 1, 1},   // 3-13
                            word(14 + format.size() + frame.size() + colours.size()),
                            {pipe, 0, 2, 0, 0, 0, 1, 0}});  // from the outlet
  const Bytes bulk_endpoint{7, 5, pipe, 2, 0x00, 0x02, 0};  // 3-15
  return joined({interface, head, format, frame, colours, bulk_endpoint});
}

UsbDescriptors camera_descriptors() {
  const Bytes both_belong_together{8, 11, 0, 2, 0x0E, 3, 0, 0};  // 3-1
  return {device_descriptor(2, 0xEF, 2, 1, UvcCamera::vendor, UvcCamera::product),
          configuration_of(2, joined({both_belong_together, video_control(), video_streaming()}))};
}

/// What the host may choose from when it starts the stream (4-47): one thing.
std::optional<Bytes> negotiate(std::uint8_t type, std::uint8_t request, std::uint16_t value,
                               std::uint16_t index) {
  constexpr std::uint8_t set_cur = 0x01, get_cur = 0x81, get_len = 0x85, get_info = 0x86, get_def = 0x87;
  constexpr std::uint8_t probe = 1, commit = 2;
  const auto control = value >> 8;
  if ((type & 0x7F) != 0x21 || index != 1 || (control != probe && control != commit)) return std::nullopt;
  if (request == set_cur) return Bytes{};
  if (request == get_len) return word(26);
  if (request == get_info) return Bytes{3};  // can be read and set
  if (request < get_cur || request > get_def) return std::nullopt;
  return joined(
      {{0, 0, 1, 1}, interval(), Bytes(10), double_word(largest_picture), double_word(largest_payload)});
}

}  // namespace

UvcCamera::UvcCamera(const std::filesystem::path& socket, Film film)
    : film_(std::move(film)),
      usb_(
          socket, camera_descriptors(), [](std::uint8_t, const Bytes&) {},
          [this](auto type, auto request, auto value, auto index, auto) {
            taken_ = true;  // a driver asks first what it may choose
            return negotiate(type, request, value, index);
          }),
      thread_([this](const std::stop_token& stop) { run(stop); }) {}

void UvcCamera::run(const std::stop_token& stop) {
  const Wait wait{.stop = stop};
  for (std::size_t number = 0; wait.sleep(picture_time); ++number) {
    if (usb_.awaited(pipe)) send(film_(number), number);
  }
}

/// As many payloads as it takes, each with its header (2.4.3.3) and shorter than what was asked for, or as
/// long.
void UvcCamera::send(BytesView jpeg, std::size_t number) {
  constexpr std::uint8_t end_of_header = 0x80, end_of_picture = 0x02;
  const auto even_or_odd = static_cast<std::uint8_t>(number % 2);
  while (!jpeg.empty()) {
    const auto part = jpeg.first(std::min(jpeg.size(), largest_payload - payload_head));
    jpeg = jpeg.subspan(part.size());
    const std::uint8_t end = jpeg.empty() ? end_of_picture : 0;
    Bytes payload{payload_head, static_cast<std::uint8_t>(end_of_header | end | even_or_odd)};
    payload.insert(payload.end(), part.begin(), part.end());
    usb_.send(pipe, std::move(payload));
  }
}

}  // namespace kiosk::lobby
