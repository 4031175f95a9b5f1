#include "tests/lobby/usb/redirection.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <utility>

#include <sys/socket.h>

#include "tests/lobby/usb/redirection_headers.hpp"

namespace kiosk::lobby {
namespace {

constexpr std::uint8_t in = 0x80;
constexpr std::uint8_t get_status = 0, clear_feature = 1, get_descriptor = 6;  // USB 2.0, table 9-4

int read_some(void* self, std::uint8_t* data, int count) {
  const auto got = ::recv(static_cast<Redirection*>(self)->socket().get(), data,
                          static_cast<std::size_t>(count), MSG_DONTWAIT);
  if (got > 0) return static_cast<int>(got);
  return got < 0 && (errno == EAGAIN || errno == EINTR) ? 0 : -1;
}

int write_some(void* self, std::uint8_t* data, int count) {
  const auto sent = ::send(static_cast<Redirection*>(self)->socket().get(), data,
                           static_cast<std::size_t>(count), MSG_DONTWAIT | MSG_NOSIGNAL);
  if (sent >= 0) return static_cast<int>(sent);
  return errno == EAGAIN || errno == EINTR ? 0 : -1;
}

}  // namespace

Redirection& Redirection::me(void* self) {
  return *static_cast<Redirection*>(self);
}

Redirection::Redirection(Fd socket, const UsbDescriptors& descriptors, const OnControl& on_control)
    : socket_(std::move(socket)),
      descriptors_(descriptors),
      on_control_(on_control),
      parser_(::usbredirparser_create()) {
  set_callbacks();
  say_hello();
}

// Not set are those for what nobody sends: isochronous and interrupt transfers, streams and filters.
void Redirection::set_callbacks() {
  auto& parser = *parser_;
  parser.priv = this;
  parser.log_func = [](void*, int, const char*) {};
  parser.read_func = read_some;
  parser.write_func = write_some;
  parser.hello_func = [](void* self, auto*) {
    me(self).greeted_ = true;
    if (me(self).wanted_) me(self).connect();
  };
  parser.reset_func = [](void* self) { me(self).forget_transfers(); };
  parser.set_configuration_func = [](void* self, std::uint64_t id, auto* wanted) {
    me(self).configuration_ = wanted->configuration;
    me(self).describe();
    me(self).tell_configuration(id);
  };
  parser.get_configuration_func = [](void* self, std::uint64_t id) { me(self).tell_configuration(id); };
  parser.set_alt_setting_func = [](void* self, std::uint64_t id, auto* wanted) {
    me(self).tell_setting(id, wanted->interface, wanted->alt == 0);
  };
  parser.get_alt_setting_func = [](void* self, std::uint64_t id, auto* asked) {
    me(self).tell_setting(id, asked->interface, true);
  };
  parser.cancel_data_packet_func = [](void* self, std::uint64_t id) { me(self).on_cancel(id); };
  parser.control_packet_func = [](void* self, std::uint64_t id, auto* setup, std::uint8_t* data, int) {
    me(self).on_control(id, *setup);
    ::usbredirparser_free_packet_data(me(self).parser_.get(), data);
  };
  parser.bulk_packet_func = [](void* self, std::uint64_t id, auto* header, std::uint8_t* data, int size) {
    const auto most = header->length | static_cast<std::size_t>(header->length_high) << 16;
    me(self).on_bulk(id, header->endpoint, {data, static_cast<std::size_t>(size)}, most);
    ::usbredirparser_free_packet_data(me(self).parser_.get(), data);
  };
}

void Redirection::say_hello() {
  std::array<std::uint32_t, USB_REDIR_CAPS_SIZE> can{};
  for (const int each : {usb_redir_cap_connect_device_version, usb_redir_cap_ep_info_max_packet_size,
                         usb_redir_cap_64bits_ids, usb_redir_cap_32bits_bulk_length})
    ::usbredirparser_caps_set_cap(can.data(), each);
  ::usbredirparser_init(parser_.get(), "lobby", can.data(), USB_REDIR_CAPS_SIZE, usbredirparser_fl_usb_host);
}

void Redirection::attach() {
  wanted_ = true;
  if (greeted_) connect();
}

void Redirection::detach() {
  wanted_ = false;
  forget_transfers();
  configuration_ = 0;
  if (greeted_) ::usbredirparser_send_device_disconnect(parser_.get());
}

void Redirection::connect() {
  describe();
  auto header = connect_header(descriptors_.device);
  ::usbredirparser_send_device_connect(parser_.get(), &header);
}

void Redirection::describe() {
  auto interfaces = interface_header(descriptors_.configuration);
  ::usbredirparser_send_interface_info(parser_.get(), &interfaces);
  auto endpoints = endpoint_header(descriptors_.configuration);
  ::usbredirparser_send_ep_info(parser_.get(), &endpoints);
}

void Redirection::tell_configuration(std::uint64_t id) {
  usb_redir_configuration_status_header status{usb_redir_success, configuration_};
  ::usbredirparser_send_configuration_status(parser_.get(), id, &status);
}

/// No interface has a second one.
void Redirection::tell_setting(std::uint64_t id, std::uint8_t interface, bool known) {
  usb_redir_alt_setting_status_header status{};
  status.status = known ? usb_redir_success : usb_redir_stall;
  status.interface = interface;
  ::usbredirparser_send_alt_setting_status(parser_.get(), id, &status);
}

bool Redirection::read() {
  return ::usbredirparser_do_read(parser_.get()) == 0;
}

bool Redirection::write() {
  return ::usbredirparser_do_write(parser_.get()) == 0;
}

bool Redirection::wants_to_write() const {
  return ::usbredirparser_has_data_to_write(parser_.get()) > 0;
}

void Redirection::send(std::uint8_t endpoint, Bytes bytes) {
  if (!wanted_ || bytes.empty()) return;
  to_send_[endpoint].push_back(std::move(bytes));
  serve(endpoint);
}

void Redirection::stall(std::uint8_t endpoint) {
  stalls_.push_back(endpoint);
  serve(endpoint);
}

bool Redirection::awaited(std::uint8_t endpoint) const {
  const auto asked = asked_.find(endpoint);
  return asked != asked_.end() && !asked->second.empty();
}

void Redirection::forget_transfers() {
  asked_.clear();
  to_send_.clear();
}

/// Brings what is to be sent on an endpoint and who waits for it together.
void Redirection::serve(std::uint8_t endpoint) {
  auto& asked = asked_[endpoint];
  auto& queue = to_send_[endpoint];
  while (!asked.empty()) {
    const bool stall = stalled(endpoint);
    if (!stall && queue.empty()) return;
    const auto [id, most] = asked.front();
    asked.pop_front();
    if (stall) {
      answer_bulk(id, endpoint, usb_redir_stall, 0, {});
      continue;
    }
    Bytes& front = queue.front();
    const auto size = static_cast<std::ptrdiff_t>(std::min(front.size(), most));
    const Bytes part(front.begin(), front.begin() + size);
    front.erase(front.begin(), front.begin() + size);
    if (front.empty()) queue.pop_front();
    answer_bulk(id, endpoint, usb_redir_success, part.size(), part);
  }
}

void Redirection::on_bulk(std::uint64_t id, std::uint8_t endpoint, BytesView bytes, std::size_t most) {
  if ((endpoint & in) != 0) {
    asked_[endpoint].push_back({id, most});
    serve(endpoint);
  } else if (stalled(endpoint)) {
    answer_bulk(id, endpoint, usb_redir_stall, 0, {});
  } else {
    outs_.push_back({endpoint, Bytes(bytes.begin(), bytes.end())});
    answer_bulk(id, endpoint, usb_redir_success, bytes.size(), {});
  }
}

void Redirection::on_cancel(std::uint64_t id) {
  for (auto& [endpoint, asked] : asked_) {
    if (std::erase_if(asked, [id](const Asked& each) { return each.id == id; }) > 0)
      answer_bulk(id, endpoint, usb_redir_cancelled, 0, {});
  }
}

/// `size`: of what went either way.
void Redirection::answer_bulk(std::uint64_t id, std::uint8_t endpoint, std::uint8_t status, std::size_t size,
                              Bytes bytes) {
  usb_redir_bulk_packet_header header{};
  header.endpoint = endpoint;
  header.status = status;
  header.length = static_cast<std::uint16_t>(size & 0xFFFF);
  header.length_high = static_cast<std::uint16_t>(size >> 16);
  ::usbredirparser_send_bulk_packet(parser_.get(), id, &header, bytes.data(), static_cast<int>(bytes.size()));
}

void Redirection::on_control(std::uint64_t id, usb_redir_control_packet_header setup) {
  auto reply = answer(setup);
  setup.status = reply ? usb_redir_success : usb_redir_stall;
  if (!reply) reply.emplace();
  if (setup.requesttype & in) {
    reply->resize(std::min<std::size_t>(reply->size(), setup.length));
    setup.length = static_cast<std::uint16_t>(reply->size());
  } else {
    reply->clear();
  }
  ::usbredirparser_send_control_packet(parser_.get(), id, &setup, reply->data(),
                                       static_cast<int>(reply->size()));
}

/// What belongs to every device (USB 2.0, 9.4); the rest is the device's own affair.
std::optional<Bytes> Redirection::answer(const usb_redir_control_packet_header& setup) {
  constexpr std::uint8_t of_a_class_or_vendor = 0x60, of_an_endpoint = 0x02;
  if (setup.requesttype & of_a_class_or_vendor) {
    if (!on_control_) return std::nullopt;
    return on_control_(setup.requesttype, setup.request, setup.value, setup.index, setup.length);
  }
  if (setup.request == get_descriptor && setup.value >> 8 == 1) return descriptors_.device;
  if (setup.request == get_descriptor && setup.value >> 8 == 2) return descriptors_.configuration;
  if (setup.request == get_status) return Bytes{0, 0};
  if (setup.request == clear_feature && setup.requesttype == of_an_endpoint) {  // its halt
    to_send_[static_cast<std::uint8_t>(setup.index)].clear();
    return Bytes{};
  }
  return std::nullopt;
}

}  // namespace kiosk::lobby
