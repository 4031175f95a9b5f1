#include "firmware/update/hashes.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <openssl/evp.h>

namespace kiosk::update {
namespace {

std::shared_ptr<evp_md_ctx_st> begin(const EVP_MD* function) {
  std::shared_ptr<evp_md_ctx_st> context(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
  EVP_DigestInit_ex(context.get(), function, nullptr);
  return context;
}

std::string end(evp_md_ctx_st* context) {
  std::array<std::uint8_t, EVP_MAX_MD_SIZE> digest{};
  unsigned size = 0;
  EVP_DigestFinal_ex(context, digest.data(), &size);
  return to_hex(BytesView(digest).first(size));
}

}  // namespace

Sha256::Sha256() : context_(begin(EVP_sha256())) {}

void Sha256::add(BytesView piece) {
  EVP_DigestUpdate(context_.get(), piece.data(), piece.size());
}

std::string Sha256::hex() {
  return end(context_.get());
}

std::string sha256_hex(std::string_view text) {
  Sha256 digest;
  digest.add(as_bytes(text));
  return digest.hex();
}

HashCheck::HashCheck(const Hashes& hashes) {
  for (const auto& [name, hex] : hashes) {
    if (name == "sha256") running_.push_back({begin(EVP_sha256()), hex});
    if (name == "sha512") running_.push_back({begin(EVP_sha512()), hex});
  }
}

void HashCheck::add(BytesView piece) {
  for (const auto& running : running_) EVP_DigestUpdate(running.context.get(), piece.data(), piece.size());
}

bool HashCheck::holds() {
  return !running_.empty() && std::ranges::all_of(running_, [](const Running& running) {
    return end(running.context.get()) == running.expected;
  });
}

}  // namespace kiosk::update
