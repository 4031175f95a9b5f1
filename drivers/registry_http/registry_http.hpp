#pragma once
// The registry over HTTPS, as tests/lobby/registry/openapi.yaml tells.

#include <chrono>
#include <memory>
#include <string>

#include "hal/registry.hpp"

namespace kiosk::drivers {

/// Where a city's registry is and how both sides know each other.
struct RegistryHttpConfig {
  std::string url;               ///< "https://registry.example.cn:8443", without the "/v1"
  std::string ca_file;           ///< PEM: the authorities that may vouch for the server
  std::string certificate_file;  ///< PEM: this kiosk's certificate
  std::string key_file;          ///< PEM: its key
  /// "sha256//BASE64" of the server's public key (SubjectPublicKeyInfo), several separated by ';' while keys
  /// change hands. Empty: the authorities alone decide.
  std::string spki_pin;
  std::string proxy = "";  ///< "http://10.0.0.1:3128"; empty: none, whatever the environment says
  std::chrono::milliseconds connect_limit{3000};  ///< for the connection and the TLS handshake
  std::chrono::seconds silence_limit{12};         ///< without a byte in either direction; at least 1 s
  std::size_t answer_limit = 2 * 1024 * 1024;     ///< bytes of one answer
  int attempts = 3;                               ///< of a call that only reads
  std::chrono::milliseconds pause{200};  ///< before the second attempt; doubles with each further one
};

/// Does not connect: a kiosk must start while its registry sleeps. `malformed` when the configuration can
/// never work: the address is not https, the pin is not a pin · `storage` a file that it names cannot be
/// read.
Result<std::unique_ptr<hal::Registry>> make_registry_http(RegistryHttpConfig config);

}  // namespace kiosk::drivers
