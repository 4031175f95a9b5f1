#pragma once
// A test authority with a server and a kiosk certificate, made on the spot and never committed.

#include <string>

#include "hal/base/result.hpp"

namespace kiosk::lobby {

struct Certificates {
  std::string ca_file;                       ///< ca.pem
  std::string server_file, server_key_file;  ///< for 127.0.0.1, and 10.0.2.2 as QEMU shows it
  std::string client_file, client_key_file;  ///< this kiosk: CN kiosk-0001
  std::string spki_pin;                      ///< "sha256//..." of the server's key
};

/// Writes ca.pem, server.pem, server.key, client.pem, client.key and spki.txt into `folder`, which is made
/// when it is missing; when it has them already (spki.txt is written last) they stay. EC P-256, valid for ten
/// years. `storage` when a file cannot be written.
Result<Certificates> make_certificates(const std::string& folder);

}  // namespace kiosk::lobby
