#include "drivers/kms/plugs.hpp"

#include <optional>
#include <string_view>

#include <libudev.h>

namespace kiosk::drivers {

namespace {

struct FreeDevice {
  void operator()(udev_device* device) const { udev_device_unref(device); }
};
using Device = std::unique_ptr<udev_device, FreeDevice>;

struct FreeSearch {
  void operator()(udev_enumerate* search) const { udev_enumerate_unref(search); }
};

std::string text(const char* maybe) {
  return maybe == nullptr ? "" : maybe;
}

/// The node of an event file. Others of the subsystem (mice, joysticks) give the same input a second time.
std::string event_node(udev_device* device) {
  const auto name = text(udev_device_get_sysname(device));
  return name.starts_with("event") ? text(udev_device_get_devnode(device)) : "";
}

}  // namespace

void Plugs::Free::operator()(udev* context) const {
  udev_unref(context);
}

void Plugs::Free::operator()(udev_monitor* monitor) const {
  udev_monitor_unref(monitor);
}

Plugs::Plugs() : udev_(udev_new()) {
  if (!udev_) return;
  // "udev" and not "kernel": told once its rules gave the device its owner.
  monitor_.reset(udev_monitor_new_from_netlink(udev_.get(), "udev"));
  if (!monitor_) return;
  udev_monitor_filter_add_match_subsystem_devtype(monitor_.get(), "input", nullptr);
  udev_monitor_filter_add_match_subsystem_devtype(monitor_.get(), "drm", nullptr);
  udev_monitor_enable_receiving(monitor_.get());
}

int Plugs::fd() const {
  return monitor_ ? udev_monitor_get_fd(monitor_.get()) : -1;
}

std::vector<std::string> Plugs::inputs() const {
  std::vector<std::string> nodes;
  const std::unique_ptr<udev_enumerate, FreeSearch> search(udev_ ? udev_enumerate_new(udev_.get()) : nullptr);
  if (!search) return nodes;
  udev_enumerate_add_match_subsystem(search.get(), "input");
  udev_enumerate_add_match_sysname(search.get(), "event*");
  udev_enumerate_scan_devices(search.get());
  for (auto* entry = udev_enumerate_get_list_entry(search.get()); entry != nullptr;
       entry = udev_list_entry_get_next(entry)) {
    const Device device(udev_device_new_from_syspath(udev_.get(), udev_list_entry_get_name(entry)));
    if (!device) continue;
    if (auto node = event_node(device.get()); !node.empty()) nodes.push_back(std::move(node));
  }
  return nodes;
}

std::vector<Plugs::Change> Plugs::take() {
  std::vector<Change> changes;
  while (monitor_) {
    const Device device(udev_monitor_receive_device(monitor_.get()));
    if (!device) break;
    const auto subsystem = text(udev_device_get_subsystem(device.get()));
    if (subsystem == "drm") {
      changes.push_back({Change::What::panels, {}});
    } else if (auto node = event_node(device.get()); !node.empty()) {
      const bool went = text(udev_device_get_action(device.get())) == "remove";
      changes.push_back({went ? Change::What::input_went : Change::What::input_came, std::move(node)});
    }
  }
  return changes;
}

}  // namespace kiosk::drivers
