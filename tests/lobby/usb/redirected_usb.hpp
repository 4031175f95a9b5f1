#pragma once
// A USB device that a machine in QEMU has on its bus: its usb-redir device connects to a socket of ours.

#include <filesystem>
#include <mutex>
#include <stop_token>
#include <thread>

#include "tests/lobby/usb/redirection.hpp"

namespace kiosk::lobby {

/// Serves one machine after the other. Bulk endpoints only.
class RedirectedUsb final : public UsbPlug {
 public:
  /// Listens at `socket`, a path that does not exist yet.
  RedirectedUsb(const std::filesystem::path& socket, UsbDescriptors descriptors, OnOut on_out,
                OnControl on_control);
  RedirectedUsb(const RedirectedUsb&) = delete;
  RedirectedUsb& operator=(const RedirectedUsb&) = delete;
  ~RedirectedUsb() override;

  void send(std::uint8_t endpoint, Bytes bytes) override;
  void stall(std::uint8_t endpoint) override;
  void unplug() override;
  void plug() override;
  bool plugged() const override;

  /// Whether a machine waits for something on that endpoint.
  bool awaited(std::uint8_t endpoint) const;

 private:
  void listen(const std::stop_token& stop);
  void serve(const std::stop_token& stop);
  void set_plugged(bool plugged);

  UsbDescriptors descriptors_;
  OnOut on_out_;
  OnControl on_control_;
  Fd listener_;
  mutable std::mutex mutex_;
  bool plugged_ = true;
  std::unique_ptr<Redirection> line_;
  std::stop_source bell_;  // rung when something changed, new for each round of the thread
  std::jthread thread_;    // last: it uses what stands above
};

/// Devices that a machine finds at `socket`.
UsbSocket redirected_usb(std::filesystem::path socket);

}  // namespace kiosk::lobby
