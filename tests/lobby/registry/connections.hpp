#pragma once
// The open connections of a TLS server, so that they can be cut: cpp-httplib keeps them to itself.

#include <mutex>
#include <set>

#include <openssl/ssl.h>

namespace kiosk::lobby {

/// Follows every connection of an SSL_CTX from its handshake to its end. Outlives the server.
class Connections {
 public:
  void follow(SSL_CTX* context);

  /// Ends all connections now; while cut, new ones end in their handshake.
  void cut(bool cut);
  /// Ends this one.
  static void drop(const SSL* ssl);

 private:
  static int slot();
  void begin(SSL* ssl);
  void end(const SSL* ssl);

  std::mutex mutex_;
  std::set<SSL*> open_;
  bool cut_ = false;
};

}  // namespace kiosk::lobby
