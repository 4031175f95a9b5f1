#pragma once
// Which of a camera's formats is taken, and from what cameras send to what the program holds: YUYV and NV12
// to BGRX. Pure; our own arithmetic within bounds that are checked. What takes a library is decoded elsewhere
// (drivers/confined/jpeg_decoder.hpp).

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "hal/base/bytes.hpp"
#include "hal/camera.hpp"

namespace kiosk::drivers {

/// How a camera packs its dots; earlier ones are liked better, because nothing is lost or computed.
enum class Pixels { yuyv, nv12, mjpeg };

/// What the kernel calls it (V4L2_PIX_FMT_...), and back; nullopt for formats that are not spoken here.
std::uint32_t fourcc_of(Pixels pixels);
std::optional<Pixels> pixels_of(std::uint32_t fourcc);

/// A picture that the camera can send.
struct Offer {
  Pixels pixels = Pixels::yuyv;
  int width = 0;
  int height = 0;

  bool operator==(const Offer&) const = default;
};

/// The offer nearest to 640x480..1280x720, the smallest of those inside: more dots cost time and find no more
/// faces. nullopt when there is none of 32 to 4096 even dots a side.
std::optional<Offer> best_of(const std::vector<Offer>& offers);

/// Unpacks one picture of YUYV or NV12; `stride` is the bytes of a row of YUYV, or of a row of NV12's first
/// plane. Video range BT.601, as UVC cameras send. `malformed` when `bytes` are too few, or it is another
/// format.
Result<hal::Frame> unpack(const Offer& format, std::size_t stride, BytesView bytes);

}  // namespace kiosk::drivers
