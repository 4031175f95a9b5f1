#include "tests/lobby/camera/v4l2_camera.hpp"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <deque>
#include <filesystem>
#include <fstream>
#include <optional>
#include <thread>

#include <fcntl.h>
#include <linux/videodev2.h>
#include <sys/ioctl.h>
#include <umockdev.h>
#include <unistd.h>

#include "drivers/link/jpeg/jpeg.hpp"

namespace kiosk::lobby {
namespace {

using namespace std::chrono_literals;

constexpr auto picture_time = 20ms;

// Grey bars, in whatever format: enough for a driver. Who looks for faces uses the MJPEG camera.
Bytes picture(const v4l2_pix_format& format) {
  if (format.pixelformat != V4L2_PIX_FMT_MJPEG) return Bytes(format.sizeimage, 128);
  hal::Frame frame{.width = static_cast<int>(format.width), .height = static_cast<int>(format.height)};
  frame.bgrx.assign(std::size_t{4} * format.width * format.height, 128);
  return drivers::encode_jpeg(frame, 80).value_or(Bytes{});
}

}  // namespace

// What uvcvideo keeps. Everything under one lock: ioctls come from umockdev's thread, knobs from the test's.
struct V4l2Camera::Kernel {
  mutable std::mutex mutex;
  std::vector<ListedFormat> formats;
  bool plugged = false, held = false, silent = false, spoiled = false, damaged = false, no_camera = false;
  bool interrupting = false, interrupted_last = false;

  v4l2_pix_format format{};
  std::uint32_t buffers = 0;
  std::deque<std::uint32_t> queued;
  bool on = false;
  std::uint32_t sequence = 0;
  Steady::time_point last_picture;

  UMockdevTestbed* testbed = nullptr;
  UMockdevIoctlBase* handler = nullptr;
  std::string sys_path;
  std::string file;  // what /dev/video0 really is

  std::vector<std::uint32_t> fourccs() const {
    std::vector<std::uint32_t> list;
    for (const auto& listed : formats) {
      if (std::find(list.begin(), list.end(), listed.fourcc) == list.end()) list.push_back(listed.fourcc);
    }
    return list;
  }

  int answer(v4l2_capability& capability) const {
    capability.capabilities =
        V4L2_CAP_DEVICE_CAPS | V4L2_CAP_VIDEO_CAPTURE | V4L2_CAP_STREAMING | V4L2_CAP_META_CAPTURE;
    capability.device_caps =
        V4L2_CAP_STREAMING | (no_camera ? V4L2_CAP_META_CAPTURE : V4L2_CAP_VIDEO_CAPTURE);
    return 0;
  }

  int answer(v4l2_fmtdesc& description) const {
    const auto list = fourccs();
    if (description.index >= list.size()) return EINVAL;
    description.pixelformat = list[description.index];
    return 0;
  }

  int answer(v4l2_frmsizeenum& size) const {
    std::uint32_t index = 0;
    for (const auto& listed : formats) {
      if (listed.fourcc != size.pixel_format || index++ != size.index) continue;
      size.type = V4L2_FRMSIZE_TYPE_DISCRETE;
      size.discrete = {static_cast<std::uint32_t>(listed.width), static_cast<std::uint32_t>(listed.height)};
      return 0;
    }
    return EINVAL;
  }

  int answer(v4l2_format& wish) {
    if (held || buffers > 0) return EBUSY;
    if (wish.type != V4L2_BUF_TYPE_VIDEO_CAPTURE || formats.empty()) return EINVAL;
    auto chosen = formats.front();  // an unknown wish gets the first of the list, as the standard allows
    for (const auto& listed : formats) {
      if (listed.fourcc == wish.fmt.pix.pixelformat && listed.width == static_cast<int>(wish.fmt.pix.width) &&
          listed.height == static_cast<int>(wish.fmt.pix.height)) {
        chosen = listed;
      }
    }
    auto& pix = wish.fmt.pix;
    pix.pixelformat = chosen.fourcc;
    pix.width = static_cast<std::uint32_t>(chosen.width);
    pix.height = static_cast<std::uint32_t>(chosen.height);
    pix.bytesperline = chosen.fourcc == V4L2_PIX_FMT_YUYV   ? 2 * pix.width
                       : chosen.fourcc == V4L2_PIX_FMT_NV12 ? pix.width
                                                            : 0;
    pix.sizeimage =
        chosen.fourcc == V4L2_PIX_FMT_NV12 ? pix.width * pix.height * 3 / 2 : 2 * pix.width * pix.height;
    format = pix;
    return 0;
  }

