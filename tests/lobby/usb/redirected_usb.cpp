#include "tests/lobby/usb/redirected_usb.hpp"

#include <utility>

#include <poll.h>
#include <sys/socket.h>

#include "tests/lobby/glass/unix_socket.hpp"

namespace kiosk::lobby {

RedirectedUsb::RedirectedUsb(const std::filesystem::path& socket, UsbDescriptors descriptors, OnOut on_out,
                             OnControl on_control)
    : descriptors_(std::move(descriptors)),
      on_out_(std::move(on_out)),
      on_control_(std::move(on_control)),
      listener_(listen_at(socket)),
      thread_([this](const std::stop_token& stop) { listen(stop); }) {}

RedirectedUsb::~RedirectedUsb() {
  thread_.request_stop();
  const std::lock_guard lock(mutex_);
  bell_.request_stop();
}

void RedirectedUsb::listen(const std::stop_token& stop) {
  while (poll_fd(listener_.get(), POLLIN, Wait{.stop = stop})) {
    Fd socket(::accept4(listener_.get(), nullptr, nullptr, SOCK_CLOEXEC));
    if (!socket) continue;
    {
      const std::lock_guard lock(mutex_);
      line_ = std::make_unique<Redirection>(std::move(socket), descriptors_, on_control_);
      if (plugged_) line_->attach();
    }
    serve(stop);
    const std::lock_guard lock(mutex_);
    line_.reset();
  }
}

void RedirectedUsb::serve(const std::stop_token& stop) {
  for (;;) {
    Wait wait;
    bool writes = false;
    {
      const std::lock_guard lock(mutex_);
      if (stop.stop_requested()) return;
      bell_ = std::stop_source();
      wait.stop = bell_.get_token();
      writes = line_->wants_to_write();
    }
    const auto ready = poll_fd(line_->socket().get(), writes ? POLLIN | POLLOUT : POLLIN, wait);
    std::vector<Redirection::Out> outs;
    {
      const std::lock_guard lock(mutex_);
      if (ready && (*ready & ~POLLOUT) != 0 && !line_->read()) return;
      if (!line_->write()) return;
      outs = line_->take_outs();
    }
    for (auto& out : outs) on_out_(out.endpoint, std::move(out.bytes));
  }
}

void RedirectedUsb::send(std::uint8_t endpoint, Bytes bytes) {
  const std::lock_guard lock(mutex_);
  if (!line_) return;
  line_->send(endpoint, std::move(bytes));
  bell_.request_stop();
}

void RedirectedUsb::stall(std::uint8_t endpoint) {
  const std::lock_guard lock(mutex_);
  if (!line_) return;
  line_->stall(endpoint);
  bell_.request_stop();
}

void RedirectedUsb::unplug() {
  set_plugged(false);
}

void RedirectedUsb::plug() {
  set_plugged(true);
}

void RedirectedUsb::set_plugged(bool plugged) {
  const std::lock_guard lock(mutex_);
  if (std::exchange(plugged_, plugged) == plugged || !line_) return;
  plugged ? line_->attach() : line_->detach();
  bell_.request_stop();
}

bool RedirectedUsb::plugged() const {
  const std::lock_guard lock(mutex_);
  return plugged_;
}

bool RedirectedUsb::awaited(std::uint8_t endpoint) const {
  const std::lock_guard lock(mutex_);
  return line_ && line_->awaited(endpoint);
}

UsbSocket redirected_usb(std::filesystem::path socket) {
  return [socket = std::move(socket)](const UsbShape& shape, OnOut on_out, OnControl on_control) {
    return std::make_unique<RedirectedUsb>(socket, descriptors(shape), std::move(on_out),
                                           std::move(on_control));
  };
}

}  // namespace kiosk::lobby
