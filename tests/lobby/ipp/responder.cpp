#include "tests/lobby/ipp/responder.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <cctype>
#include <charconv>
#include <cstring>

#include <arpa/inet.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tests/lobby/ipp/printer_state.hpp"

namespace kiosk::lobby {

using namespace std::chrono_literals;
using Wire = IppKnobs::Wire;

namespace {

constexpr std::size_t most_request_bytes = 64 << 20;

Result<Fd> listen_on(std::uint16_t& port) {
  Fd listener(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  const int on = 1;
  ::setsockopt(listener.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(port);
  auto* const raw = reinterpret_cast<sockaddr*>(&address);
  socklen_t size = sizeof(address);
  if (::bind(listener.get(), raw, size) != 0 || ::listen(listener.get(), 8) != 0 ||
      ::getsockname(listener.get(), raw, &size) != 0)
    return fail(Errc::internal, std::string("listen: ") + std::strerror(errno));
  port = ntohs(address.sin_port);
  return listener;
}

/// One HTTP connection: enough of HTTP/1.1 for an IPP client that says how long its request is.
class Line {
 public:
  Line(Fd fd, Wait wait) : fd_(std::move(fd)), wait_(std::move(wait)) {}

  Result<std::string> head() {
    for (;;) {
      const auto end = text().find("\r\n\r\n");
      if (end != std::string_view::npos) {
        std::string head(text().substr(0, end + 2));
        got_.erase(got_.begin(), got_.begin() + static_cast<std::ptrdiff_t>(end + 4));
        return head;
      }
      TRY(more());
    }
  }

  Result<Bytes> body(std::size_t length) {
    while (got_.size() < length) TRY(more());
    return std::exchange(got_, {});
  }

  Result<void> send(BytesView bytes) {
    while (!bytes.empty()) {
      TRY(poll_fd(fd_.get(), POLLOUT, wait_));
      const auto sent = ::send(fd_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0) return fail(Errc::unplugged, "the client has gone");
      bytes = bytes.subspan(static_cast<std::size_t>(sent));
    }
    return {};
  }

  /// Until the client gives up or the lobby ends.
  void keep_silent() {
    while (more()) {
    }
  }

  void dribble() {
    while (send(as_bytes("X")) && wait_.sleep(20ms)) {
    }
  }

 private:
  std::string_view text() const { return as_text(got_); }

  Result<void> more() {
    TRY(poll_fd(fd_.get(), POLLIN, wait_));
    std::array<std::uint8_t, 65536> chunk;
    const auto size = ::read(fd_.get(), chunk.data(), chunk.size());
    if (size <= 0 || got_.size() > most_request_bytes) return fail(Errc::unplugged, "the client has gone");
    got_.insert(got_.end(), chunk.begin(), chunk.begin() + size);
    return {};
  }

  Fd fd_;
  Wait wait_;
  Bytes got_;
};

bool same_letters(std::string_view one, std::string_view other) {
  const auto lower = [](unsigned char letter) { return std::tolower(letter); };
  return std::ranges::equal(one, other, {}, lower, lower);
}

std::string header(std::string_view head, std::string_view name) {
  for (std::size_t at = 0; at < head.size();) {
    const auto line = head.substr(at, head.find("\r\n", at) - at);
    at += line.size() + 2;
    if (line.size() > name.size() && line[name.size()] == ':' &&
        same_letters(line.substr(0, name.size()), name)) {
      const auto value = line.substr(name.size() + 1);
      return std::string(value.substr(std::min(value.find_first_not_of(' '), value.size())));
    }
  }
  return {};
}

Bytes http(int status, BytesView body) {
  const auto head = fmt::format(
      "HTTP/1.1 {} x\r\nContent-Type: application/ipp\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
      status, body.size());
  Bytes all(head.begin(), head.end());
  all.insert(all.end(), body.begin(), body.end());
  return all;
}

struct Reader {
  BytesView left;
};

Ipp decoded(Reader& reader) {
  const auto read = [](void* from, ipp_uchar_t* to, std::size_t size) -> ssize_t {
    auto& left = static_cast<Reader*>(from)->left;
    const auto some = std::min(size, left.size());
    std::memcpy(to, left.data(), some);
    left = left.subspan(some);
    return static_cast<ssize_t>(some);
  };
  Ipp message(ippNew());
  ipp_state_t state = IPP_STATE_IDLE;
  while (state != IPP_STATE_DATA && state != IPP_STATE_ERROR)
    state = ippReadIO(&reader, read, 1, nullptr, message.get());
  return state == IPP_STATE_DATA ? std::move(message) : nullptr;
}

Bytes encoded(ipp_t* message) {
  Bytes bytes;
  const auto append = [](void* to, ipp_uchar_t* data, std::size_t size) -> ssize_t {
    static_cast<Bytes*>(to)->insert(static_cast<Bytes*>(to)->end(), data, data + size);
    return static_cast<ssize_t>(size);
  };
  ippSetState(message, IPP_STATE_IDLE);
  while (ippWriteIO(&bytes, append, 1, nullptr, message) == IPP_STATE_ATTRIBUTE) {
  }
  return bytes;
}

/// The answer as the knob wants it on the wire.
Bytes spoilt(Wire wire, ipp_t* answer) {
  if (wire == Wire::wrong_request) ippSetRequestId(answer, ippGetRequestId(answer) + 1000);
  if (wire == Wire::oversized)
    for (int i = 0; i < 3000; ++i)
      ippAddString(answer, IPP_TAG_PRINTER, IPP_TAG_TEXT, "printer-info", nullptr,
                   std::string(1000, 'x').c_str());
  auto bytes = encoded(answer);
  if (wire == Wire::truncated) bytes.resize(bytes.size() * 2 / 3);
  if (wire == Wire::not_ipp) return http(200, as_bytes("<html>the printer's own web page</html>"));
  if (wire == Wire::http_error) return http(503, {});
  if (wire == Wire::http_forbidden) return http(403, {});
  if (wire == Wire::garbage) return Bytes(2000, 0xA5);
  return http(200, bytes);
}

}  // namespace

class IppResponder::Inside {
 public:
  Inside(Fd listener, std::uint16_t port) : port_(port), listener_(std::move(listener)) { start_serving(); }
  ~Inside() { stop_serving(); }

  void start_serving() {
    if (!listener_) {
      std::uint16_t same = port_;
      if (auto fd = listen_on(same)) listener_ = *std::move(fd);
    }
    server_ = std::jthread([this](const std::stop_token& stop) { serve({.stop = stop}); });
  }

  void stop_serving() {
    server_ = {};
    listener_.reset();
  }

  std::uint16_t port() const { return port_; }

  mutable std::mutex mutex;
  IppPrinterState printer;

 private:
  /// Each connection has a thread of its own: the kiosk looks while it prints.
  struct Talk {
    std::shared_ptr<std::atomic<bool>> done;
    std::jthread thread;
  };

  void serve(const Wait& wait) {
    std::vector<Talk> talks;
    while (poll_fd(listener_.get(), POLLIN, wait)) {
      std::erase_if(talks, [](const Talk& talk) { return talk.done->load(); });
      Fd fd(::accept4(listener_.get(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK));
      if (!fd) continue;
      auto done = std::make_shared<std::atomic<bool>>(false);
      auto line = std::make_shared<Line>(std::move(fd), wait);
      talks.push_back({done, std::jthread([this, line, done] {
                         (void)talk(*line);
                         *done = true;
                       })});
    }
  }

  Result<void> talk(Line& line) {
    const auto head = TRY(line.head());
    std::size_t length = 0;
    const auto text = header(head, "Content-Length");
    std::from_chars(text.data(), text.data() + text.size(), length);
    if (!head.starts_with("POST /") || header(head, "Content-Type") != "application/ipp" || length == 0)
      return complain("not an IPP request with a length");
    if (header(head, "Expect") == "100-continue") TRY(line.send(as_bytes("HTTP/1.1 100 Continue\r\n\r\n")));
    const auto body = TRY(line.body(length));
    Reader reader{body};
    const auto request = decoded(reader);
    if (!request) return complain("a request that is not IPP");

    const auto wire = wire_for(ippGetOperation(request.get()));
    if (wire == Wire::silent) line.keep_silent();
    if (wire == Wire::dribble) line.dribble();
    if (wire == Wire::silent || wire == Wire::dribble || wire == Wire::hang_up) return {};
    Bytes answer;
    {
      const std::lock_guard lock(mutex);
      answer =
          spoilt(wire, printer.answer(request.get(), Bytes(reader.left.begin(), reader.left.end())).get());
    }
    if (wire == Wire::lose_answer) return {};
    return line.send(answer);
  }

  Wire wire_for(int operation) {
    const std::lock_guard lock(mutex);
    const auto& knobs = printer.knobs;
    return knobs.wire_at.value_or(operation) == operation ? knobs.wire : Wire::good;
  }

  Result<void> complain(const std::string& what) {
    const std::lock_guard lock(mutex);
    printer.complaints.push_back(what);
    return {};
  }

  const std::uint16_t port_;
  Fd listener_;
  std::jthread server_;
};

IppResponder::IppResponder(Fd listener, std::uint16_t port)
    : inside_(std::make_unique<Inside>(std::move(listener), port)) {}

IppResponder::~IppResponder() = default;

Result<std::unique_ptr<IppResponder>> IppResponder::start(std::uint16_t port) {
  auto listener = TRY(listen_on(port));
  return std::unique_ptr<IppResponder>(new IppResponder(std::move(listener), port));
}

std::string IppResponder::uri() const {
  return fmt::format("ipp://127.0.0.1:{}/ipp/print", inside_->port());
}

void IppResponder::turn(const std::function<void(IppKnobs&)>& knobs) {
  const std::lock_guard lock(inside_->mutex);
  knobs(inside_->printer.knobs);
}

void IppResponder::clear_fault() {
  const std::lock_guard lock(inside_->mutex);
  inside_->printer.clear_fault();
}

void IppResponder::unplug() {
  inside_->stop_serving();
}

void IppResponder::plug_in() {
  inside_->start_serving();
}

std::vector<IppJob> IppResponder::jobs() const {
  const std::lock_guard lock(inside_->mutex);
  inside_->printer.advance();
  return inside_->printer.jobs;
}

std::vector<std::string> IppResponder::complaints() const {
  const std::lock_guard lock(inside_->mutex);
  return inside_->printer.complaints;
}

}  // namespace kiosk::lobby
