#include "tests/lobby/usb/redirected_usb.hpp"

#include <filesystem>

#include <gtest/gtest.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "tests/lobby/camera/uvc_camera.hpp"

namespace kiosk::lobby {
namespace {

using namespace std::chrono_literals;
namespace fs = std::filesystem;

/// A machine's end of the line, as QEMU has it.
class Guest {
 public:
  explicit Guest(const fs::path& socket) : parser_(::usbredirparser_create(), ::usbredirparser_destroy) {
    sockaddr_un address{.sun_family = AF_UNIX, .sun_path = {}};
    socket.string().copy(address.sun_path, sizeof(address.sun_path) - 1);
    socket_ = Fd(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    EXPECT_EQ(::connect(socket_.get(), reinterpret_cast<sockaddr*>(&address), sizeof(address)), 0);
    parser_->priv = this;
    parser_->log_func = [](void*, int level, const char* text) {
      EXPECT_GT(level, usbredirparser_warning) << text;
    };
    parser_->read_func = [](void* self, std::uint8_t* data, int size) {
      const auto got = ::recv(me(self).socket_.get(), data, static_cast<std::size_t>(size), MSG_DONTWAIT);
      if (got > 0) return static_cast<int>(got);
      return got < 0 && errno == EAGAIN ? 0 : -1;
    };
    parser_->write_func = [](void* self, std::uint8_t* data, int size) {
      return static_cast<int>(
          ::send(me(self).socket_.get(), data, static_cast<std::size_t>(size), MSG_NOSIGNAL));
    };
    parser_->hello_func = [](void*, auto*) {};
    parser_->interface_info_func = [](void* self, auto* header) { me(self).interfaces = *header; };
    parser_->ep_info_func = [](void* self, auto* header) { me(self).endpoints = *header; };
    parser_->device_connect_func = [](void* self, auto* header) { me(self).device = *header; };
    parser_->device_disconnect_func = [](void* self) { me(self).device.reset(); };
    parser_->control_packet_func = [](void* self, std::uint64_t id, auto* header, std::uint8_t* data,
                                      int size) { me(self).arrived(id, header->status, data, size); };
    parser_->bulk_packet_func = [](void* self, std::uint64_t id, auto* header, std::uint8_t* data, int size) {
      me(self).arrived(id, header->status, data, size);
    };
    std::uint32_t can = 0;
    for (const int each : {usb_redir_cap_connect_device_version, usb_redir_cap_ep_info_max_packet_size,
                           usb_redir_cap_64bits_ids, usb_redir_cap_32bits_bulk_length})
      ::usbredirparser_caps_set_cap(&can, each);
    ::usbredirparser_init(parser_.get(), "guest", &can, USB_REDIR_CAPS_SIZE, 0);
  }

  void ask(std::uint64_t id, std::uint8_t type, std::uint8_t request, std::uint16_t value,
           std::uint16_t length) {
    usb_redir_control_packet_header header{0x80, request, type, 0, value, 0, length};
    header.endpoint = type & 0x80;
    ::usbredirparser_send_control_packet(parser_.get(), id, &header, nullptr, 0);
  }
  void read(std::uint64_t id, std::uint8_t endpoint, std::uint16_t most) {
    usb_redir_bulk_packet_header header{endpoint, 0, most, 0, 0};
    ::usbredirparser_send_bulk_packet(parser_.get(), id, &header, nullptr, 0);
  }
  void write(std::uint64_t id, std::uint8_t endpoint, Bytes bytes) {
    usb_redir_bulk_packet_header header{endpoint, 0, static_cast<std::uint16_t>(bytes.size()), 0, 0};
    ::usbredirparser_send_bulk_packet(parser_.get(), id, &header, bytes.data(),
                                      static_cast<int>(bytes.size()));
  }
  void cancel(std::uint64_t id) { ::usbredirparser_send_cancel_data_packet(parser_.get(), id); }

  /// Exchanges with the other end until that is so.
  template <class Done>
  [[nodiscard]] bool await(Done done) {
    const auto wait = Wait::of(20s);
    while (!done()) {
      if (::usbredirparser_do_write(parser_.get()) != 0) return false;
      if (!poll_fd(socket_.get(), POLLIN, wait) || ::usbredirparser_do_read(parser_.get()) != 0) return false;
    }
    return true;
  }
  [[nodiscard]] bool await_answer(std::uint64_t id) {
    return await([&] { return answers.contains(id); });
  }

  struct Answer {
    std::uint8_t status;
    Bytes bytes;
  };
  std::map<std::uint64_t, Answer> answers;
  std::optional<usb_redir_device_connect_header> device;
  usb_redir_interface_info_header interfaces{};
  usb_redir_ep_info_header endpoints{};

 private:
  static Guest& me(void* self) { return *static_cast<Guest*>(self); }
  void arrived(std::uint64_t id, std::uint8_t status, std::uint8_t* data, int size) {
    answers[id] = {status, Bytes(data, data + size)};
    ::usbredirparser_free_packet_data(parser_.get(), data);
  }

  Fd socket_;
  std::unique_ptr<usbredirparser, decltype(&::usbredirparser_destroy)> parser_;
};

fs::path new_folder() {
  auto path = (fs::temp_directory_path() / "usb-XXXXXX").string();
  if (::mkdtemp(path.data()) == nullptr) std::abort();
  return path;
}

class Redirected : public ::testing::Test {
 protected:
  ~Redirected() override { fs::remove_all(folder_); }

  fs::path socket() const { return folder_ / "device.usb"; }

