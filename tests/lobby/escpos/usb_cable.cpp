#include <atomic>

#include "hal/base/mailbox.hpp"
#include "tests/lobby/escpos/cables.hpp"

namespace kiosk::lobby {
namespace {

constexpr std::uint8_t out_pipe = 0x01, in_pipe = 0x82;
constexpr std::uint8_t printer_class = 7, printer = 1, bidirectional = 2;
constexpr std::uint8_t ask_class_of_interface = 0xA1;
constexpr std::string_view device_id = "MFG:Lobby;MDL:80 mm receipt printer;CMD:ESC/POS;CLS:PRINTER;";

class UsbCable final : public Cable {
 public:
  UsbCable(const UsbSocket& socket, std::uint16_t vendor, std::uint16_t product)
      : usb_(socket(
            {vendor, product, printer_class, {{out_pipe}, {in_pipe}}, printer, bidirectional},
            [this](std::uint8_t, Bytes bytes) { heard_.post(std::move(bytes)); },
            [this](auto type, auto request, auto, auto, auto) { return control(type, request); })) {}

  Result<void> plug_in() override {
    usb_->plug();
    return {};
  }
  void unplug() override { usb_->unplug(); }
  Result<Bytes> read(std::size_t, const Wait& wait) override { return heard_.take(wait); }
  void write(BytesView bytes) override {
    if (usb_->plugged()) usb_->send(in_pipe, Bytes(bytes.begin(), bytes.end()));
  }
  void show(std::uint8_t port_status) override { port_status_ = port_status; }

 private:
  std::optional<Bytes> control(std::uint8_t type, std::uint8_t request) {
    if (type != ask_class_of_interface || request > 1) return std::nullopt;
    if (request == 1) return Bytes{port_status_.load()};
    const auto size = device_id.size() + 2;
    Bytes answer{static_cast<std::uint8_t>(size >> 8), static_cast<std::uint8_t>(size & 0xFF)};
    answer.insert(answer.end(), device_id.begin(), device_id.end());
    return answer;
  }

  std::atomic<std::uint8_t> port_status_ = 0x18;
  Mailbox<Bytes> heard_;
  std::unique_ptr<UsbPlug> usb_;  // last: it calls into the above
};

}  // namespace

std::unique_ptr<Cable> usb_cable(const UsbSocket& socket, std::uint16_t vendor, std::uint16_t product) {
  return std::make_unique<UsbCable>(socket, vendor, product);
}

}  // namespace kiosk::lobby
