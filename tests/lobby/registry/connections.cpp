#include "tests/lobby/registry/connections.hpp"

#include <sys/socket.h>

namespace kiosk::lobby {

// A slot in every SSL whose free function tells when the connection's SSL goes: before its descriptor is
// closed.
int Connections::slot() {
  static const int slot = SSL_get_ex_new_index(
      0, nullptr, nullptr, nullptr, [](void* ssl, void* self, CRYPTO_EX_DATA*, int, long, void*) {
        if (self != nullptr) static_cast<Connections*>(self)->end(static_cast<SSL*>(ssl));
      });
  return slot;
}

void Connections::follow(SSL_CTX* context) {
  SSL_CTX_set_ex_data(context, 0, this);  // 0 is the application's own slot
  SSL_CTX_set_info_callback(context, [](const SSL* ssl, int where, int) {
    if ((where & SSL_CB_HANDSHAKE_START) == 0) return;
    auto* self = static_cast<Connections*>(SSL_CTX_get_ex_data(SSL_get_SSL_CTX(ssl), 0));
    self->begin(const_cast<SSL*>(ssl));
  });
}

void Connections::begin(SSL* ssl) {
  const std::lock_guard lock(mutex_);
  SSL_set_ex_data(ssl, slot(), this);
  open_.insert(ssl);
  if (cut_) drop(ssl);
}

void Connections::end(const SSL* ssl) {
  const std::lock_guard lock(mutex_);
  open_.erase(const_cast<SSL*>(ssl));
}

void Connections::cut(bool cut) {
  const std::lock_guard lock(mutex_);
  cut_ = cut;
  if (!cut) return;
  for (const SSL* ssl : open_) drop(ssl);
}

void Connections::drop(const SSL* ssl) {
  ::shutdown(SSL_get_fd(ssl), SHUT_RDWR);
}

}  // namespace kiosk::lobby
