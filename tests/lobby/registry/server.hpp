#pragma once
// The registry as a kiosk meets it: HTTPS with client certificates, the contract of openapi.yaml, and bad
// days on demand.

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "tests/lobby/registry/authority.hpp"
#include "tests/lobby/registry/certificates.hpp"

namespace kiosk::lobby {

/// What goes wrong with requests, until it is healed or has happened `times` times.
struct RegistryFault {
  enum class Kind {
    lose_request,  ///< the connection dies before anything was done
    lose_answer,   ///< the work is done, then the connection dies
    silent,        ///< the request is taken, nothing is done, nothing is said until it is healed
    silent_after,  ///< the work is done, nothing is said until it is healed
    garbage,       ///< 200 with bytes that are not JSON
    oversized,     ///< 200 with more than anybody should read
    answer,        ///< `status` and `body` instead of work
  };
  Kind kind = Kind::lose_request;
  std::string path = {};  ///< "/v1/applications"; empty: every path
  int times = 0;          ///< 0: until healed
  int status = 503;
  std::string body = {};
  std::string content_type = "application/problem+json";
};

/// One registry server on a port of its own on 127.0.0.1. Any thread may call; the destructor ends it and
/// every connection.
class RegistryServer {
 public:
  struct Settings {
    Certificates certificates;
    Authority::Settings authority = {};
    int port = 0;                            ///< 0: a free one
    bool ask_for_client_certificate = true;  ///< false: like a gateway that lets everybody shake hands
  };
  /// `unreachable` when the port is taken or the certificates cannot be read.
  static Result<std::unique_ptr<RegistryServer>> start(Settings settings);
  ~RegistryServer();
  RegistryServer(const RegistryServer&) = delete;
  RegistryServer& operator=(const RegistryServer&) = delete;

  /// "https://127.0.0.1:PORT"
  std::string url() const;
  Authority& authority();

  void fail(RegistryFault fault);
  void set_delay(
      std::chrono::milliseconds delay);  ///< before every answer: the network's and the server's time
  void cut_network(bool cut);            ///< connections die and new ones are not served
  void heal();                           ///< no fault, no delay, network whole

  /// Requests that arrived whole, by path: to show that something was not sent twice.
  std::size_t arrived(const std::string& path) const;

 private:
  struct Inside;
  explicit RegistryServer(std::unique_ptr<Inside> inside);
  std::unique_ptr<Inside> inside_;
};

}  // namespace kiosk::lobby