  std::uint32_t slot() const { return (format.sizeimage + 4095) / 4096 * 4096; }

  int answer(v4l2_requestbuffers& request) {
    if (request.memory != V4L2_MEMORY_MMAP || format.sizeimage == 0) return EINVAL;
    if (held || on) return EBUSY;
    request.count = std::min(request.count, 8U);
    buffers = request.count;
    queued.clear();
    if (buffers > 0 && ::truncate(file.c_str(), off_t{buffers} * slot()) != 0) return ENOMEM;
    return 0;
  }

  int query(v4l2_buffer& buffer) const {
    if (buffer.index >= buffers) return EINVAL;
    buffer.length = format.sizeimage;
    buffer.m.offset = buffer.index * slot();
    return 0;
  }

  int queue(const v4l2_buffer& buffer) {
    if (buffer.index >= buffers || std::find(queued.begin(), queued.end(), buffer.index) != queued.end())
      return EINVAL;
    queued.push_back(buffer.index);
    return 0;
  }

  int dequeue(v4l2_buffer& buffer) {
    if (!on) return EINVAL;
    if (silent || queued.empty() || Steady::now() < last_picture + picture_time) return EAGAIN;
    last_picture = Steady::now();
    buffer.index = queued.front();
    queued.pop_front();
    auto bytes = picture(format);
    if (spoiled) bytes.resize(bytes.size() / 2);
    std::fstream out(file, std::ios::in | std::ios::out | std::ios::binary);
    out.seekp(std::streamoff{buffer.index} * slot());
    out << as_text(bytes);
    buffer.bytesused = static_cast<std::uint32_t>(bytes.size());
    buffer.length = format.sizeimage;
    buffer.sequence = sequence++;
    buffer.flags = V4L2_BUF_FLAG_TIMESTAMP_MONOTONIC | (damaged ? V4L2_BUF_FLAG_ERROR : 0U);
    const auto since_boot =
        std::chrono::duration_cast<std::chrono::microseconds>(last_picture.time_since_epoch()).count();
    buffer.timestamp = {since_boot / 1'000'000, since_boot % 1'000'000};
    return 0;
  }

  int turn_on() {
    if (buffers == 0) return EINVAL;
    on = true;
    return 0;
  }

  int turn_off() {
    on = false;
    queued.clear();
    return 0;
  }

  // One ioctl with its argument, in and out. Zero or the errno.
  template <class Argument, class Answer>
  static int with(UMockdevIoctlClient* client, Answer answer) {
    auto* data =
        umockdev_ioctl_data_resolve(umockdev_ioctl_client_get_arg(client), 0, sizeof(Argument), nullptr);
    if (data == nullptr) return EFAULT;
    Argument argument;
    std::memcpy(&argument, data->data, sizeof argument);
    const int error = answer(argument);
    if (error == 0) {
      umockdev_ioctl_data_update(data, 0, reinterpret_cast<guint8*>(&argument),
                                 static_cast<gint>(sizeof argument));
    }
    umockdev_ioctl_data_unref(data);
    return error;
  }

  int handle(UMockdevIoctlClient* client) {
    const std::lock_guard lock(mutex);
    if (!plugged) return ENODEV;
    interrupted_last = interrupting && !interrupted_last;
    if (interrupted_last) return EINTR;
    const auto plain = [this](auto& argument) { return answer(argument); };
    switch (static_cast<unsigned int>(umockdev_ioctl_client_get_request(client))) {
      case VIDIOC_QUERYCAP:
        return with<v4l2_capability>(client, plain);
      case VIDIOC_ENUM_FMT:
        return with<v4l2_fmtdesc>(client, plain);
      case VIDIOC_ENUM_FRAMESIZES:
        return with<v4l2_frmsizeenum>(client, plain);
      case VIDIOC_S_FMT:
        return with<v4l2_format>(client, plain);
      case VIDIOC_REQBUFS:
        return with<v4l2_requestbuffers>(client, plain);
      case VIDIOC_QUERYBUF:
        return with<v4l2_buffer>(client, [this](v4l2_buffer& b) { return query(b); });
      case VIDIOC_QBUF:
        return with<v4l2_buffer>(client, [this](v4l2_buffer& b) { return queue(b); });
      case VIDIOC_DQBUF:
        return with<v4l2_buffer>(client, [this](v4l2_buffer& b) { return dequeue(b); });
      case VIDIOC_STREAMON:
        return turn_on();
      case VIDIOC_STREAMOFF:
        return turn_off();
      default:
        return ENOTTY;
    }
  }

