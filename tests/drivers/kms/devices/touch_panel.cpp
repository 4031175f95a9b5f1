#include "tests/drivers/kms/devices/touch_panel.hpp"

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstring>
#include <string>
#include <vector>

#include <linux/input.h>
#include <umockdev.h>
#include <unistd.h>

namespace kiosk::testing {

namespace {

std::vector<guint8> bits(std::initializer_list<int> set) {
  std::vector<guint8> bytes(128);
  for (const int bit : set) bytes[static_cast<std::size_t>(bit / 8)] |= static_cast<guint8>(1 << (bit % 8));
  return bytes;
}

}  // namespace

struct TouchPanel::Kernel {
  bool slots;
  int only_key = 0;  ///< not 0: a keyboard
  std::atomic<bool> grabbed = false;
  int x = 0, y = 0;  ///< where a finger was last
  UMockdevTestbed* testbed = umockdev_testbed_new();
  UMockdevIoctlBase* handler = umockdev_ioctl_base_new();
  int number = 6;  // each plug gets another node: umockdev does not make one twice

  std::string name() const { return "event" + std::to_string(number); }
  std::string node() const { return "/dev/input/" + name(); }
  std::string place() const { return "/devices/usb/input/" + name(); }

  std::vector<guint8> type_bits(unsigned type) const {
    if (only_key != 0)
      return type == 0 ? bits({EV_SYN, EV_KEY}) : type == EV_KEY ? bits({only_key}) : bits({});
    if (type == 0) return bits({EV_SYN, EV_KEY, EV_ABS});
    if (type == EV_KEY) return slots ? bits({BTN_TOUCH}) : bits({BTN_LEFT});
    if (type != EV_ABS) return bits({});
    return slots ? bits({ABS_X, ABS_Y, ABS_MT_SLOT, ABS_MT_POSITION_X, ABS_MT_POSITION_Y, ABS_MT_TRACKING_ID})
                 : bits({ABS_X, ABS_Y});
  }

  std::vector<guint8> axis(unsigned code) const {
    input_absinfo info{.maximum = 32767};
    if (code == ABS_MT_SLOT) info.maximum = 9;
    if (slots && (code == ABS_X || code == ABS_MT_POSITION_X)) info.maximum = 1079;
    if (slots && (code == ABS_Y || code == ABS_MT_POSITION_Y)) info.maximum = 1919;
    if (code == ABS_MT_TRACKING_ID) info.maximum = 65535;
    if (code == ABS_X) info.value = x;
    if (code == ABS_Y) info.value = y;
    std::vector<guint8> bytes(sizeof info);
    std::memcpy(bytes.data(), &info, sizeof info);
    return bytes;
  }

  /// EVIOCGMTSLOTS: asked for by the first number, of all slots; there is no finger in any now.
  std::vector<guint8> slot_values(const void* asked, std::size_t size) const {
    std::vector<std::int32_t> values(size / sizeof(std::int32_t), -1);
    std::memcpy(values.data(), asked, sizeof values[0]);
    const auto value = values[0] == ABS_MT_POSITION_X ? x : values[0] == ABS_MT_POSITION_Y ? y : -1;
    std::fill(values.begin() + 1, values.end(), value);
    std::vector<guint8> bytes(size);
    std::memcpy(bytes.data(), values.data(), values.size() * sizeof values[0]);
    return bytes;
  }

  /// What the kernel's evdev.c answers; zeros where nothing here asks further.
  std::vector<guint8> answer(unsigned asked, const void* buffer, std::size_t size) const {
    if (asked >= 0x20 && asked < 0x40) return type_bits(asked - 0x20);  // EVIOCGBIT
    if (asked >= 0x40 && asked < 0x80) return axis(asked - 0x40);       // EVIOCGABS
    if (asked == 0x0a) return slot_values(buffer, size);
    return {};
  }

  static gboolean on_ioctl(UMockdevIoctlBase*, UMockdevIoctlClient* client, gpointer self) {
    const auto request = static_cast<unsigned>(umockdev_ioctl_client_get_request(client));
    const auto size = static_cast<std::size_t>(_IOC_SIZE(request));
    if (_IOC_TYPE(request) != 'E') {
      umockdev_ioctl_client_complete(client, -1, ENOTTY);
      return TRUE;
    }
    if ((_IOC_DIR(request) & _IOC_READ) != 0) {
      auto* data = umockdev_ioctl_data_resolve(umockdev_ioctl_client_get_arg(client), 0, size, nullptr);
      guint8* asked = nullptr;
      int length = 0;
      umockdev_ioctl_data_retrieve(data, &asked, &length);
      auto bytes = static_cast<Kernel*>(self)->answer(_IOC_NR(request), asked, size);
      g_free(asked);
      bytes.resize(size);
      umockdev_ioctl_data_update(data, 0, bytes.data(), static_cast<gint>(size));
      umockdev_ioctl_data_unref(data);
    }
    if (_IOC_NR(request) == _IOC_NR(EVIOCGRAB)) static_cast<Kernel*>(self)->grabbed = true;
    umockdev_ioctl_client_complete(client, 0, 0);
    return TRUE;
  }
};

TouchPanel::TouchPanel(bool slots) : TouchPanel(slots, 0) {}

TouchPanel::TouchPanel(bool slots, int only_key) : kernel_(std::make_unique<Kernel>(slots, only_key)) {
  g_signal_connect(kernel_->handler, "handle-ioctl", G_CALLBACK(&Kernel::on_ioctl), kernel_.get());
  plug();
}

TouchPanel::~TouchPanel() {
  umockdev_testbed_detach_ioctl(kernel_->testbed, kernel_->node().c_str(), nullptr);
  g_object_unref(kernel_->handler);
  g_object_unref(kernel_->testbed);
}

bool TouchPanel::is_grabbed() const {
  return kernel_->grabbed;
}

void TouchPanel::was_touched(int x, int y) {
  kernel_->x = x;
  kernel_->y = y;
}

void TouchPanel::send(std::initializer_list<Event> events) {
  std::vector<input_event> bytes;
  for (const auto& [type, code, value] : events) {
    bytes.push_back({.time = {},
                     .type = static_cast<std::uint16_t>(type),
                     .code = static_cast<std::uint16_t>(code),
                     .value = value});
  }
  const int line = umockdev_testbed_get_dev_fd(kernel_->testbed, kernel_->node().c_str());
  [[maybe_unused]] const auto written = ::write(line, bytes.data(), bytes.size() * sizeof bytes[0]);
}

void TouchPanel::plug() {
  ++kernel_->number;
  umockdev_testbed_attach_ioctl(kernel_->testbed, kernel_->node().c_str(), kernel_->handler, nullptr);
  const auto description =
      "P: " + kernel_->place() + "\nN: input/" + kernel_->name() + "\nE: DEVNAME=" + kernel_->node() +
      "\nE: SUBSYSTEM=input\nA: dev=13:" + std::to_string(64 + kernel_->number) + "\\n\n";
  umockdev_testbed_add_from_string(kernel_->testbed, description.c_str(), nullptr);
}

void TouchPanel::unplug() {
  const auto place = "/sys" + kernel_->place();
  umockdev_testbed_uevent(kernel_->testbed, place.c_str(), "remove");
  umockdev_testbed_remove_device(kernel_->testbed, place.c_str());
  umockdev_testbed_detach_ioctl(kernel_->testbed, kernel_->node().c_str(), nullptr);
}

}  // namespace kiosk::testing
