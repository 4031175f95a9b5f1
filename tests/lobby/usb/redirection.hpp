#pragma once
// One machine's line to a redirected USB device: the host's side of the usb-redir protocol 0.7
// (usbredirproto.h, and docs/usb-redirection-protocol.md of the usbredir project). Bulk and control
// transfers.

#include <deque>
#include <map>
#include <memory>
#include <utility>
#include <vector>

#include <usbredirparser.h>

#include "hal/base/fd.hpp"
#include "tests/lobby/usb/usb_plug.hpp"

namespace kiosk::lobby {

/// Never blocks: who has it polls its socket. Used by one thread at a time.
class Redirection {
 public:
  struct Out {
    std::uint8_t endpoint;
    Bytes bytes;
  };

  Redirection(Fd socket, const UsbDescriptors& descriptors, const OnControl& on_control);

  const Fd& socket() const { return socket_; }

  /// The device appears on the machine's bus, as soon as both ends have said hello, and leaves it.
  void attach();
  void detach();

  /// Takes in what the machine wants, and hands out what it gets. False when it is gone.
  bool read();
  bool write();
  bool wants_to_write() const;

  /// What came out of the machine since the last time.
  std::vector<Out> take_outs() { return std::exchange(outs_, {}); }

  void send(std::uint8_t endpoint, Bytes bytes);
  void stall(std::uint8_t endpoint);

  /// Whether the machine waits for something on that endpoint.
  bool awaited(std::uint8_t endpoint) const;

 private:
  struct Asked {
    std::uint64_t id;
    std::size_t most;
  };
  struct Destroy {
    void operator()(usbredirparser* parser) const { ::usbredirparser_destroy(parser); }
  };

  static Redirection& me(void* self);
  void set_callbacks();
  void say_hello();
  void connect();
  void describe();
  void tell_configuration(std::uint64_t id);
  void tell_setting(std::uint64_t id, std::uint8_t interface, bool known);
  void serve(std::uint8_t endpoint);
  void forget_transfers();
  bool stalled(std::uint8_t endpoint) { return std::erase(stalls_, endpoint) > 0; }
  void on_bulk(std::uint64_t id, std::uint8_t endpoint, BytesView bytes, std::size_t most);
  void on_control(std::uint64_t id, usb_redir_control_packet_header setup);
  std::optional<Bytes> answer(const usb_redir_control_packet_header& setup);
  void on_cancel(std::uint64_t id);
  void answer_bulk(std::uint64_t id, std::uint8_t endpoint, std::uint8_t status, std::size_t size,
                   Bytes bytes);

  Fd socket_;
  const UsbDescriptors& descriptors_;
  const OnControl& on_control_;
  std::unique_ptr<usbredirparser, Destroy> parser_;
  bool greeted_ = false, wanted_ = false;
  std::uint8_t configuration_ = 0;
  std::vector<Out> outs_;
  std::vector<std::uint8_t> stalls_;
  std::map<std::uint8_t, std::deque<Asked>> asked_;    ///< IN transfers without data yet
  std::map<std::uint8_t, std::deque<Bytes>> to_send_;  ///< and data that nobody asked for yet
};

}  // namespace kiosk::lobby
