#pragma once
// A SAM-V reader on USB, in either arrangement of endpoints.

#include <atomic>
#include <thread>

#include "hal/base/mailbox.hpp"
#include "tests/lobby/samv/id_reader.hpp"
#include "tests/lobby/usb/emulated_usb.hpp"

namespace kiosk::lobby {

class UsbIdReader final : public IdReader {
 public:
  enum class Pipes { two, four };  ///< whole frames; or heads on one pair of endpoints and rests on another

  explicit UsbIdReader(Pipes pipes, bool interrupt = false, const UsbSocket& socket = emulated_usb());

  Sam& sam() override { return sam_; }
  UsbPlug& usb() { return *usb_; }

  /// Answers travel in transfers of at most this size, as with some firmware; 0: whole.
  void set_largest_transfer(std::size_t size) { largest_ = size; }

  void unplug() override { usb_->unplug(); }
  void plug() override;
  bool plugged() const override { return usb_->plugged(); }

 private:
  struct Out {
    std::uint8_t endpoint;
    Bytes bytes;
  };
  void run(const std::stop_token& stop);
  void judge(const Out& out);
  void answer(const Bytes& frame);
  void send(std::uint8_t endpoint, BytesView bytes);

  Pipes pipes_;
  std::atomic<std::size_t> largest_ = 0;
  Sam sam_;
  Mailbox<Out> heard_;
  std::unique_ptr<UsbPlug> usb_;
  std::jthread thread_;  // last: it uses what stands above
};

}  // namespace kiosk::lobby
