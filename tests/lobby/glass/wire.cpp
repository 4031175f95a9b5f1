#include "tests/lobby/glass/wire.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <poll.h>
#include <sys/socket.h>

#include "hal/base/personal.hpp"

namespace kiosk::lobby {

using namespace std::chrono_literals;
using namespace std::string_view_literals;

namespace {

constexpr std::array phases{"down"sv, "move"sv, "up"sv, "lost"sv};
constexpr std::array keys{"up"sv,     "down"sv,    "left"sv,   "right"sv,  "select"sv,
                          "louder"sv, "quieter"sv, "faster"sv, "slower"sv, "help"sv};
constexpr std::size_t longest_line = 4U << 20U;

template <class Enum, std::size_t n>
std::optional<Enum> named(const std::array<std::string_view, n>& names, std::string_view name) {
  const auto at = std::ranges::find(names, name);
  if (at == names.end()) return std::nullopt;
  return static_cast<Enum>(at - names.begin());
}

/// A message of `bytes`, with room for one descriptor.
struct Envelope {
  explicit Envelope(std::string_view bytes)
      : part{const_cast<char*>(bytes.data()), bytes.size()} {  // sendmsg only reads it
    header.msg_iov = &part;
    header.msg_iovlen = 1;
    header.msg_control = control;
    header.msg_controllen = sizeof(control);
  }
  void enclose(int descriptor) {
    cmsghdr* slot = CMSG_FIRSTHDR(&header);
    slot->cmsg_level = SOL_SOCKET;
    slot->cmsg_type = SCM_RIGHTS;
    slot->cmsg_len = CMSG_LEN(sizeof(int));
    std::memcpy(CMSG_DATA(slot), &descriptor, sizeof(int));
  }
  void without_descriptor() { header.msg_controllen = 0; }
  Fd enclosed() {
    const cmsghdr* slot = CMSG_FIRSTHDR(&header);
    if (slot == nullptr || slot->cmsg_type != SCM_RIGHTS) return {};
    int descriptor = -1;
    std::memcpy(&descriptor, CMSG_DATA(slot), sizeof(int));
    return Fd(descriptor);
  }

  iovec part;
  alignas(cmsghdr) char control[CMSG_SPACE(sizeof(int))] = {};
  msghdr header{};
};

}  // namespace

GlassWire::~GlassWire() {
  wipe(read_);
}

Result<void> GlassWire::send(std::string_view line, int descriptor) {
  const auto wait = Wait::of(2s);
  while (!line.empty()) {
    Envelope envelope(line);
    descriptor >= 0 ? envelope.enclose(descriptor) : envelope.without_descriptor();
    const auto sent = ::sendmsg(socket_.get(), &envelope.header, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent > 0) {
      line.remove_prefix(static_cast<std::size_t>(sent));
      descriptor = -1;
    } else if (errno == EAGAIN) {
      if (!poll_fd(socket_.get(), POLLOUT, wait)) return fail(Errc::unplugged, "the other end sleeps");
    } else if (errno != EINTR) {
      return fail(Errc::unplugged, std::strerror(errno));
    }
  }
  return {};
}

Result<std::string> GlassWire::next(const Wait& wait) {
  for (;;) {
    if (const auto end = read_.find('\n'); end != std::string::npos) {
      std::string line = read_.substr(0, end);
      read_.erase(0, end + 1);
      return line;
    }
    if (read_.size() > longest_line) return fail(Errc::malformed, "a line without end");
    TRY(poll_fd(socket_.get(), POLLIN, wait));
    char bytes[65536];
    Envelope envelope(std::string_view(bytes, sizeof(bytes)));
    const auto got = ::recvmsg(socket_.get(), &envelope.header, MSG_CMSG_CLOEXEC | MSG_DONTWAIT);
    if (got < 0 && (errno == EAGAIN || errno == EINTR)) continue;
    if (got <= 0) return fail(Errc::unplugged, "the other end is gone");
    if (Fd came = envelope.enclosed()) descriptor_ = std::move(came);
    read_.append(bytes, static_cast<std::size_t>(got));
  }
}

namespace {

/// When the finger moved, by the clock that all programs of a machine share; now, when that is not said or
/// cannot be.
Steady::time_point moment_of(const nlohmann::json& message) {
  const auto now = Steady::now();
  const auto at = message.find("us");
  if (at == message.end() || !at->is_number_unsigned()) return now;
  const Steady::time_point said{std::chrono::microseconds(at->get<std::int64_t>())};
  return said > now || said < now - 10s ? now : said;
}

}  // namespace

std::string to_line(const hal::InputEvent& event) {
  if (const auto* touch = std::get_if<hal::Touch>(&event)) {
    const auto us = std::chrono::duration_cast<std::chrono::microseconds>(touch->at.time_since_epoch());
    return fmt::format(R"({{"touch":"{}","finger":{},"x":{},"y":{},"us":{}}})",
                       phases.at(static_cast<std::size_t>(touch->phase)), touch->finger, touch->x, touch->y,
                       us.count()) +
           '\n';
  }
  if (const auto* press = std::get_if<hal::KeyPress>(&event))
    return fmt::format(R"({{"key":"{}"}})", keys.at(static_cast<std::size_t>(press->key))) + '\n';
  return {};
}

std::optional<hal::InputEvent> input_from(std::string_view line) {
  const auto message = nlohmann::json::parse(line, nullptr, false);
  if (!message.is_object()) return std::nullopt;
  const auto text = [&](const char* name) {
    const auto at = message.find(name);
    return at != message.end() && at->is_string() ? at->get<std::string>() : std::string();
  };
  const auto number = [&](const char* name) {
    const auto at = message.find(name);
    return at != message.end() && at->is_number_integer() ? at->get<int>() : 0;
  };
  if (const auto phase = phase_named(text("touch")))
    return hal::Touch{*phase, number("finger"), number("x"), number("y"), moment_of(message)};
  if (const auto key = key_named(text("key"))) return hal::KeyPress{*key};
  return std::nullopt;
}

std::optional<hal::KeyPress::Key> key_named(std::string_view name) {
  return named<hal::KeyPress::Key>(keys, name);
}

std::optional<hal::Touch::Phase> phase_named(std::string_view name) {
  return named<hal::Touch::Phase>(phases, name);
}

}  // namespace kiosk::lobby
