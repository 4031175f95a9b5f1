#include "drivers/samv/usb_pipes.hpp"

#include <algorithm>
#include <utility>

#include "drivers/link/usb.hpp"
#include "drivers/samv/frame.hpp"
#include "drivers/samv/reader.hpp"
#include "hal/base/personal.hpp"

namespace kiosk::drivers {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t head_size = 7;  // preamble and LEN

/// Four pipes as one stream: the head of each frame on the first pair, the rest on the second.
class FourPipes final : public Link {
 public:
  explicit FourPipes(std::unique_ptr<UsbDevice> device) : device_(std::move(device)) {}

  Result<void> write(BytesView frame, const Wait& wait) override {
    const std::size_t head = std::min(head_size, frame.size());
    TRY(device_->write(device_->outs()[0], frame.first(head), wait));
    if (frame.size() == head) return {};
    return device_->write(device_->outs()[1], frame.subspan(head), wait);
  }

  /// What one transfer brought, whatever `most` says: the heads and rests are never longer than their frame.
  Result<Bytes> read(std::size_t, const Wait& wait) override {
    const bool head = rest_size_ == 0;
    auto bytes = device_->read(device_->ins()[head ? 0 : 1], wait);
    if (!bytes) {
      broken_off_ = true;
      return bytes;
    }
    if (head) {
      // LEN stands at the end of the head, also when the reader lost a byte of the preamble or added one.
      if (bytes->size() >= 2)
        rest_size_ = static_cast<std::size_t>((*bytes)[bytes->size() - 2] << 8 | bytes->back());
      rest_size_ = std::min(rest_size_, samv::longest_frame);
    } else {
      rest_size_ -= std::min(rest_size_, bytes->size());
    }
    return bytes;
  }

  /// After a read that broke off, the pipes themselves may hold the remains; looking costs some milliseconds.
  void drain() override {
    rest_size_ = 0;
    if (!std::exchange(broken_off_, false)) return;
    for (const UsbPipe& pipe : device_->ins()) {
      for (int i = 0; i < 64; ++i) {
        auto waste = device_->read(pipe, Wait::of(5ms));
        if (!waste) break;
        wipe(*waste);
      }
    }
  }

 private:
  std::unique_ptr<UsbDevice> device_;
  std::size_t rest_size_ = 0;  ///< bytes of the frame still to come on the second pipe
  bool broken_off_ = false;
};

class ReaderOnUsb final : public LinkOpener {
 public:
  explicit ReaderOnUsb(UsbName name) : name_(name) {}

  Result<std::unique_ptr<Link>> open(const Wait& wait) override {
    TRY(wait.check());
    if (!bus_) bus_ = TRY(open_usb_bus());
    auto device = TRY(open_usb(bus_, name_));
    std::unique_ptr<Link> link;
    if (device->ins().size() >= 2 && device->outs().size() >= 2) {
      link = std::make_unique<FourPipes>(std::move(device));
    } else {
      link = usb_stream(std::move(device));
    }
    return link;
  }

  std::string name() const override { return name_.text(); }

 private:
  UsbName name_;
  std::shared_ptr<UsbBus> bus_;
};

}  // namespace

std::unique_ptr<hal::IdReader> make_samv_usb(std::uint16_t vendor, std::uint16_t product) {
  return make_samv(std::make_unique<ReaderOnUsb>(UsbName{vendor, product, {}}));
}

}  // namespace kiosk::drivers