  /// Says back whatever it hears, and has one request of its class.
  std::unique_ptr<RedirectedUsb> echo() {
    return std::make_unique<RedirectedUsb>(
        socket(), descriptors({0x1234, 0x5678, 7, {{0x01}, {0x82}}, 1, 2}),
        [this](std::uint8_t, Bytes bytes) { device_->send(0x82, std::move(bytes)); },
        [](std::uint8_t, std::uint8_t request, auto...) -> std::optional<Bytes> {
          if (request != 1) return std::nullopt;
          return Bytes{0x18};
        });
  }

  fs::path folder_ = new_folder();
  std::unique_ptr<RedirectedUsb> device_ = echo();
};

TEST_F(Redirected, SaysWhatItIsBeforeAnybodyAsks) {
  Guest guest(socket());
  ASSERT_TRUE(guest.await([&] { return guest.device.has_value(); }));
  EXPECT_EQ(guest.device->vendor_id, 0x1234);
  EXPECT_EQ(guest.device->product_id, 0x5678);
  EXPECT_EQ(guest.device->speed, usb_redir_speed_full);
  EXPECT_EQ(guest.interfaces.interface_count, 1U);
  EXPECT_EQ(guest.interfaces.interface_class[0], 7);
  EXPECT_EQ(guest.endpoints.type[0x01], usb_redir_type_bulk);
  EXPECT_EQ(guest.endpoints.type[16 + 0x02], usb_redir_type_bulk);
  EXPECT_EQ(guest.endpoints.max_packet_size[16 + 0x02], 64);
}

TEST_F(Redirected, AnswersForItsDescriptorsAndItsClassAndStallsElse) {
  Guest guest(socket());
  ASSERT_TRUE(guest.await([&] { return guest.device.has_value(); }));
  guest.ask(1, 0x80, 6, 0x0100, 8);
  guest.ask(2, 0xA1, 1, 0, 1);
  guest.ask(3, 0xA1, 9, 0, 1);
  ASSERT_TRUE(guest.await_answer(3));
  EXPECT_EQ(guest.answers[1].bytes, (Bytes{18, 1, 0x10, 0x01, 0, 0, 0, 64}));
  EXPECT_EQ(guest.answers[2].bytes, Bytes{0x18});
  EXPECT_EQ(guest.answers[3].status, usb_redir_stall);
}

TEST_F(Redirected, CarriesBytesBothWaysAndInParts) {
  Guest guest(socket());
  ASSERT_TRUE(guest.await([&] { return guest.device.has_value(); }));
  guest.read(1, 0x82, 3);
  guest.write(2, 0x01, {1, 2, 3, 4, 5});
  ASSERT_TRUE(guest.await_answer(1));
  EXPECT_EQ(guest.answers[1].bytes, (Bytes{1, 2, 3}));
  guest.read(3, 0x82, 100);
  ASSERT_TRUE(guest.await_answer(3));
  EXPECT_EQ(guest.answers[3].bytes, (Bytes{4, 5}));
}

TEST_F(Redirected, ACancelledReadTakesNothing) {
  Guest guest(socket());
  ASSERT_TRUE(guest.await([&] { return guest.device.has_value(); }));
  guest.read(1, 0x82, 100);
  guest.cancel(1);
  ASSERT_TRUE(guest.await_answer(1));
  EXPECT_EQ(guest.answers[1].status, usb_redir_cancelled);
  guest.write(2, 0x01, {7});
  guest.read(3, 0x82, 100);
  ASSERT_TRUE(guest.await_answer(3));
  EXPECT_EQ(guest.answers[3].bytes, Bytes{7});
}

TEST_F(Redirected, LeavesTheBusAndComesBackAlsoForTheNextMachine) {
  {
    Guest guest(socket());
    ASSERT_TRUE(guest.await([&] { return guest.device.has_value(); }));
    device_->unplug();
    ASSERT_TRUE(guest.await([&] { return !guest.device.has_value(); }));
    device_->plug();
    ASSERT_TRUE(guest.await([&] { return guest.device.has_value(); }));
  }
  Guest next(socket());
  EXPECT_TRUE(next.await([&] { return next.device.has_value(); }));
}

TEST_F(Redirected, StallsWhenTold) {
  Guest guest(socket());
  ASSERT_TRUE(guest.await([&] { return guest.device.has_value(); }));
  guest.read(1, 0x82, 100);
  device_->stall(0x82);
  ASSERT_TRUE(guest.await_answer(1));
  EXPECT_EQ(guest.answers[1].status, usb_redir_stall);
}

TEST_F(Redirected, ACameraSendsWholePicturesToWhoeverReads) {
  const auto path = folder_ / "camera.usb";
  Bytes film(40'000);
  for (std::size_t i = 0; i < film.size(); ++i) film[i] = static_cast<std::uint8_t>(i * 7);
  UvcCamera camera(path, [&](std::size_t) { return film; });
  Guest guest(path);
  ASSERT_TRUE(guest.await([&] { return guest.device.has_value(); }));
  EXPECT_EQ(guest.device->speed, usb_redir_speed_high);
  EXPECT_EQ(guest.interfaces.interface_count, 2U);
  Bytes picture;
  bool whole = false;
  for (std::uint64_t id = 1; !whole; ++id) {
    guest.read(id, 0x81, 16 * 1024);
    ASSERT_TRUE(guest.await_answer(id));
    const auto& payload = guest.answers[id].bytes;
    ASSERT_GE(payload.size(), 2U);
    EXPECT_EQ(payload[0], 2);
    whole = (payload[1] & 0x02) != 0;
    picture.insert(picture.end(), payload.begin() + 2, payload.end());
  }
  EXPECT_TRUE(picture == film);
}

}  // namespace
}  // namespace kiosk::lobby
