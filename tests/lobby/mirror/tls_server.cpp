#include "tests/lobby/mirror/tls_server.hpp"

#include <algorithm>
#include <array>
#include <csignal>
#include <mutex>
#include <optional>
#include <sstream>
#include <thread>
#include <utility>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <sys/socket.h>

#include "hal/base/fd.hpp"

namespace kiosk::lobby {
namespace {

using Context = std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)>;
using Ssl = std::unique_ptr<SSL, decltype(&SSL_free)>;

/// A descriptor that TLS runs over, non-blocking so that the server can end at any moment.
class Wire final : public WebWire {
 public:
  Wire(SSL_CTX* context, Fd fd, std::stop_token stop)
      : fd_(std::move(fd)), ssl_(SSL_new(context), &SSL_free), wait_{.stop = std::move(stop)} {
    SSL_set_fd(ssl_.get(), fd_.get());
  }

  bool accept() {
    return run([&] { return SSL_accept(ssl_.get()); }) == 1;
  }

  bool send(std::string_view bytes) override {
    while (!bytes.empty() && !over_) {
      const int size = static_cast<int>(std::min<std::size_t>(bytes.size(), 16'384));
      const int sent = run([&] { return SSL_write(ssl_.get(), bytes.data(), size); });
      if (sent <= 0) over_ = true;
      if (sent > 0) bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return !over_;
  }

  /// Bytes, or nothing at the end.
  std::string receive() {
    std::array<char, 4096> piece{};
    const int count = run([&] { return SSL_read(ssl_.get(), piece.data(), static_cast<int>(piece.size())); });
    return {piece.data(), static_cast<std::size_t>(std::max(count, 0))};
  }

  void fall_silent() override {
    while (!over_ && !receive().empty()) {
    }
    over_ = true;
  }

  void cut() override {
    over_ = true;
    fd_.reset();
  }

  void reset() override {
    const linger at_once{.l_onoff = 1, .l_linger = 0};
    ::setsockopt(fd_.get(), SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    cut();
  }

  void end() {
    if (!over_) run([&] { return SSL_shutdown(ssl_.get()) < 0 ? -1 : 1; });
  }

 private:
  template <class Call>
  int run(Call call) {
    for (;;) {
      const int result = call();
      if (result > 0) return result;
      const int why = SSL_get_error(ssl_.get(), result);
      if (why != SSL_ERROR_WANT_READ && why != SSL_ERROR_WANT_WRITE) return result;
      const auto ready = poll_fd(fd_.get(), why == SSL_ERROR_WANT_READ ? POLLIN : POLLOUT, wait_);
      if (!ready) return -1;
    }
  }

  Fd fd_;
  Ssl ssl_;
  Wait wait_;
  bool over_ = false;
};

std::string lower(std::string text) {
  std::ranges::transform(text, text.begin(), [](char letter) {
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
  });
  return text;
}

std::optional<WebRequest> read_request(Wire& wire) {
  std::string text;
  while (text.find("\r\n\r\n") == text.npos) {
    const auto more = wire.receive();
    if (more.empty()) return std::nullopt;
    text += more;
  }
  WebRequest request;
  std::istringstream lines(text);
  std::string method, line;
  lines >> method >> request.path;
  std::getline(lines, line);
  while (std::getline(lines, line) && line != "\r") {
    const auto colon = line.find(": ");
    if (colon == line.npos) continue;
    request.fields[lower(line.substr(0, colon))] = line.substr(colon + 2, line.size() - colon - 3);
  }
  return request;
}

Context context_of(const TlsServer::Settings& settings) {
  Context context(SSL_CTX_new(TLS_server_method()), &SSL_CTX_free);
  const auto& files = settings.certificates;
  SSL_CTX_set_min_proto_version(context.get(), TLS1_2_VERSION);
  SSL_CTX_set_session_cache_mode(context.get(), SSL_SESS_CACHE_OFF);
  if (settings.ask_for_client_certificate) {
    SSL_CTX_set_verify(context.get(), SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nullptr);
  }
  const bool ready =
      SSL_CTX_use_certificate_chain_file(context.get(), files.server_file.c_str()) == 1 &&
      SSL_CTX_use_PrivateKey_file(context.get(), files.server_key_file.c_str(), SSL_FILETYPE_PEM) == 1 &&
      SSL_CTX_load_verify_locations(context.get(), files.ca_file.c_str(), nullptr) == 1;
  if (!ready) context.reset();
  return context;
}

class Server final : public TlsServer {
 public:
  Server(Context context, Fd listener, int port, WebAnswer answer)
      : context_(std::move(context)),
        listener_(std::move(listener)),
        port_(port),
        answer_(std::move(answer)) {
    thread_ = std::jthread([this](const std::stop_token& stop) { run(stop); });
  }

  std::string url() const override { return "https://127.0.0.1:" + std::to_string(port_); }

  void set_answer(WebAnswer answer) override {
    const std::lock_guard lock(mutex_);
    answer_ = std::move(answer);
  }

  std::vector<WebRequest> requests() const override {
    const std::lock_guard lock(mutex_);
    return requests_;
  }

 private:
  void run(const std::stop_token& stop) {
    ::sigset_t broken_pipe;  // OpenSSL writes to clients that may be gone
    ::sigemptyset(&broken_pipe);
    ::sigaddset(&broken_pipe, SIGPIPE);
    ::pthread_sigmask(SIG_BLOCK, &broken_pipe, nullptr);
    const Wait wait{.stop = stop};
    while (poll_fd(listener_.get(), POLLIN, wait)) {
      Fd fd(::accept4(listener_.get(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC));
      if (fd) serve(Wire(context_.get(), std::move(fd), stop));
    }
  }

  void serve(Wire wire) {
    if (!wire.accept()) return;
    const auto request = read_request(wire);
    if (!request) return;
    WebAnswer answer;
    {
      const std::lock_guard lock(mutex_);
      requests_.push_back(*request);
      answer = answer_;
    }
    answer(*request, wire);
    wire.end();
  }

  Context context_;
  Fd listener_;
  int port_;
  mutable std::mutex mutex_;
  WebAnswer answer_;
  std::vector<WebRequest> requests_;
  std::jthread thread_;
};

}  // namespace

std::string WebRequest::field(const std::string& name) const {
  const auto found = fields.find(name);
  return found == fields.end() ? std::string() : found->second;
}

Result<std::unique_ptr<TlsServer>> TlsServer::start(const Settings& settings, WebAnswer answer) {
  auto context = context_of(settings);
  if (!context) return fail(Errc::internal, "TLS server: certificates");
  Fd listener(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* any = reinterpret_cast<sockaddr*>(&address);
  if (::bind(listener.get(), any, size) != 0 || ::listen(listener.get(), 16) != 0 ||
      ::getsockname(listener.get(), any, &size) != 0) {
    return fail(Errc::internal, "TLS server: no port");
  }
  return std::make_unique<Server>(std::move(context), std::move(listener), ntohs(address.sin_port),
                                  std::move(answer));
}

}  // namespace kiosk::lobby
