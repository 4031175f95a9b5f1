#include "drivers/v4l2/device.hpp"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstring>

#include <fcntl.h>
#include <linux/videodev2.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/mman.h>

namespace kiosk::drivers {
namespace {

using namespace std::chrono_literals;

constexpr std::uint32_t wanted_buffers = 4;
constexpr std::uint32_t most_listed = 64;  // formats, and sizes of each: a driver that never ends its list

bool control(const Fd& fd, unsigned long request, void* argument) {
  int done = 0;
  do {
    done = ::ioctl(fd.get(), request, argument);
  } while (done < 0 && errno == EINTR);
  return done >= 0;
}

Errc code_of(int error) {
  switch (error) {
    case ENOENT:
    case ENODEV:
    case ENXIO:
      return Errc::unplugged;
    case EBUSY:
      return Errc::busy;
    case EACCES:
    case EPERM:
    case EINVAL:
    case ENOTTY:
      return Errc::refused;
    default:
      return Errc::internal;
  }
}

std::unexpected<Error> failed(const char* step) {
  const int error = errno;
  return fail(code_of(error), std::string("camera: ") + step + ": " + std::strerror(error));
}

v4l2_buffer buffer_of(std::uint32_t index) {
  v4l2_buffer buffer{};
  buffer.type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
  buffer.memory = V4L2_MEMORY_MMAP;
  buffer.index = index;
  return buffer;
}

// Within [least, most] in steps from least, nearest to `wanted` from below.
int stepped(int wanted, std::uint32_t least, std::uint32_t most, std::uint32_t step) {
  const auto inside = std::clamp(static_cast<std::uint32_t>(wanted), least, std::max(least, most));
  return static_cast<int>(inside - (inside - least) % std::max(1U, step));
}

Steady::time_point time_of(const v4l2_buffer& buffer) {
  const auto now = Steady::now();
  if ((buffer.flags & V4L2_BUF_FLAG_TIMESTAMP_MASK) != V4L2_BUF_FLAG_TIMESTAMP_MONOTONIC) return now;
  const auto since_boot =
      std::chrono::seconds(buffer.timestamp.tv_sec) + std::chrono::microseconds(buffer.timestamp.tv_usec);
  return std::min(now, Steady::time_point(since_boot));  // Steady is CLOCK_MONOTONIC as well
}

}  // namespace

Mapping::~Mapping() {
  if (bytes_.empty()) return;
  ::explicit_bzero(bytes_.data(), bytes_.size());
  ::munmap(bytes_.data(), bytes_.size());
}

Result<V4l2Device> V4l2Device::start(const std::string& path, const Wait& wait) {
  TRY(wait.check());
  Fd fd(::open(path.c_str(), O_RDWR | O_NONBLOCK | O_CLOEXEC));
  if (!fd) return failed("open");
  V4l2Device device(std::move(fd));
  TRY(device.check_kind());
  TRY(device.choose_format());
  TRY(wait.check());
  TRY(device.map_buffers());
  TRY(device.stream());
  return device;
}

V4l2Device::~V4l2Device() {
  if (!fd_) return;
  int type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
  (void)control(fd_, VIDIOC_STREAMOFF, &type);
  buffers_.clear();
  v4l2_requestbuffers none{};
  none.type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
  none.memory = V4L2_MEMORY_MMAP;
  (void)control(fd_, VIDIOC_REQBUFS, &none);
}

// A camera has several nodes; those for metadata, and things that are no cameras, are told apart here.
Result<void> V4l2Device::check_kind() {
  v4l2_capability capability{};
  if (!control(fd_, VIDIOC_QUERYCAP, &capability)) return failed("not a camera");
  const bool own = (capability.capabilities & V4L2_CAP_DEVICE_CAPS) != 0;
  const auto can = own ? capability.device_caps : capability.capabilities;
  if ((can & V4L2_CAP_VIDEO_CAPTURE) == 0 || (can & V4L2_CAP_STREAMING) == 0) {
    return fail(Errc::refused, "camera: the node does not stream pictures");
  }
  return {};
}

std::vector<Offer> V4l2Device::offers() {
  std::vector<Offer> found;
  v4l2_fmtdesc format{};
  format.type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
  for (; format.index < most_listed && control(fd_, VIDIOC_ENUM_FMT, &format); format.index++) {
    const auto pixels = pixels_of(format.pixelformat);
    if (!pixels) continue;
    v4l2_frmsizeenum size{};
    size.pixel_format = format.pixelformat;
    for (; size.index < most_listed && control(fd_, VIDIOC_ENUM_FRAMESIZES, &size); size.index++) {
      if (size.type == V4L2_FRMSIZE_TYPE_DISCRETE) {
        found.push_back(
            {*pixels, static_cast<int>(size.discrete.width), static_cast<int>(size.discrete.height)});
        continue;
      }
      const auto& range = size.stepwise;
      found.push_back({*pixels, stepped(640, range.min_width, range.max_width, range.step_width),
                       stepped(480, range.min_height, range.max_height, range.step_height)});
      break;
    }
    if (size.index == 0 && (found.empty() || found.back().pixels != *pixels))
      found.push_back({*pixels, 640, 480});
  }
  return found;
}

Result<void> V4l2Device::choose_format() {
  const auto wish = best_of(offers());
  if (!wish) return fail(Errc::refused, "camera: no picture format that is spoken here");
  v4l2_format format{};
  format.type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
  auto& picture = format.fmt.pix;
  picture.width = static_cast<std::uint32_t>(wish->width);
  picture.height = static_cast<std::uint32_t>(wish->height);
  picture.pixelformat = fourcc_of(wish->pixels);
  picture.field = V4L2_FIELD_NONE;
  if (!control(fd_, VIDIOC_S_FMT, &format)) return failed("format");

  // The driver may have changed its mind: what it answers is what comes.
  const auto pixels = pixels_of(picture.pixelformat);
  if (!pixels) return fail(Errc::refused, "camera: chose a format that is not spoken here");
  format_ = {*pixels, static_cast<int>(std::min(picture.width, 65535U)),
             static_cast<int>(std::min(picture.height, 65535U))};
  if (best_of({format_}) != format_) return fail(Errc::refused, "camera: chose a picture of no usable size");
  const std::size_t row = picture.width * (*pixels == Pixels::yuyv ? std::size_t{2} : std::size_t{1});
  stride_ = std::max<std::size_t>(row, picture.bytesperline);
  return {};
}

Result<void> V4l2Device::map_buffers() {
  v4l2_requestbuffers request{};
  request.count = wanted_buffers;
  request.type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
  request.memory = V4L2_MEMORY_MMAP;
  if (!control(fd_, VIDIOC_REQBUFS, &request)) return failed("buffers");
  if (request.count < 2) return fail(Errc::refused, "camera: too few buffers");
  for (std::uint32_t i = 0; i < request.count; i++) {
    auto buffer = buffer_of(i);
    if (!control(fd_, VIDIOC_QUERYBUF, &buffer)) return failed("buffer");
    void* memory =
        ::mmap(nullptr, buffer.length, PROT_READ | PROT_WRITE, MAP_SHARED, fd_.get(), buffer.m.offset);
    if (memory == MAP_FAILED) return failed("map");
    buffers_.emplace_back(memory, buffer.length);
  }
  return {};
}

Result<void> V4l2Device::stream() {
  for (std::uint32_t i = 0; i < buffers_.size(); i++) TRY(give_back({.buffer = i}));
  int type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
  if (!control(fd_, VIDIOC_STREAMON, &type)) return failed("start");
  return {};
}

Result<std::optional<Filled>> V4l2Device::take() {
  auto buffer = buffer_of(0);
  if (!control(fd_, VIDIOC_DQBUF, &buffer)) {
    if (errno == EAGAIN || errno == EIO)
      return std::nullopt;  // EIO: the signal was lost for a moment (V4L2 manual)
    return failed("picture");
  }
  if (buffer.index >= buffers_.size()) return fail(Errc::internal, "camera: a buffer that is not ours");
  const auto whole = buffers_[buffer.index].bytes();
  return Filled{.buffer = buffer.index,
                .damaged = (buffer.flags & V4L2_BUF_FLAG_ERROR) != 0 || buffer.bytesused > whole.size(),
                .bytes = whole.first(std::min<std::size_t>(buffer.bytesused, whole.size())),
                .taken_at = time_of(buffer)};
}

Result<void> V4l2Device::give_back(const Filled& filled) {
  auto buffer = buffer_of(filled.buffer);
  if (!control(fd_, VIDIOC_QBUF, &buffer)) return failed("buffer back");
  return {};
}

Result<void> V4l2Device::wait_for_picture(const Wait& wait) {
  TRY(poll_fd(fd_.get(), POLLIN, wait));  // an error is ready as well: take() says which
  return {};
}

}  // namespace kiosk::drivers
