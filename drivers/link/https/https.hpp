#pragma once
// What drivers that speak HTTP by libcurl share: starting it, TLS with the kiosk's own certificate, and a
// transfer that ends when a Wait does.

#include <chrono>
#include <memory>
#include <string>

#include <curl/curl.h>

#include "hal/base/freed.hpp"
#include "hal/base/wait.hpp"

namespace kiosk::drivers {

using CurlEasy = std::unique_ptr<CURL, Freed<curl_easy_cleanup>>;
using CurlMulti = std::unique_ptr<CURLM, Freed<curl_multi_cleanup>>;
using CurlShare = std::unique_ptr<CURLSH, Freed<curl_share_cleanup>>;
using CurlHeaders = std::unique_ptr<curl_slist, Freed<curl_slist_free_all>>;

/// Appends a line "Name: value"; "Name:" keeps libcurl from sending that one.
void add_header(CurlHeaders& headers, const std::string& line);

/// Starts libcurl, once a program however often it is called; its memory is overwritten before it is given
/// back, for its buffers hold what a citizen's answers are made of. False: it does not start.
bool start_curl();

/// How the two sides of a TLS connection know each other.
struct TlsParty {
  std::string ca_file;                ///< PEM: the authorities that may vouch for the server, and no others
  std::string certificate_file = "";  ///< PEM: the kiosk's certificate; empty: none is shown
  std::string key_file = "";          ///< PEM: its key
  /// "sha256//BASE64" of the server's public key (SubjectPublicKeyInfo), several separated by ';' while keys
  /// change hands. Empty: the authorities alone decide.
  std::string spki_pin = "";
  std::string proxy = "";  ///< "http://10.0.0.1:3128"; empty: none, whatever the environment says
  std::chrono::milliseconds connect_limit{3000};  ///< for the connection and the TLS handshake
};

/// `malformed` when it can never work: the address is not https, no authorities, a certificate without a key,
/// the pin is not a pin · `storage` a file cannot be read, which may come later. `who` begins the message.
Result<void> check_https(const std::string& who, const std::string& url, const TlsParty& party);

/// HTTPS alone, TLS 1.2 or later, HTTP/1.1 (one request a connection: plain failures), no redirects. The
/// texts of `party` are copied.
void set_https(CURL* easy, const TlsParty& party);

/// Runs a transfer on this thread until it is done, `cancelled` or `timed_out`. A stop wakes it; leaving
/// takes the handle out, which closes a connection in mid-answer. Connections stay in `multi` for the next
/// one.
Result<CURLcode> run_transfer(CURLM* multi, CURL* easy, const Wait& wait);

}  // namespace kiosk::drivers
