#pragma once
// A USB camera that the kernel of a machine in QEMU drives (uvcvideo): USB Device Class Definition for Video
// Devices 1.0a, MJPEG payload. Pictures travel in bulk transfers, which the class allows and usb-redir
// carries best.

#include <atomic>
#include <filesystem>
#include <functional>
#include <thread>

#include "tests/lobby/usb/redirected_usb.hpp"

namespace kiosk::lobby {

class UvcCamera {
 public:
  using Film = std::function<Bytes(std::size_t number)>;  ///< JPEGs of 640x480; called on the camera's thread

  static constexpr std::uint16_t vendor = 0x1D6B, product = 0x0102;  // Linux's own webcam gadget

  /// Listens at `socket`, a path that does not exist yet.
  UvcCamera(const std::filesystem::path& socket, Film film);

  /// Whether a machine's driver has taken it.
  bool taken() const { return taken_; }

  void unplug() { usb_.unplug(); }
  void plug() { usb_.plug(); }

 private:
  void run(const std::stop_token& stop);
  void send(BytesView jpeg, std::size_t number);

  Film film_;
  std::atomic<bool> taken_ = false;
  RedirectedUsb usb_;
  std::jthread thread_;  // last: it uses what stands above
};

}  // namespace kiosk::lobby
