#pragma once
// A TLS server that says exactly the bytes it is told to.

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "hal/base/result.hpp"
#include "tests/lobby/registry/certificates.hpp"

namespace kiosk::lobby {

/// One request, as it came.
struct WebRequest {
  std::string path;                           ///< "/metadata/timestamp.json"
  std::map<std::string, std::string> fields;  ///< names in lower case

  /// Empty when there is none.
  std::string field(const std::string& name) const;
};

/// The server's end of one connection.
class WebWire {
 public:
  virtual ~WebWire() = default;

  /// Sends bytes; false once the client is gone.
  virtual bool send(std::string_view bytes) = 0;

  /// Says nothing until the client hangs up or the server ends.
  virtual void fall_silent() = 0;

  /// Hangs up without TLS's farewell, after what was sent has gone out.
  virtual void cut() = 0;

  /// Resets the connection: what was sent may be lost.
  virtual void reset() = 0;
};

/// Answers one request. Afterwards the connection ends in good manners, unless it was cut.
using WebAnswer = std::function<void(const WebRequest&, WebWire&)>;

class TlsServer {
 public:
  struct Settings {
    Certificates certificates;
    bool ask_for_client_certificate = false;
  };

  /// Listens on a free port of 127.0.0.1. Serves one connection after the other, one request each, on a
  /// thread.
  static Result<std::unique_ptr<TlsServer>> start(const Settings& settings, WebAnswer answer);
  virtual ~TlsServer() = default;

  /// "https://127.0.0.1:PORT"
  virtual std::string url() const = 0;

  /// From the next request on.
  virtual void set_answer(WebAnswer answer) = 0;

  /// All requests so far, in order.
  virtual std::vector<WebRequest> requests() const = 0;
};

}  // namespace kiosk::lobby
