#include "drivers/link/https/https.hpp"

#include <algorithm>
#include <cstdlib>
#include <cstring>

#include <malloc.h>
#include <openssl/ssl.h>
#include <unistd.h>

namespace kiosk::drivers {
namespace {

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

// OpenSSL decrypts in place and would keep the last record in clear until the next one arrives.
CURLcode cleanse_plaintext(CURL*, void* context, void*) {
  SSL_CTX_set_options(static_cast<SSL_CTX*>(context), SSL_OP_CLEANSE_PLAINTEXT);
  return CURLE_OK;
}

Result<CURLcode> follow(CURLM* multi, const Wait& wait) {
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

}  // namespace

void add_header(CurlHeaders& headers, const std::string& line) {
  headers.reset(curl_slist_append(headers.release(), line.c_str()));
}

bool start_curl() {
  static const bool started = curl_global_init_mem(CURL_GLOBAL_DEFAULT, std::malloc, wiping_free,
                                                   wiping_realloc, ::strdup, std::calloc) == CURLE_OK;
  return started;
}

Result<void> check_https(const std::string& who, const std::string& url, const TlsParty& party) {
  if (!url.starts_with("https://")) return fail(Errc::malformed, who + " url: must begin with https://");
  if (!party.spki_pin.empty() && !party.spki_pin.starts_with("sha256//")) {
    return fail(Errc::malformed, who + " spki_pin: must begin with sha256//");
  }
  if (party.certificate_file.empty() != party.key_file.empty()) {
    return fail(Errc::malformed, who + ": a certificate needs its key, and a key its certificate");
  }
  if (party.ca_file.empty()) return fail(Errc::malformed, who + " ca_file: is missing");
  for (const auto& file : {party.ca_file, party.certificate_file, party.key_file}) {
    if (file.empty()) continue;
    if (::access(file.c_str(), R_OK) != 0) return fail(Errc::storage, who + ": cannot read " + file);
  }
  return {};
}

void set_https(CURL* easy, const TlsParty& party) {
  curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "https");
  curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1);
  curl_easy_setopt(easy, CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2);
  curl_easy_setopt(easy, CURLOPT_CAINFO, party.ca_file.c_str());
  curl_easy_setopt(easy, CURLOPT_CAPATH, nullptr);  // the city's authorities only, not the whole world's
  if (!party.certificate_file.empty()) {
    curl_easy_setopt(easy, CURLOPT_SSLCERT, party.certificate_file.c_str());
    curl_easy_setopt(easy, CURLOPT_SSLKEY, party.key_file.c_str());
  }
  if (!party.spki_pin.empty()) curl_easy_setopt(easy, CURLOPT_PINNEDPUBLICKEY, party.spki_pin.c_str());
  curl_easy_setopt(easy, CURLOPT_SSL_CTX_FUNCTION, cleanse_plaintext);
  curl_easy_setopt(easy, CURLOPT_PROXY, party.proxy.c_str());
  curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(party.connect_limit.count()));
}

Result<CURLcode> run_transfer(CURLM* multi, CURL* easy, const Wait& wait) {
  curl_multi_add_handle(multi, easy);
  const auto result = follow(multi, wait);
  curl_multi_remove_handle(multi, easy);
  return result;
}

}  // namespace kiosk::drivers
