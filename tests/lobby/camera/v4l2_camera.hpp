#pragma once
// The kernel's side of a USB camera, under umockdev: answers a driver's ioctls as uvcvideo does.

#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "hal/base/bytes.hpp"
#include "hal/base/wait.hpp"
#include "hal/camera.hpp"

namespace kiosk::lobby {

/// A picture format in the list of a camera: fourcc and size.
struct ListedFormat {
  std::uint32_t fourcc = 0;
  int width = 0;
  int height = 0;
};

/// /dev/video0 of this process (run under libumockdev-preload). Strict: what the real driver answers with an
/// error is an error here. All calls from any thread.
class V4l2Camera {
 public:
  explicit V4l2Camera(std::vector<ListedFormat> formats);
  V4l2Camera(const V4l2Camera&) = delete;
  V4l2Camera& operator=(const V4l2Camera&) = delete;
  ~V4l2Camera();

  static std::string path() { return "/dev/video0"; }

  void set_plugged(bool plugged);
  void set_held(bool held);           ///< another program streams: setting a format is EBUSY
  void set_silent(bool silent);       ///< no picture comes
  void set_spoiled(bool spoiled);     ///< pictures are half as long as they should be
  void set_damaged(bool damaged);     ///< pictures carry the driver's own error mark
  void set_interrupted(bool always);  ///< every other ioctl is EINTR
  void set_no_camera(bool on);        ///< a node for metadata only

  bool streaming() const;
  /// Whether what lies in the buffers' memory is all zero, as after a wipe.
  bool wiped() const;
  int format_width() const;

 private:
  struct Kernel;
  std::unique_ptr<Kernel> kernel_;
};

}  // namespace kiosk::lobby