  static gboolean on_ioctl(UMockdevIoctlBase*, UMockdevIoctlClient* client, gpointer self) {
    const int error = static_cast<Kernel*>(self)->handle(client);
    umockdev_ioctl_client_complete(client, error == 0 ? 0 : -1, error);
    return TRUE;
  }
};

V4l2Camera::V4l2Camera(std::vector<ListedFormat> formats) : kernel_(std::make_unique<Kernel>()) {
  kernel_->formats = std::move(formats);
  kernel_->testbed = umockdev_testbed_new();
  gchar* root = umockdev_testbed_get_root_dir(kernel_->testbed);
  kernel_->file = std::string(root) + path();
  g_free(root);
  kernel_->handler = umockdev_ioctl_base_new();
  g_signal_connect(kernel_->handler, "handle-ioctl", G_CALLBACK(&Kernel::on_ioctl), kernel_.get());
  umockdev_testbed_attach_ioctl(kernel_->testbed, path().c_str(), kernel_->handler, nullptr);
  set_plugged(true);
}

V4l2Camera::~V4l2Camera() {
  umockdev_testbed_detach_ioctl(kernel_->testbed, path().c_str(), nullptr);
  g_object_unref(kernel_->handler);
  g_object_unref(kernel_->testbed);
}

void V4l2Camera::set_plugged(bool plugged) {
  const std::lock_guard lock(kernel_->mutex);
  if (kernel_->plugged == plugged) return;
  kernel_->plugged = plugged;
  kernel_->buffers = 0;
  kernel_->turn_off();
  // Without an N: line, which would make the node a pseudo-terminal: a regular file can be mapped.
  constexpr auto device =
      "P: /devices/usb/video4linux/video0\nE: DEVNAME=/dev/video0\n"
      "E: SUBSYSTEM=video4linux\nA: dev=81:0\\n\n";
  if (plugged) {
    umockdev_testbed_add_from_string(kernel_->testbed, device, nullptr);
    ::unlink(kernel_->file.c_str());
    std::filesystem::create_directories(std::filesystem::path(kernel_->file).parent_path());
    std::ofstream(kernel_->file).flush();
  } else {
    umockdev_testbed_remove_device(kernel_->testbed, "/sys/devices/usb/video4linux/video0");
    ::unlink(kernel_->file.c_str());
  }
}

void V4l2Camera::set_held(bool held) {
  const std::lock_guard lock(kernel_->mutex);
  kernel_->held = held;
}

void V4l2Camera::set_silent(bool silent) {
  const std::lock_guard lock(kernel_->mutex);
  kernel_->silent = silent;
}

void V4l2Camera::set_spoiled(bool spoiled) {
  const std::lock_guard lock(kernel_->mutex);
  kernel_->spoiled = spoiled;
}

void V4l2Camera::set_damaged(bool damaged) {
  const std::lock_guard lock(kernel_->mutex);
  kernel_->damaged = damaged;
}

void V4l2Camera::set_interrupted(bool always) {
  const std::lock_guard lock(kernel_->mutex);
  kernel_->interrupting = always;
}

void V4l2Camera::set_no_camera(bool on) {
  const std::lock_guard lock(kernel_->mutex);
  kernel_->no_camera = on;
}

bool V4l2Camera::streaming() const {
  const std::lock_guard lock(kernel_->mutex);
  return kernel_->on;
}

int V4l2Camera::format_width() const {
  const std::lock_guard lock(kernel_->mutex);
  return static_cast<int>(kernel_->format.width);
}

bool V4l2Camera::wiped() const {
  const std::lock_guard lock(kernel_->mutex);
  std::ifstream in(kernel_->file, std::ios::binary);
  return std::all_of(std::istreambuf_iterator<char>(in), {}, [](char byte) { return byte == 0; });
}

}  // namespace kiosk::lobby
