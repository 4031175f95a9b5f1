#include "drivers/mjpeg/mjpeg.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <thread>
#include <utility>

#include <poll.h>
#include <sys/eventfd.h>

#include "drivers/confined/jpeg_decoder.hpp"
#include "drivers/link/camera_watch.hpp"
#include "drivers/mjpeg/multipart.hpp"
#include "drivers/mjpeg/transfer.hpp"
#include "hal/base/fd.hpp"
#include "hal/base/latest.hpp"
#include "hal/base/personal.hpp"

namespace kiosk::drivers {
namespace {

using namespace std::chrono_literals;

constexpr int most_bad_pictures = 10;  // these three: hal/camera.hpp
constexpr auto longest_silence = 2s;
constexpr auto longest_start = 3s;

/// The newest thing that came down the line: a picture, or the end.
struct Arrival {
  std::uint64_t number = 0;  ///< 0: nothing has come yet
  PersonalBytes jpeg;
  Steady::time_point at;
  std::optional<Error> end;
};

class MjpegStream final : public hal::CameraStream {
 public:
  MjpegStream(std::string url, std::shared_ptr<CameraWatch> watch)
      : watch_(std::move(watch)), bell_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
    watch_->set_streaming(true);
    worker_ = std::jthread([this, url = std::move(url)](const std::stop_token& stop) { receive(url, stop); });
  }
  MjpegStream(const MjpegStream&) = delete;
  MjpegStream& operator=(const MjpegStream&) = delete;
  ~MjpegStream() override {
    worker_.request_stop();
    worker_.join();
    watch_->set_streaming(false);
  }

  /// Blocks until it can be used: something has come, and there is somebody to decode it.
  Result<void> begin(const Wait& wait) {
    TRY(decoder_.open(wait));
    return wait_for_arrival(wait);
  }

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
  /// Blocks until something has come that was not handed out.
  Result<void> wait_for_arrival(const Wait& wait) {
    for (;;) {
      const auto arrival = newest_.get();
      if (arrival.end) return std::unexpected(*arrival.end);
      if (arrival.number != handed_out_) return {};
      TRY(poll_fd(bell_.get(), POLLIN, wait));
      eventfd_t rings = 0;
      ::eventfd_read(bell_.get(), &rings);
    }
  }

  Result<hal::Frame> newest(const Wait& wait) {
    const Wait patience = wait.at_most(longest_silence);
    for (int bad = 1;; bad++) {
      TRY(wait_for_arrival(patience));
      const auto arrival = newest_.get();
      if (arrival.end) return std::unexpected(*arrival.end);
      handed_out_ = arrival.number;
      auto frame = decoder_.decode(arrival.jpeg.reveal(), wait);
      if (frame) frame->taken_at = arrival.at;
      if (frame || frame.error().code != Errc::malformed || bad == most_bad_pictures) return frame;
    }
  }

  // On the worker's thread, until the line ends.
  void receive(const std::string& url, const std::stop_token& stop) {
    std::optional<MultipartReader> reader;
    Arrival arrival;
    const auto on_bytes = [&](std::string_view content_type, BytesView piece) -> Result<void> {
      if (!reader) reader.emplace(TRY(boundary_of(content_type)), confined::most_jpeg_bytes);
      std::vector<Bytes> parts;
      const auto fed = reader->feed(piece, parts);
      for (auto& part : parts) {
        arrival.number++;
        arrival.jpeg = PersonalBytes(std::move(part));
        arrival.at = Steady::now();
      }
      if (!parts.empty()) publish(arrival);
      return fed;
    };
    const auto outcome = get(url, on_bytes, Wait{.until = Steady::time_point::max(), .stop = stop});
    arrival.end = outcome ? Error{Errc::unplugged, "camera: the stream ended"} : outcome.error();
    publish(arrival);
  }

  void publish(const Arrival& arrival) {
    newest_.set(arrival);
    (void)::eventfd_write(bell_.get(), 1);
  }

  std::shared_ptr<CameraWatch> watch_;
  Latest<Arrival> newest_;
  Fd bell_;
  std::uint64_t handed_out_ = 0;
  confined::JpegDecoder decoder_;
  std::jthread worker_;
};

class MjpegCamera final : public hal::Camera {
 public:
  explicit MjpegCamera(std::string url)
      : url_(std::move(url)), watch_(std::make_shared<CameraWatch>([address = url_](const Wait& wait) {
          return knock(address, wait);
        })) {}

  hal::DeviceStatus status() const override { return watch_->status(); }
  void on_change(std::function<void()> told) override { watch_->on_change(std::move(told)); }

  Result<std::unique_ptr<hal::CameraStream>> start(const Wait& wait) override {
    auto stream = std::make_unique<MjpegStream>(url_, watch_);
    auto outcome = stream->begin(wait.at_most(longest_start));
    // Of all malformed starts the interface says: no usable picture format.
    if (!outcome && outcome.error().code == Errc::malformed) outcome.error().code = Errc::refused;
    watch_->note(outcome);
    if (!outcome) return std::unexpected(outcome.error());
    return stream;
  }

 private:
  std::string url_;
  std::shared_ptr<CameraWatch> watch_;
};

}  // namespace

std::unique_ptr<hal::Camera> make_mjpeg(std::string url) {
  return std::make_unique<MjpegCamera>(std::move(url));
}

}  // namespace kiosk::drivers
