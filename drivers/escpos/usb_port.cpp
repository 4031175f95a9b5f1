#include "drivers/escpos/usb_port.hpp"

#include <algorithm>
#include <utility>

#include "hal/base/log.hpp"

namespace kiosk::drivers::escpos {

namespace {

using namespace std::chrono_literals;

constexpr std::uint8_t printer_class = 7;
constexpr std::uint8_t ask_class_of_interface = 0xA1;
constexpr std::uint8_t get_device_id = 0, get_port_status = 1;
constexpr auto control_limit = 500ms;

class UsbPort final : public Link, public PortStatus {
 public:
  explicit UsbPort(std::unique_ptr<UsbDevice> device) : device_(std::move(device)) {}

  Result<void> write(BytesView bytes, const Wait& wait) override {
    return device_->write(device_->outs()[0], bytes, wait);
  }

  Result<Bytes> read(std::size_t most, const Wait& wait) override {
    if (rest_.empty()) rest_ = TRY(device_->read(device_->ins()[0], wait));
    const auto size = static_cast<std::ptrdiff_t>(std::min(most, rest_.size()));
    Bytes some(rest_.begin(), rest_.begin() + size);
    rest_.erase(rest_.begin(), rest_.begin() + size);
    return some;
  }

  void drain() override { rest_.clear(); }

  Result<std::uint8_t> port_status(const Wait& wait) override {
    const auto answer = TRY(ask(get_port_status, 0, 1, wait));
    if (answer.size() != 1) return fail(Errc::malformed, "GET_PORT_STATUS without a status");
    return answer[0];
  }

  /// IEEE 1284: two bytes of length, then "MFG:...;MDL:...;".
  Result<std::string> device_id(const Wait& wait) {
    const auto answer = TRY(ask(get_device_id, 0, 1024, wait));
    if (answer.size() < 2) return fail(Errc::malformed, "GET_DEVICE_ID without a length");
    return std::string(as_text(BytesView(answer).subspan(2)));
  }

 private:
  Result<Bytes> ask(std::uint8_t request, std::uint16_t value, std::uint16_t size, const Wait& wait) {
    // GET_DEVICE_ID wants the interface in the high byte; the others in the low one. Interfaces of printers
    // are 0..n.
    const auto number = device_->interface_number();
    const auto index = static_cast<std::uint16_t>(request == get_device_id ? number << 8 : number);
    return device_->ask(ask_class_of_interface, request, value, index, size, wait.at_most(control_limit));
  }

  std::unique_ptr<UsbDevice> device_;
  Bytes rest_;  // of the last transfer, not asked for yet
};

class UsbPortOpener final : public LinkOpener {
 public:
  UsbPortOpener(std::uint16_t vendor, std::uint16_t product) : name_{vendor, product, printer_class} {}

  Result<std::unique_ptr<Link>> open(const Wait& wait) override {
    TRY(wait.check());
    if (!bus_) bus_ = TRY(open_usb_bus());
    auto device = TRY(open_usb(bus_, name_));
    auto port = std::make_unique<UsbPort>(std::move(device));
    if (const auto id = port->device_id(wait)) log::info("receipt printer", "opened", {{"id", *id}});
    return port;
  }

  std::string name() const override { return name_.text(); }

 private:
  UsbName name_;
  std::shared_ptr<UsbBus> bus_;
};

}  // namespace

std::unique_ptr<LinkOpener> usb_port(std::uint16_t vendor, std::uint16_t product) {
  return std::make_unique<UsbPortOpener>(vendor, product);
}

}  // namespace kiosk::drivers::escpos
