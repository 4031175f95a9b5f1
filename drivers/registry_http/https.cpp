#include "drivers/registry_http/https.hpp"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <utility>

#include <curl/curl.h>
#include <fmt/format.h>
#include <malloc.h>
#include <openssl/ssl.h>

namespace kiosk::drivers::registry_http {
namespace {

// libcurl's own buffers hold personal data as well: its memory is overwritten before it is given back.
void wiping_free(void* block) {
  if (block != nullptr) ::explicit_bzero(block, ::malloc_usable_size(block));
  std::free(block);
}

void* wiping_realloc(void* block, std::size_t size) {
  void* moved = std::malloc(size);
  if (moved == nullptr || block == nullptr) return moved;
  std::memcpy(moved, block, std::min(size, ::malloc_usable_size(block)));
  wiping_free(block);
  return moved;
}

bool start_curl() {
  static const bool started = curl_global_init_mem(CURL_GLOBAL_DEFAULT, std::malloc, wiping_free,
                                                   wiping_realloc, ::strdup, std::calloc) == CURLE_OK;
  return started;
}

// OpenSSL decrypts in place and would keep the last record in clear until the next one arrives.
CURLcode cleanse_plaintext(CURL*, void* context, void*) {
  SSL_CTX_set_options(static_cast<SSL_CTX*>(context), SSL_OP_CLEANSE_PLAINTEXT);
  return CURLE_OK;
}

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

struct CloseEasy {
  void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
};
struct CloseMulti {
  void operator()(CURLM* handle) const { curl_multi_cleanup(handle); }
};
struct CloseShare {
  void operator()(CURLSH* handle) const { curl_share_cleanup(handle); }
};
struct FreeList {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using Easy = std::unique_ptr<CURL, CloseEasy>;
using Headers = std::unique_ptr<curl_slist, FreeList>;

void add(Headers& headers, const std::string& line) {
  headers.reset(curl_slist_append(headers.release(), line.c_str()));
}

class CurlHttps final : public Https {
 public:
  explicit CurlHttps(RegistryHttpConfig config) : config_(std::move(config)) {
    curl_share_setopt(tls_sessions_.get(), CURLSHOPT_SHARE, CURL_LOCK_DATA_SSL_SESSION);
  }

  Result<Answer> send(const Request& request, const Wait& wait) override {
    TRY(wait.check());
    char detail[CURL_ERROR_SIZE] = {};
    Incoming incoming{.body = {}, .limit = config_.answer_limit};
    const Headers headers = headers_of(request);
    // One handle a request, so that its buffers go (and are wiped) with it; connections live in connections_.
    const Easy easy(curl_easy_init());
    set_server(easy.get());
    set_request(easy.get(), request, headers.get());
    curl_easy_setopt(easy.get(), CURLOPT_ERRORBUFFER, detail);
    curl_easy_setopt(easy.get(), CURLOPT_WRITEFUNCTION, take);
    curl_easy_setopt(easy.get(), CURLOPT_WRITEDATA, &incoming);

    const auto code = TRY(run(easy.get(), wait));
    if (code != CURLE_OK) return std::unexpected(to_error(code, detail, incoming));
    Answer answer{.status = 0, .body = std::move(incoming.body)};
    curl_easy_getinfo(easy.get(), CURLINFO_RESPONSE_CODE, &answer.status);
    return answer;
  }

 private:
  static Headers headers_of(const Request& request) {
    Headers headers;
    add(headers, "Accept: application/json, application/problem+json");
    add(headers, "Expect:");  // no "100-continue" pause before a large body
    if (!request.body.empty()) add(headers, "Content-Type: application/json");
    if (!request.idempotency_key.empty()) add(headers, "Idempotency-Key: " + request.idempotency_key);
    return headers;
  }

  void set_server(CURL* easy) const {
    curl_easy_setopt(easy, CURLOPT_SHARE, tls_sessions_.get());
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "https");
    curl_easy_setopt(easy, CURLOPT_HTTP_VERSION,
                     CURL_HTTP_VERSION_1_1);  // one request a connection: plain failures
    curl_easy_setopt(easy, CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2);
    curl_easy_setopt(easy, CURLOPT_CAINFO, config_.ca_file.c_str());
    curl_easy_setopt(easy, CURLOPT_CAPATH, nullptr);  // the city's authorities only, not the whole world's
    curl_easy_setopt(easy, CURLOPT_SSLCERT, config_.certificate_file.c_str());
    curl_easy_setopt(easy, CURLOPT_SSLKEY, config_.key_file.c_str());
    if (!config_.spki_pin.empty()) curl_easy_setopt(easy, CURLOPT_PINNEDPUBLICKEY, config_.spki_pin.c_str());
    curl_easy_setopt(easy, CURLOPT_SSL_CTX_FUNCTION, cleanse_plaintext);
    curl_easy_setopt(easy, CURLOPT_PROXY, config_.proxy.c_str());
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(config_.connect_limit.count()));
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

  // The transfer itself. Stopping wakes the poll; leaving takes the handle out, which closes a connection in
  // mid-answer.
  Result<CURLcode> run(CURL* easy, const Wait& wait) {
    CURLM* multi = connections_.get();
    curl_multi_add_handle(multi, easy);
    const auto result = follow(multi, wait);
    curl_multi_remove_handle(multi, easy);
    return result;
  }

  static Result<CURLcode> follow(CURLM* multi, const Wait& wait) {
    const std::stop_callback wake(wait.stop, [multi] { curl_multi_wakeup(multi); });
    for (int running = 1;;) {
      if (const auto code = curl_multi_perform(multi, &running); code != CURLM_OK) {
        return fail(Errc::internal, curl_multi_strerror(code));
      }
      if (running == 0) break;
      TRY(wait.check());
      curl_multi_poll(multi, nullptr, 0, wait.left_ms(), nullptr);
    }
    int left = 0;
    const CURLMsg* message = curl_multi_info_read(multi, &left);
    if (message == nullptr) return fail(Errc::internal, "a transfer ended without a result");
    return message->data.result;
  }

  RegistryHttpConfig config_;
  std::unique_ptr<CURLSH, CloseShare> tls_sessions_{curl_share_init()};
  std::unique_ptr<CURLM, CloseMulti> connections_{curl_multi_init()};
};

}  // namespace

Result<std::unique_ptr<Https>> Https::open(RegistryHttpConfig config) {
  if (!start_curl()) return fail(Errc::internal, "libcurl does not start");
  return std::make_unique<CurlHttps>(std::move(config));
}

}  // namespace kiosk::drivers::registry_http
