#pragma once
// Releases from a web server, or any number of them behind one name: static files over HTTPS.

#include <chrono>
#include <memory>
#include <string>

#include "hal/release_mirror.hpp"

namespace kiosk::drivers {

/// Where the releases are and how both sides know each other.
struct MirrorHttpConfig {
  std::string url;      ///< "https://updates.example.cn/kiosk": "metadata/" and "targets/" lie below it
  std::string ca_file;  ///< PEM: the authorities that may vouch for the server
  std::string certificate_file = "";  ///< PEM: this kiosk's certificate; empty: none is shown
  std::string key_file = "";          ///< PEM: its key
  /// "sha256//BASE64" of the server's public key, several separated by ';'. Empty: the authorities alone
  /// decide.
  std::string spki_pin = "";
  std::string proxy = "";  ///< "http://10.0.0.1:3128"; empty: none, whatever the environment says
  std::chrono::milliseconds connect_limit{10'000};  ///< for the connection and the TLS handshake
  /// A transfer that brings fewer bytes a second than this for so long is given up; whole seconds, at
  /// least 1.
  int slowest_bytes_a_second = 1024;
  std::chrono::seconds slowest_for{60};
};

/// Does not connect. `malformed` when the configuration can never work: the address is not https, no
/// authorities, a certificate without a key, the pin is not a pin, a limit below 1 · `storage` a file that it
/// names cannot be read.
Result<std::unique_ptr<hal::ReleaseMirror>> make_mirror_http(MirrorHttpConfig config);

}  // namespace kiosk::drivers
