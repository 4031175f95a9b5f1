#include "tests/lobby/usb/emulated_usb.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <deque>
#include <filesystem>
#include <map>
#include <mutex>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <linux/usbdevice_fs.h>
#include <pty.h>
#include <termios.h>
#include <umockdev.h>

#include "hal/base/fd.hpp"

namespace kiosk::lobby {
namespace {

constexpr auto node = "/dev/bus/usb/001/002";
constexpr auto sysfs = "/devices/pci0000:00/usb1/1-1";

struct Unref {
  void operator()(UMockdevIoctlData* data) const { ::umockdev_ioctl_data_unref(data); }
  void operator()(UMockdevTestbed* testbed) const { ::g_object_unref(testbed); }
  void operator()(UMockdevIoctlBase* handler) const { ::g_object_unref(handler); }
};
using Data = std::unique_ptr<UMockdevIoctlData, Unref>;

Data resolve(UMockdevIoctlData* data, std::size_t offset, std::size_t size) {
  return Data(::umockdev_ioctl_data_resolve(data, offset, size, nullptr));
}

/// A transfer the host has submitted and not reaped.
struct Urb {
  Data urb, buffer;
  std::uint8_t type = 0, endpoint = 0;
  int size = 0;  ///< of its buffer
  int status = 0;
  std::optional<Bytes> bytes;  ///< to be put into its buffer
  int length = 0;              ///< what actual_length will say
};

}  // namespace

struct EmulatedUsb::Bench {
  UsbShape shape;
  OnOut on_out;
  OnControl on_control;
  std::mutex mutex;
  bool plugged = false;
  Fd master, slave;
  std::vector<Urb> waiting;  ///< IN transfers without data yet
  std::deque<Urb> done;
  std::map<std::uint8_t, std::deque<Bytes>> to_send;
  std::vector<std::uint8_t> stalls;
  std::unique_ptr<UMockdevIoctlBase, Unref> handler;
  std::unique_ptr<UMockdevTestbed, Unref> testbed;

  void finish(Urb urb, int status);
  void serve(std::uint8_t endpoint);
  void open_gate(bool open) const { ::tcflow(slave.get(), open ? TCOON : TCOOFF); }
  bool stalled(std::uint8_t endpoint) { return std::erase(stalls, endpoint) > 0; }

