#include "drivers/ipp/exchange.hpp"

#include <array>
#include <atomic>
#include <stop_token>
#include <thread>

#include <fmt/format.h>
#include <sys/socket.h>

namespace kiosk::drivers::ipp {

using namespace std::chrono_literals;

namespace {

constexpr std::size_t most_answer_bytes = 256 * 1024;  // a full set of printer attributes has about 20 KiB
constexpr auto connect_limit = 3s;

struct CloseHttp {
  void operator()(http_t* http) const { httpClose(http); }
};
using Http = std::unique_ptr<http_t, CloseHttp>;

/// Shuts the connection down when the wait ends, so that every call on it returns. libcups' own time-outs
/// begin anew with each byte, which a peer can send one by one for ever.
class CutOff {
 public:
  CutOff(int fd, const Wait& wait)
      : when_stopped_(wait.stop, Shutdown{fd}),
        when_late_([fd, until = wait.until](const std::stop_token& done) {
          const Wait late{.until = until, .stop = done};
          if (const auto ended = late.sleep(1h); !ended && ended.error().code == Errc::timed_out)
            Shutdown{fd}();
        }) {}

 private:
  struct Shutdown {
    int fd;
    void operator()() const { ::shutdown(fd, SHUT_RDWR); }
  };
  std::stop_callback<Shutdown> when_stopped_;
  std::jthread when_late_;
};

Result<Http> connect(const Address& address, const Wait& wait) {
  int cancel = 0;
  const std::stop_callback stop(wait.stop, [&cancel] { std::atomic_ref(cancel).store(1); });
  const auto encryption = address.tls ? HTTP_ENCRYPTION_ALWAYS : HTTP_ENCRYPTION_IF_REQUESTED;
  Http http(httpConnect2(address.host.c_str(), address.port, nullptr, AF_UNSPEC, encryption, 1,
                         wait.at_most(connect_limit).left_ms(), &cancel));
  if (http) return http;
  TRY(wait.check());
  return fail(Errc::unreachable, fmt::format("{}:{}: {}", address.host, address.port, cupsLastErrorString()));
}

Bytes encoded(ipp_t* request) {
  Bytes bytes;
  const auto append = [](void* to, ipp_uchar_t* data, std::size_t size) -> ssize_t {
    static_cast<Bytes*>(to)->insert(static_cast<Bytes*>(to)->end(), data, data + size);
    return static_cast<ssize_t>(size);
  };
  ippSetState(request, IPP_STATE_IDLE);
  while (ippWriteIO(&bytes, append, 1, nullptr, request) == IPP_STATE_ATTRIBUTE) {
  }
  return bytes;
}

bool write_all(http_t* http, BytesView bytes) {
  while (!bytes.empty()) {
    const auto sent = httpWrite2(http, reinterpret_cast<const char*>(bytes.data()), bytes.size());
    if (sent <= 0) return false;
    bytes = bytes.subspan(static_cast<std::size_t>(sent));
  }
  return true;
}

Result<void> post(http_t* http, const Address& address, BytesView request, BytesView document) {
  httpClearFields(http);
  httpSetField(http, HTTP_FIELD_CONTENT_TYPE, "application/ipp");
  httpSetLength(http, request.size() + document.size());
  if (httpPost(http, address.resource.c_str()) != 0 || !write_all(http, request) ||
      !write_all(http, document) || httpFlushWrite(http) < 0)
    return fail(Errc::unreachable, "the connection broke while sending");
  return {};
}

Result<void> read_status(http_t* http) {
  http_status_t status = HTTP_STATUS_CONTINUE;
  while (status == HTTP_STATUS_CONTINUE) status = httpUpdate(http);
  if (status == HTTP_STATUS_OK) return {};
  if (status == HTTP_STATUS_ERROR)
    return fail(Errc::unreachable, "the connection broke before an HTTP answer");
  const auto text = fmt::format("HTTP status {}", static_cast<int>(status));
  if (status >= 500) return fail(Errc::unreachable, text);
  if (status >= 400) return fail(Errc::refused, text);
  return fail(Errc::malformed, text);
}

struct Source {
  http_t* http;
  std::size_t left;
};

Result<Message> read_message(http_t* http) {
  Source source{http, most_answer_bytes};
  const auto read = [](void* from, ipp_uchar_t* data, std::size_t size) -> ssize_t {
    auto& answer = *static_cast<Source*>(from);
    if (size > answer.left) return -1;
    const auto got = httpRead2(answer.http, reinterpret_cast<char*>(data), size);
    if (got > 0) answer.left -= static_cast<std::size_t>(got);
    return got;
  };
  Message message(ippNew());
  ipp_state_t state = IPP_STATE_IDLE;
  while (state != IPP_STATE_DATA && state != IPP_STATE_ERROR)
    state = ippReadIO(&source, read, 1, nullptr, message.get());
  if (state == IPP_STATE_ERROR) return fail(Errc::malformed, "the answer is not IPP");
  return message;
}

Result<Message> converse(http_t* http, const Address& address, ipp_t* request, BytesView document) {
  TRY(post(http, address, encoded(request), document));
  TRY(read_status(http));
  auto answer = TRY(read_message(http));
  if (ippGetRequestId(answer.get()) != ippGetRequestId(request))
    return fail(Errc::malformed, "the answer belongs to another request");
  return answer;
}

}  // namespace

Result<Address> parse_address(const std::string& uri) {
  std::array<char, 16> scheme{};
  std::array<char, 64> user{};
  std::array<char, 256> host{}, resource{};
  int port = 0;
  const auto status =
      httpSeparateURI(HTTP_URI_CODING_ALL, uri.c_str(), scheme.data(), scheme.size(), user.data(),
                      user.size(), host.data(), host.size(), &port, resource.data(), resource.size());
  const std::string_view name = scheme.data();
  if (status < HTTP_URI_STATUS_OK || (name != "ipp" && name != "ipps") || host[0] == '\0')
    return fail(Errc::malformed, "not an ipp or ipps address: " + uri);
  return Address{uri, host.data(), port, resource.data(), name == "ipps"};
}

Result<Message> exchange(const Address& address, ipp_t* request, BytesView document, const Wait& wait) {
  TRY(wait.check());
  const auto http = TRY(connect(address, wait));
  auto answer = [&] {
    const CutOff cut_off(httpGetFd(http.get()), wait);
    return converse(http.get(), address, request, document);
  }();
  if (!answer) TRY(wait.check());  // then that is why
  return answer;
}

}  // namespace kiosk::drivers::ipp
