#include "drivers/registry_http/https.hpp"

#include <utility>

#include <fmt/format.h>

namespace kiosk::drivers::registry_http {
namespace {

struct Incoming {
  WipingText body;
  std::size_t limit = 0;
  bool too_large = false;
};

std::size_t take(char* data, std::size_t, std::size_t count, void* target) {
  auto& incoming = *static_cast<Incoming*>(target);
  if (count > incoming.limit - incoming.body.size()) {
    incoming.too_large = true;
    return 0;
  }
  incoming.body.append(data, count);
  return count;
}

Error to_error(CURLcode code, const char* detail, const Incoming& incoming) {
  if (incoming.too_large) {
    return {Errc::malformed, fmt::format("the answer is larger than {} bytes", incoming.limit)};
  }
  const std::string_view text = *detail != '\0' ? detail : curl_easy_strerror(code);
  switch (code) {
    case CURLE_UNSUPPORTED_PROTOCOL:  // "HTTP/0.9": bytes that are not HTTP
    case CURLE_WEIRD_SERVER_REPLY:
      return {Errc::malformed, fmt::format("the answer is not HTTP ({})", std::to_underlying(code))};
    case CURLE_SSL_PINNEDPUBKEYNOTMATCH:
      return {Errc::unreachable, "the server's key is not the pinned one"};
    default:
      return {Errc::unreachable, fmt::format("{} ({})", text, std::to_underlying(code))};
  }
}

class CurlHttps final : public Https {
 public:
  explicit CurlHttps(RegistryHttpConfig config) : config_(std::move(config)), party_(party_of(config_)) {
    curl_share_setopt(tls_sessions_.get(), CURLSHOPT_SHARE, CURL_LOCK_DATA_SSL_SESSION);
  }

  Result<Answer> send(const Request& request, const Wait& wait) override {
    TRY(wait.check());
    char detail[CURL_ERROR_SIZE] = {};
    Incoming incoming{.body = {}, .limit = config_.answer_limit};
    const CurlHeaders headers = headers_of(request);
    // One handle a request, so that its buffers go (and are wiped) with it; connections live in connections_.
    const CurlEasy easy(curl_easy_init());
    set_server(easy.get());
    set_request(easy.get(), request, headers.get());
    curl_easy_setopt(easy.get(), CURLOPT_ERRORBUFFER, detail);
    curl_easy_setopt(easy.get(), CURLOPT_WRITEFUNCTION, take);
    curl_easy_setopt(easy.get(), CURLOPT_WRITEDATA, &incoming);

    const auto code = TRY(run_transfer(connections_.get(), easy.get(), wait));
    if (code != CURLE_OK) return std::unexpected(to_error(code, detail, incoming));
    Answer answer{.status = 0, .body = std::move(incoming.body)};
    curl_easy_getinfo(easy.get(), CURLINFO_RESPONSE_CODE, &answer.status);
    return answer;
  }

 private:
  static CurlHeaders headers_of(const Request& request) {
    CurlHeaders headers;
    add_header(headers, "Accept: application/json, application/problem+json");
    add_header(headers, "Expect:");  // no "100-continue" pause before a large body
    if (!request.body.empty()) add_header(headers, "Content-Type: application/json");
    if (!request.idempotency_key.empty()) add_header(headers, "Idempotency-Key: " + request.idempotency_key);
    return headers;
  }

  void set_server(CURL* easy) const {
    curl_easy_setopt(easy, CURLOPT_SHARE, tls_sessions_.get());
    set_https(easy, party_);
    curl_easy_setopt(easy, CURLOPT_LOW_SPEED_LIMIT, 1L);
    curl_easy_setopt(easy, CURLOPT_LOW_SPEED_TIME, static_cast<long>(config_.silence_limit.count()));
  }

  void set_request(CURL* easy, const Request& request, curl_slist* headers) const {
    curl_easy_setopt(easy, CURLOPT_URL, (config_.url + request.path).c_str());
    curl_easy_setopt(easy, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(easy, CURLOPT_USERAGENT, "registration-kiosk/1");
    if (!request.body.empty()) {
      curl_easy_setopt(easy, CURLOPT_POSTFIELDS, request.body.data());
      curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
    }
    if (request.once) curl_easy_setopt(easy, CURLOPT_FRESH_CONNECT, 1L);
  }

  RegistryHttpConfig config_;
  TlsParty party_;
  CurlShare tls_sessions_{curl_share_init()};
  CurlMulti connections_{curl_multi_init()};
};

}  // namespace

TlsParty party_of(const RegistryHttpConfig& config) {
  return {.ca_file = config.ca_file,
          .certificate_file = config.certificate_file,
          .key_file = config.key_file,
          .spki_pin = config.spki_pin,
          .proxy = config.proxy,
          .connect_limit = config.connect_limit};
}

Result<std::unique_ptr<Https>> Https::open(RegistryHttpConfig config) {
  if (!start_curl()) return fail(Errc::internal, "libcurl does not start");
  return std::make_unique<CurlHttps>(std::move(config));
}

}  // namespace kiosk::drivers::registry_http
