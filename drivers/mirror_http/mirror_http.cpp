#include "drivers/mirror_http/mirror_http.hpp"

#include <algorithm>
#include <functional>
#include <utility>

#include <fmt/format.h>

#include "drivers/link/https/https.hpp"
#include "drivers/mirror_http/answer.hpp"
#include "drivers/mirror_http/part_file.hpp"

namespace kiosk::drivers {
namespace {

using namespace mirror_http;
using namespace std::chrono_literals;

/// What a transfer hands on: the lines above the body once they are complete, then the body piece by piece.
/// An error of either ends the transfer and is its result.
struct Taker {
  std::function<Result<void>(const Head&)> head;
  std::function<Result<void>(BytesView)> body;
};

struct Incoming {
  const Taker& taker;
  Head head = {};
  Result<void> state = {};
  bool began = false;

  static std::size_t take_line(char* line, std::size_t, std::size_t size, void* self) {
    auto& incoming = *static_cast<Incoming*>(self);
    incoming.state = incoming.head.add({line, size});
    if (incoming.state && incoming.head.complete() && !incoming.began) {
      incoming.began = true;
      incoming.state = incoming.taker.head(incoming.head);
    }
    return incoming.state ? size : CURL_WRITEFUNC_ERROR;
  }
  static std::size_t take_body(char* bytes, std::size_t, std::size_t size, void* self) {
    auto& incoming = *static_cast<Incoming*>(self);
    incoming.state = incoming.taker.body(as_bytes({bytes, size}));
    return incoming.state ? size : CURL_WRITEFUNC_ERROR;
  }
};

Error to_error(CURLcode code, const char* detail) {
  const std::string_view text = *detail != '\0' ? detail : curl_easy_strerror(code);
  switch (code) {
    case CURLE_UNSUPPORTED_PROTOCOL:  // "HTTP/0.9": bytes that are not HTTP
    case CURLE_WEIRD_SERVER_REPLY:
    case CURLE_BAD_CONTENT_ENCODING:
      return {Errc::malformed, fmt::format("the answer is not HTTP ({})", std::to_underlying(code))};
    case CURLE_SSL_PINNEDPUBKEYNOTMATCH:
      return {Errc::unreachable, "the server's key is not the pinned one"};
    default:
      return {Errc::unreachable, fmt::format("{} ({})", text, std::to_underlying(code))};
  }
}

/// Names in a path may hold anything; a URL may not.
std::string escaped(std::string_view path) {
  std::string url;
  for (const char letter : path) {
    const bool plain = (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
                       (letter >= '0' && letter <= '9') ||
                       std::string_view("-._~/").find(letter) != std::string::npos;
    url += plain ? std::string(1, letter) : fmt::format("%{:02X}", static_cast<unsigned char>(letter));
  }
  return url;
}

class MirrorHttp final : public hal::ReleaseMirror {
 public:
  explicit MirrorHttp(MirrorHttpConfig config, TlsParty party)
      : config_(std::move(config)), party_(std::move(party)) {}

  Result<std::string> fetch(const std::string& path, std::size_t most, const Wait& wait) override {
    std::string text;
    const Taker taker{.head = [&](const Head& head) { return check_document(head, most); },
                      .body = [&](BytesView piece) -> Result<void> {
                        if (piece.size() > most - text.size()) {
                          return fail(Errc::malformed, fmt::format("larger than {} bytes", most));
                        }
                        text += as_text(piece);
                        return {};
                      }};
    TRY(get(path, {}, taker, wait));
    return text;
  }

  Result<void> download(const std::string& path, std::int64_t length, const std::filesystem::path& file,
                        const OnProgress& progress, const Wait& wait) override {
    auto part = TRY(PartFile::open(file));
    auto result = bring(path, length, part, progress, wait);
    if (!result && result.error().code == Errc::malformed) part.discard();
    return result;
  }

  std::optional<std::chrono::seconds> retry_after() const override { return retry_after_; }

 private:
  Result<void> bring(const std::string& path, std::int64_t length, PartFile& part, const OnProgress& progress,
                     const Wait& wait) {
    const bool usable = !part.etag().empty() && part.size() <= length;
    Asked asked{.length = length, .from = usable ? part.size() : 0, .etag = part.etag()};
    if (progress) progress(asked.from, length);
    if (asked.from == 0) TRY(part.begin(""));
    if (asked.from < length) {
      auto brought = bring_rest(path, asked, part, progress, wait);
      if (!brought && range_gone_) {  // 416: what is here is of a file that is no longer there
        asked = {.length = length};
        TRY(part.begin(""));
        brought = bring_rest(path, asked, part, progress, wait);
      }
      if (!brought) return brought;
    }
    if (part.size() != length) {
      return fail(Errc::malformed,
                  fmt::format("the server's file ends after {} of {} bytes", part.size(), length));
    }
    return part.finish();
  }

  Result<void> bring_rest(const std::string& path, const Asked& asked, PartFile& part,
                          const OnProgress& progress, const Wait& wait) {
    range_gone_ = false;
    CurlHeaders headers;
    if (asked.from > 0) {
      add_header(headers, fmt::format("Range: bytes={}-", asked.from));
      add_header(headers, "If-Range: " + asked.etag);
    }
    const Taker taker{.head = [&](const Head& head) -> Result<void> {
                        range_gone_ = head.status() == 416 && asked.from > 0;
                        const auto place = TRY(place_of_body(head, asked));
                        return place == 0 ? part.begin(strong_etag(head)) : Result<void>();
                      },
                      .body = [&](BytesView piece) -> Result<void> {
                        if (std::cmp_greater(piece.size(), asked.length - part.size())) {
                          return fail(Errc::malformed, fmt::format("longer than {} bytes", asked.length));
                        }
                        TRY(part.append(piece));
                        if (progress) progress(part.size(), asked.length);
                        return {};
                      }};
    return get(path, std::move(headers), taker, wait);
  }

  Result<void> get(const std::string& path, CurlHeaders headers, const Taker& taker, const Wait& wait) {
    retry_after_.reset();
    TRY(wait.check());
    if (!hal::is_plain_path(path)) return fail(Errc::refused, "a path that is not plain");
    const CurlEasy easy(curl_easy_init());
    if (!easy) return fail(Errc::internal, "libcurl has no handle");
    char detail[CURL_ERROR_SIZE] = {};
    Incoming incoming{.taker = taker};
    add_header(headers, "Accept-Encoding: identity");
    set_request(easy.get(), config_.url + "/" + escaped(path), headers.get());
    curl_easy_setopt(easy.get(), CURLOPT_ERRORBUFFER, detail);
    curl_easy_setopt(easy.get(), CURLOPT_HEADERFUNCTION, Incoming::take_line);
    curl_easy_setopt(easy.get(), CURLOPT_HEADERDATA, &incoming);
    curl_easy_setopt(easy.get(), CURLOPT_WRITEFUNCTION, Incoming::take_body);
    curl_easy_setopt(easy.get(), CURLOPT_WRITEDATA, &incoming);

    const auto code = TRY(run_transfer(connections_.get(), easy.get(), wait));
    note_retry_after(easy.get());
    if (!incoming.state) return incoming.state;
    if (code != CURLE_OK) return std::unexpected(to_error(code, detail));
    return {};
  }

  void set_request(CURL* easy, const std::string& url, curl_slist* headers) const {
    set_https(easy, party_);
    curl_easy_setopt(easy, CURLOPT_URL, url.c_str());
    curl_easy_setopt(easy, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(easy, CURLOPT_USERAGENT, "registration-kiosk/1");
    curl_easy_setopt(easy, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
    curl_easy_setopt(easy, CURLOPT_LOW_SPEED_LIMIT, long{config_.slowest_bytes_a_second});
    curl_easy_setopt(easy, CURLOPT_LOW_SPEED_TIME, static_cast<long>(config_.slowest_for.count()));
  }

  void note_retry_after(CURL* easy) {
    curl_off_t seconds = 0;
    curl_easy_getinfo(easy, CURLINFO_RETRY_AFTER, &seconds);
    if (seconds > 0) retry_after_ = std::min(std::chrono::seconds(seconds), std::chrono::seconds(24h));
  }

  MirrorHttpConfig config_;
  TlsParty party_;
  CurlMulti connections_{curl_multi_init()};
  std::optional<std::chrono::seconds> retry_after_;
  bool range_gone_ = false;
};

}  // namespace

Result<std::unique_ptr<hal::ReleaseMirror>> make_mirror_http(MirrorHttpConfig config) {
  while (config.url.ends_with('/')) config.url.pop_back();
  TlsParty party{.ca_file = config.ca_file,
                 .certificate_file = config.certificate_file,
                 .key_file = config.key_file,
                 .spki_pin = config.spki_pin,
                 .proxy = config.proxy,
                 .connect_limit = config.connect_limit};
  TRY(check_https("mirror", config.url, party));
  if (config.slowest_for.count() < 1 || config.slowest_bytes_a_second < 1) {
    return fail(Errc::malformed, "mirror: the slowest allowed is at least 1 byte a second, for at least 1 s");
  }
  if (!start_curl()) return fail(Errc::internal, "libcurl does not start");
  return std::make_unique<MirrorHttp>(std::move(config), std::move(party));
}

}  // namespace kiosk::drivers
