#include "tests/lobby/registry/slip_token.hpp"

#include <array>
#include <charconv>

#include <fmt/format.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

namespace kiosk::lobby {
namespace {

std::string base64url(BytesView bytes) {
  std::string text((bytes.size() + 2) / 3 * 4 + 1, '\0');
  const int size = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()), bytes.data(),
                                   static_cast<int>(bytes.size()));
  text.resize(static_cast<std::size_t>(size));
  while (text.ends_with('=')) text.pop_back();
  for (char& c : text) c = c == '+' ? '-' : c == '/' ? '_' : c;
  return text;
}

std::optional<std::string> from_base64url(std::string_view code) {
  std::string text(code);
  for (char& c : text) c = c == '-' ? '+' : c == '_' ? '/' : c;
  const std::size_t padding = (4 - text.size() % 4) % 4;
  text.append(padding, '=');
  std::string bytes(text.size() / 4 * 3, '\0');
  const int size =
      EVP_DecodeBlock(reinterpret_cast<unsigned char*>(bytes.data()),
                      reinterpret_cast<const unsigned char*>(text.data()), static_cast<int>(text.size()));
  if (size < 0 || padding > 2) return std::nullopt;
  bytes.resize(static_cast<std::size_t>(size) - padding);
  return bytes;
}

std::string sign(BytesView key, std::string_view payload) {
  std::array<std::uint8_t, 32> mac{};
  unsigned size = mac.size();
  HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), as_bytes(payload).data(), payload.size(),
       mac.data(), &size);
  return base64url(BytesView(mac).first(16));
}

}  // namespace

std::string make_slip_token(BytesView key, const std::string& acceptance_number, WallTime expires) {
  const auto payload = fmt::format("{}|{}", acceptance_number, expires.time_since_epoch().count());
  return fmt::format("T1.{}.{}", base64url(as_bytes(payload)), sign(key, payload));
}

std::optional<std::string> read_slip_token(BytesView key, std::string_view token, WallTime now) {
  if (!token.starts_with("T1.")) return std::nullopt;
  const auto dot = token.find('.', 3);
  if (dot == std::string_view::npos) return std::nullopt;
  const auto payload = from_base64url(token.substr(3, dot - 3));
  if (!payload) return std::nullopt;
  const auto mac = sign(key, *payload);
  const auto given = token.substr(dot + 1);
  if (mac.size() != given.size() || CRYPTO_memcmp(mac.data(), given.data(), mac.size()) != 0)
    return std::nullopt;
  const auto bar = payload->find('|');
  std::int64_t expires = 0;
  std::from_chars(payload->data() + bar + 1, payload->data() + payload->size(), expires);
  if (now.time_since_epoch().count() > expires) return std::nullopt;
  return payload->substr(0, bar);
}

}  // namespace kiosk::lobby
