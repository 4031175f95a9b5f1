#include "drivers/mjpeg/transfer.hpp"

#include "drivers/link/https/https.hpp"

namespace kiosk::drivers {
namespace {

Result<void> check_status(CURL* easy) {
  long status = 0;
  curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
  if (status == 200) return {};
  return fail(status == 503 ? Errc::busy : Errc::refused, "camera: HTTP status " + std::to_string(status));
}

struct Body {
  CURL* easy;
  const OnBytes& on_bytes;
  Result<void> state;

  static std::size_t write(char* bytes, std::size_t, std::size_t size, void* self) {
    auto& body = *static_cast<Body*>(self);
    const char* type = nullptr;
    curl_easy_getinfo(body.easy, CURLINFO_CONTENT_TYPE, &type);
    body.state = check_status(body.easy);
    if (body.state) body.state = body.on_bytes(type != nullptr ? type : "", as_bytes({bytes, size}));
    return body.state ? size : CURL_WRITEFUNC_ERROR;
  }
};

Result<void> meaning_of(CURLcode code) {
  const std::string what = std::string("camera: ") + curl_easy_strerror(code);
  switch (code) {
    case CURLE_OK:
      return {};
    case CURLE_URL_MALFORMAT:
    case CURLE_UNSUPPORTED_PROTOCOL:
      return fail(Errc::refused, what);
    case CURLE_COULDNT_CONNECT:
    case CURLE_RECV_ERROR:
    case CURLE_SEND_ERROR:
    case CURLE_PARTIAL_FILE:
    case CURLE_GOT_NOTHING:
      return fail(Errc::unplugged, what);
    default:
      return fail(Errc::unreachable, what);
  }
}

CurlEasy request(const std::string& url) {
  CurlEasy easy(start_curl() ? curl_easy_init() : nullptr);
  if (!easy) return easy;
  curl_easy_setopt(easy.get(), CURLOPT_URL, url.c_str());
  curl_easy_setopt(easy.get(), CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(easy.get(), CURLOPT_HTTP_VERSION, long{CURL_HTTP_VERSION_1_1});
  curl_easy_setopt(easy.get(), CURLOPT_PROXY, "");
  curl_easy_setopt(easy.get(), CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(easy.get(), CURLOPT_CONNECTTIMEOUT_MS, 3000L);
  return easy;
}

Result<CURLcode> run(CURL* easy, const Wait& wait) {
  const CurlMulti multi(curl_multi_init());
  if (!multi) return fail(Errc::internal, "camera: curl");
  return run_transfer(multi.get(), easy, wait);
}

}  // namespace

Result<void> get(const std::string& url, const OnBytes& on_bytes, const Wait& wait) {
  const CurlEasy easy = request(url);
  if (!easy) return fail(Errc::internal, "camera: curl");
  Body body{easy.get(), on_bytes, {}};
  curl_easy_setopt(easy.get(), CURLOPT_WRITEFUNCTION, &Body::write);
  curl_easy_setopt(easy.get(), CURLOPT_WRITEDATA, &body);
  const auto code = TRY(run(easy.get(), wait));
  if (!body.state) return body.state;
  TRY(meaning_of(code));
  return check_status(easy.get());
}

Result<void> knock(const std::string& url, const Wait& wait) {
  const CurlEasy easy = request(url);
  if (!easy) return fail(Errc::internal, "camera: curl");
  curl_easy_setopt(easy.get(), CURLOPT_CONNECT_ONLY, 1L);
  const auto code = TRY(run(easy.get(), wait));
  return meaning_of(code);
}

}  // namespace kiosk::drivers
