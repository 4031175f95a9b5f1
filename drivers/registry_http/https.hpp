#pragma once
// One HTTPS request and its answer, with the kiosk's own certificate.

#include <memory>
#include <string>

#include "drivers/link/https/https.hpp"
#include "drivers/registry_http/registry_http.hpp"
#include "drivers/registry_http/wiping.hpp"
#include "hal/base/wait.hpp"

namespace kiosk::drivers::registry_http {

/// What is sent. An empty body means GET, any other POST of application/json.
struct Request {
  std::string path;  ///< "/v1/status", put behind the configured address
  WipingText body = {};
  std::string idempotency_key = {};
  /// The request must leave at most once. libcurl repeats even a POST by itself when a kept connection turns
  /// out to be dead, so such a request gets a connection of its own.
  bool once = false;
};

struct Answer {
  long status = 0;
  WipingText body;
};

/// How registry and kiosk know each other.
TlsParty party_of(const RegistryHttpConfig& config);

/// A client of one server. Keeps its connection between requests. One thread at a time.
class Https {
 public:
  static Result<std::unique_ptr<Https>> open(RegistryHttpConfig config);
  virtual ~Https() = default;

  /// Sends the request and reads the whole answer, whatever its status. Returns at once when the wait is
  /// stopped. `unreachable` no connection, TLS refused either way, wrong pin, silence, an answer cut off ·
  /// `malformed` not HTTP, or larger than allowed · `cancelled`, `timed_out`.
  virtual Result<Answer> send(const Request& request, const Wait& wait) = 0;
};

}  // namespace kiosk::drivers::registry_http
