#include "drivers/v4l2/v4l2.hpp"

#include <cerrno>
#include <chrono>
#include <cstring>
#include <utility>

#include <unistd.h>

#include "drivers/confined/jpeg_decoder.hpp"
#include "drivers/link/camera_watch.hpp"
#include "drivers/v4l2/device.hpp"
#include "hal/base/personal.hpp"

namespace kiosk::drivers {
namespace {

using namespace std::chrono_literals;

constexpr int most_bad_pictures = 10;  // these three: hal/camera.hpp
constexpr auto longest_silence = 2s;
constexpr auto longest_start = 3s;
// Some drivers call a picture ready before it is; a poll that lies must not make a busy loop.
constexpr auto rest = 5ms;

class V4l2Stream final : public hal::CameraStream {
 public:
  V4l2Stream(V4l2Device device, confined::JpegDecoder decoder, std::shared_ptr<CameraWatch> watch)
      : device_(std::move(device)), decoder_(std::move(decoder)), watch_(std::move(watch)) {
    watch_->set_streaming(true);
  }
  V4l2Stream(const V4l2Stream&) = delete;
  V4l2Stream& operator=(const V4l2Stream&) = delete;
  ~V4l2Stream() override { watch_->set_streaming(false); }

  Result<hal::Frame> next(const Wait& wait) override {
    auto frame = newest(wait);
    if (frame) {
      watch_->note({});
    } else if (frame.error().code != Errc::timed_out ||
               Steady::now() < wait.until) {  // else only the caller's hurry
      watch_->note(std::unexpected(frame.error()));
    }
    return frame;
  }

 private:
  Result<hal::Frame> newest(const Wait& wait) {
    const Wait patience = wait.at_most(longest_silence);
    auto picture = TRY(newest_ready());
    for (int bad = 1;; bad++) {
      if (!picture) picture = TRY(next_picture(patience));
      auto frame = decoded(*picture, wait);
      TRY(device_.give_back(*picture));
      if (frame) frame->taken_at = picture->taken_at;
      if (frame || frame.error().code != Errc::malformed || bad == most_bad_pictures) return frame;
      picture.reset();
    }
  }

  Result<hal::Frame> decoded(const Filled& picture, const Wait& wait) {
    if (picture.damaged) return fail(Errc::malformed, "camera: a damaged picture");
    const auto& format = device_.format();
    if (format.pixels != Pixels::mjpeg) return unpack(format, device_.stride(), picture.bytes);
    auto frame = TRY(decoder_.decode(picture.bytes, wait));
    if (frame.width == format.width && frame.height == format.height) return frame;
    wipe(frame.bgrx);
    return fail(Errc::malformed, "camera: a picture of another size");
  }

  // The newest of what is ready. When nobody looked for a while all buffers are full and the camera has
  // stopped: then what they show is the past, and none of it is taken.
  Result<std::optional<Filled>> newest_ready() {
    std::vector<Filled> pictures;
    while (pictures.size() < device_.buffers()) {
      const auto picture = TRY(device_.take());
      if (!picture) break;
      pictures.push_back(*picture);
    }
    std::optional<Filled> newest;
    if (pictures.size() < device_.buffers() && !pictures.empty()) {
      newest = pictures.back();
      pictures.pop_back();
    }
    for (const auto& picture : pictures) TRY(device_.give_back(picture));
    return newest;
  }

  Result<Filled> next_picture(const Wait& wait) {
    for (;;) {
      TRY(device_.wait_for_picture(wait));
      if (const auto picture = TRY(device_.take())) return *picture;
      TRY(wait.sleep(rest));
    }
  }

  V4l2Device device_;
  confined::JpegDecoder decoder_;  // asleep with a camera that sends plain dots
  std::shared_ptr<CameraWatch> watch_;
};

Result<void> look_for(const std::string& path) {
  if (::access(path.c_str(), R_OK | W_OK) == 0) return {};
  const int error = errno;
  return fail(error == EACCES ? Errc::refused : Errc::unplugged,
              "camera: " + path + ": " + std::strerror(error));
}

class V4l2Camera final : public hal::Camera {
 public:
  explicit V4l2Camera(std::string path)
      : path_(std::move(path)),
        watch_(std::make_shared<CameraWatch>([node = path_](const Wait&) { return look_for(node); })) {}

  hal::DeviceStatus status() const override { return watch_->status(); }
  void on_change(std::function<void()> told) override { watch_->on_change(std::move(told)); }

  Result<std::unique_ptr<hal::CameraStream>> start(const Wait& wait) override {
    auto stream = streaming(wait.at_most(longest_start));
    if (stream) {
      watch_->note({});
    } else {
      watch_->note(std::unexpected(stream.error()));
    }
    return stream;
  }

 private:
  Result<std::unique_ptr<hal::CameraStream>> streaming(const Wait& wait) {
    auto device = TRY(V4l2Device::start(path_, wait));
    confined::JpegDecoder decoder;
    if (device.format().pixels == Pixels::mjpeg) TRY(decoder.open(wait));
    return std::make_unique<V4l2Stream>(std::move(device), std::move(decoder), watch_);
  }

  std::string path_;
  std::shared_ptr<CameraWatch> watch_;
};

}  // namespace

std::unique_ptr<hal::Camera> make_v4l2(std::string path) {
  return std::make_unique<V4l2Camera>(std::move(path));
}

}  // namespace kiosk::drivers
