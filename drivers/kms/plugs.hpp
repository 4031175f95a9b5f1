#pragma once
// What is plugged in and out, by udev. Private to drivers/kms.

#include <memory>
#include <string>
#include <vector>

struct udev;
struct udev_monitor;

namespace kiosk::drivers {

class Plugs {
 public:
  struct Change {
    enum class What { panels, input_came, input_went };
    What what = What::panels;
    std::string node;  ///< of an input device
  };

  Plugs();

  /// The input devices that are there now: "/dev/input/event3". After the monitor was started, so none is
  /// missed; one may be told twice.
  std::vector<std::string> inputs() const;

  /// To be polled for POLLIN; -1 on a machine without udev.
  int fd() const;

  /// What has changed since. Does not block.
  std::vector<Change> take();

 private:
  struct Free {
    void operator()(udev* context) const;
    void operator()(udev_monitor* monitor) const;
  };
  std::unique_ptr<udev, Free> udev_;
  std::unique_ptr<udev_monitor, Free> monitor_;
};

}  // namespace kiosk::drivers
