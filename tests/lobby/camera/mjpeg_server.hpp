#pragma once
// The lobby's camera: an MJPEG stream on loopback in which drawn people stand, and which misbehaves on
// demand.

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "hal/base/fd.hpp"
#include "hal/base/latest.hpp"
#include "tests/lobby/camera/face.hpp"

namespace kiosk::lobby {

/// What is wrong with the camera.
enum class CameraTrouble {
  none,
  frozen,     ///< the line stays open and nothing comes any more
  black,      ///< the lens is covered
  garbage,    ///< parts that are no JPEG
  truncated,  ///< pictures cut off in the middle
  unframed,   ///< bytes that are no multipart
  oversized,  ///< a part that claims 1 GiB
  slow,       ///< one picture a second
  busy,       ///< 503: another viewer holds it
  no_stream,  ///< 200 with a text page
};

/// Serves http://127.0.0.1:port/stream.mjpeg. Strict: anything but a GET of that path is answered 404.
class MjpegCamera {
 public:
  /// `port` 0 chooses a free one.
  static Result<std::unique_ptr<MjpegCamera>> start(std::uint16_t port = 0);
  MjpegCamera(const MjpegCamera&) = delete;
  MjpegCamera& operator=(const MjpegCamera&) = delete;
  ~MjpegCamera();

  std::string url() const;

  // All of these may be called from any thread, at any time.
  void show(const Scene& scene);
  Scene scene() const;
  void trouble(CameraTrouble trouble) { trouble_ = trouble; }
  void unplug();  ///< ends the streams and refuses connections
  void plug();    ///< listens again, at the same port
  int viewers() const { return viewers_; }

  /// One picture of what the camera sees now, for the lobby's page; and those that follow it.
  Bytes picture(std::size_t number = 0) const;

 private:
  /// A scene drawn into some pictures of gentle movement, done once when the scene changes.
  struct Reel {
    Scene scene;
    std::vector<Bytes> jpegs;
  };
  static std::shared_ptr<const Reel> draw_reel(const Scene& scene);

  explicit MjpegCamera(std::uint16_t port) : port_(port) {}
  Result<void> listen();
  void accept(const std::stop_token& stop, int listener);
  void serve(const std::stop_token& stop, Fd peer);
  void stream(const std::stop_token& stop, int peer);

  std::uint16_t port_;
  std::atomic<CameraTrouble> trouble_ = CameraTrouble::none;
  std::atomic<int> viewers_ = 0;
  Latest<std::shared_ptr<const Reel>> reel_;
  Fd listener_;
  std::jthread acceptor_;
};

}  // namespace kiosk::lobby