  bool handle(UMockdevIoctlClient* client);
  void submit(UMockdevIoctlClient* client);
  void reap(UMockdevIoctlClient* client);
  void discard(UMockdevIoctlClient* client);
  void control(Urb urb);
};

// libusb waits for POLLOUT on the device's node before it reaps. A regular file would always show it, and
// libusb would spin; so the node is a pseudo-terminal whose output is stopped until there is something to
// reap.
void EmulatedUsb::Bench::finish(Urb urb, int status) {
  urb.status = status;
  done.push_back(std::move(urb));
  open_gate(true);
}

/// Brings what is to be sent on an endpoint and who waits for it together.
void EmulatedUsb::Bench::serve(std::uint8_t endpoint) {
  auto& queue = to_send[endpoint];
  const auto waits = [endpoint](const Urb& urb) { return urb.endpoint == endpoint; };
  for (auto at = std::ranges::find_if(waiting, waits); at != waiting.end();
       at = std::ranges::find_if(waiting, waits)) {
    const bool stall = stalled(endpoint);
    if (!stall && queue.empty()) return;
    Urb urb = std::move(*at);
    waiting.erase(at);
    if (!stall) {
      Bytes& front = queue.front();
      const auto size = std::min(front.size(), static_cast<std::size_t>(urb.size));
      urb.bytes = Bytes(front.begin(), front.begin() + static_cast<std::ptrdiff_t>(size));
      urb.length = static_cast<int>(size);
      front.erase(front.begin(), front.begin() + static_cast<std::ptrdiff_t>(size));
      if (front.empty()) queue.pop_front();
    }
    finish(std::move(urb), stall ? -EPIPE : 0);
  }
}

bool EmulatedUsb::Bench::handle(UMockdevIoctlClient* client) {
  switch (::umockdev_ioctl_client_get_request(client)) {
    case USBDEVFS_GET_CAPABILITIES: {
      const Data capabilities = resolve(::umockdev_ioctl_client_get_arg(client), 0, sizeof(__u32));
      __u32 can =
          USBDEVFS_CAP_ZERO_PACKET | USBDEVFS_CAP_NO_PACKET_SIZE_LIM | USBDEVFS_CAP_REAP_AFTER_DISCONNECT;
      ::umockdev_ioctl_data_update(capabilities.get(), 0, reinterpret_cast<guint8*>(&can), sizeof(can));
      ::umockdev_ioctl_client_complete(client, 0, 0);
      return true;
    }
    case USBDEVFS_GETDRIVER:
      ::umockdev_ioctl_client_complete(client, -1, ENODATA);
      return true;
    case USBDEVFS_IOCTL:
      ::umockdev_ioctl_client_complete(client, -1, ENODATA);
      return true;
    case USBDEVFS_SUBMITURB:
      submit(client);
      return true;
    case USBDEVFS_REAPURB:
    case USBDEVFS_REAPURBNDELAY:
      reap(client);
      return true;
    case USBDEVFS_DISCARDURB:
      discard(client);
      return true;
    case USBDEVFS_DISCONNECT_CLAIM:
    case USBDEVFS_CLAIMINTERFACE:
    case USBDEVFS_RELEASEINTERFACE:
    case USBDEVFS_SETCONFIGURATION:
    case USBDEVFS_SETINTERFACE:
    case USBDEVFS_CLEAR_HALT:
    case USBDEVFS_RESET:
      ::umockdev_ioctl_client_complete(client, 0, 0);
      return true;
    default:
      ::umockdev_ioctl_client_complete(client, -1, ENOTTY);
      return true;
  }
}

void EmulatedUsb::Bench::submit(UMockdevIoctlClient* client) {
  Urb urb;
  urb.urb = resolve(::umockdev_ioctl_client_get_arg(client), 0, sizeof(usbdevfs_urb));
  const auto* head = reinterpret_cast<const usbdevfs_urb*>(urb.urb->data);
  urb.type = head->type;
  urb.endpoint = head->endpoint;
  urb.size = head->buffer_length;
  const auto size = static_cast<std::size_t>(urb.size);
  urb.buffer = resolve(urb.urb.get(), offsetof(usbdevfs_urb, buffer), size);
  const std::uint8_t endpoint = urb.endpoint;
  std::optional<Bytes> out;
  {
    const std::lock_guard lock(mutex);
    if (!plugged) return ::umockdev_ioctl_client_complete(client, -1, ENODEV);
    if (urb.type == USBDEVFS_URB_TYPE_CONTROL) {
      control(std::move(urb));
    } else if ((endpoint & 0x80) != 0) {
      waiting.push_back(std::move(urb));
      serve(endpoint);
    } else if (stalled(endpoint)) {
      finish(std::move(urb), -EPIPE);
    } else {
      out.emplace();
      if (size > 0) out->assign(urb.buffer->data, urb.buffer->data + size);
      urb.length = urb.size;
      finish(std::move(urb), 0);
    }
  }
  ::umockdev_ioctl_client_complete(client, 0, 0);
  if (out) on_out(endpoint, std::move(*out));
}

void EmulatedUsb::Bench::control(Urb urb) {
  const guint8* setup = urb.buffer->data;
  const auto word = [setup](int at) { return static_cast<std::uint16_t>(setup[at] | setup[at + 1] << 8); };
  auto answer = on_control ? on_control(setup[0], setup[1], word(2), word(4), word(6)) : std::nullopt;
  if (!answer) return finish(std::move(urb), -EPIPE);
  answer->resize(std::min<std::size_t>(answer->size(), word(6)));
  urb.length = static_cast<int>(answer->size());
  answer->insert(answer->begin(), setup, setup + 8);
  urb.bytes = std::move(answer);
  finish(std::move(urb), 0);
}

void EmulatedUsb::Bench::reap(UMockdevIoctlClient* client) {
  const std::lock_guard lock(mutex);
  if (done.empty()) {
    if (plugged) open_gate(false);
    return ::umockdev_ioctl_client_complete(client, -1, plugged ? EAGAIN : ENODEV);
  }
  Urb urb = std::move(done.front());
  done.pop_front();
  if (done.empty() && plugged) open_gate(false);
  if (urb.bytes && !urb.bytes->empty())
    ::umockdev_ioctl_data_update(urb.buffer.get(), 0, urb.bytes->data(), static_cast<int>(urb.bytes->size()));
  const auto put = [&urb](std::size_t offset, int value) {
    ::umockdev_ioctl_data_update(urb.urb.get(), offset, reinterpret_cast<guint8*>(&value), sizeof(value));
  };
  put(offsetof(usbdevfs_urb, status), urb.status);
  put(offsetof(usbdevfs_urb, actual_length), urb.length);
  const Data pointer = resolve(::umockdev_ioctl_client_get_arg(client), 0, sizeof(void*));
  ::umockdev_ioctl_data_set_ptr(pointer.get(), 0, urb.urb.get());
  ::umockdev_ioctl_client_complete(client, 0, 0);
}

void EmulatedUsb::Bench::discard(UMockdevIoctlClient* client) {
  const std::lock_guard lock(mutex);
  gulong address = 0;
  std::memcpy(&address, ::umockdev_ioctl_client_get_arg(client)->data, sizeof(address));
  const auto at =
      std::ranges::find_if(waiting, [&](const Urb& urb) { return urb.urb->client_addr == address; });
  if (at == waiting.end()) return ::umockdev_ioctl_client_complete(client, -1, plugged ? EINVAL : ENODEV);
  Urb urb = std::move(*at);
  waiting.erase(at);
  finish(std::move(urb), -ENOENT);
  ::umockdev_ioctl_client_complete(client, 0, 0);
}

EmulatedUsb::EmulatedUsb(UsbShape shape, OnOut on_out, OnControl on_control)
    : bench_(std::make_unique<Bench>()) {
  bench_->shape = std::move(shape);
  bench_->on_out = std::move(on_out);
  bench_->on_control = std::move(on_control);
  bench_->testbed.reset(::umockdev_testbed_new());
  bench_->handler.reset(::umockdev_ioctl_base_new());
  const auto on_ioctl = +[](UMockdevIoctlBase*, UMockdevIoctlClient* client, Bench* bench) -> gboolean {
    return bench->handle(client) ? TRUE : FALSE;
  };
  ::g_signal_connect(bench_->handler.get(), "handle-ioctl", G_CALLBACK(on_ioctl), bench_.get());
  ::umockdev_testbed_attach_ioctl(bench_->testbed.get(), node, bench_->handler.get(), nullptr);
  plug();
}

EmulatedUsb::~EmulatedUsb() {
  unplug();
  ::umockdev_testbed_detach_ioctl(bench_->testbed.get(), node, nullptr);
}

void EmulatedUsb::plug() {
  namespace fs = std::filesystem;
  {
    const std::lock_guard lock(bench_->mutex);
    if (bench_->plugged) return;
    int master = -1;
    int slave = -1;
    char name[128] = {};
    if (::openpty(&master, &slave, name, nullptr, nullptr) != 0) std::abort();
    bench_->master = Fd(master);
    bench_->slave = Fd(slave);
    ::fcntl(master, F_SETFD, FD_CLOEXEC);
    ::fcntl(slave, F_SETFD, FD_CLOEXEC);
    bench_->open_gate(false);
    bench_->to_send.clear();
    bench_->plugged = true;

    char* root = ::umockdev_testbed_get_root_dir(bench_->testbed.get());
    const fs::path link = fs::path(root) / std::string_view(node).substr(1);
    ::g_free(root);
    // umockdev redirects paths below /dev, so these name the real places.
    fs::create_directories(link.parent_path());
    fs::remove(link);
    fs::create_symlink(name, link);
  }
  const UsbShape& shape = bench_->shape;
  const auto [device, configuration] = descriptors(shape);
  const std::string text = fmt::format(
      "P: {}\nE: DEVNAME={}\nE: DEVTYPE=usb_device\nE: SUBSYSTEM=usb\nE: BUSNUM=001\nE: DEVNUM=002\n"
      "A: busnum=1\\n\nA: devnum=2\\n\nA: speed=12\\n\nA: bConfigurationValue=1\\n\n"
      "A: idVendor={:04x}\\n\nA: idProduct={:04x}\\n\nH: descriptors={}{}\n\n",
      sysfs, node, shape.vendor, shape.product, to_hex(device), to_hex(configuration));
  GError* error = nullptr;
  if (!::umockdev_testbed_add_from_string(bench_->testbed.get(), text.c_str(), &error)) std::abort();
  ::umockdev_testbed_uevent(bench_->testbed.get(), (std::string("/sys") + sysfs).c_str(), "add");
}

void EmulatedUsb::unplug() {
  {
    const std::lock_guard lock(bench_->mutex);
    if (!bench_->plugged) return;
    bench_->plugged = false;
    for (Urb& urb : bench_->waiting) bench_->finish(std::move(urb), -ESHUTDOWN);
    bench_->waiting.clear();
    bench_->master.reset();  // whoever has the node open sees POLLERR
    bench_->slave.reset();
  }
  const std::string device = std::string("/sys") + sysfs;
  ::umockdev_testbed_uevent(bench_->testbed.get(), device.c_str(), "remove");
  ::umockdev_testbed_remove_device(bench_->testbed.get(), device.c_str());
}

bool EmulatedUsb::plugged() const {
  const std::lock_guard lock(bench_->mutex);
  return bench_->plugged;
}

void EmulatedUsb::send(std::uint8_t endpoint, Bytes bytes) {
  const std::lock_guard lock(bench_->mutex);
  if (!bench_->plugged || bytes.empty()) return;
  bench_->to_send[endpoint].push_back(std::move(bytes));
  bench_->serve(endpoint);
}

void EmulatedUsb::stall(std::uint8_t endpoint) {
  const std::lock_guard lock(bench_->mutex);
  bench_->stalls.push_back(endpoint);
  bench_->serve(endpoint);
}

UsbSocket emulated_usb() {
  return [](const UsbShape& shape, OnOut on_out, OnControl on_control) {
    return std::make_unique<EmulatedUsb>(shape, std::move(on_out), std::move(on_control));
  };
}

}  // namespace kiosk::lobby
