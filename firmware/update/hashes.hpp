#pragma once
// The hashes by which one signed document, or one signed target, names another.

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "hal/base/bytes.hpp"

struct evp_md_ctx_st;

namespace kiosk::update {

/// Name of the function to lower-case hexadecimal: {"sha256": "…"}. Those with other names than "sha256" and
/// "sha512" are kept and not looked at.
using Hashes = std::map<std::string, std::string, std::less<>>;

/// A SHA-256 of bytes that come piece by piece.
class Sha256 {
 public:
  Sha256();
  void add(BytesView piece);
  /// Once, at the end: lower-case hexadecimal.
  std::string hex();

 private:
  std::shared_ptr<evp_md_ctx_st> context_;
};

std::string sha256_hex(std::string_view text);

/// Compares bytes that come piece by piece with all hashes whose function is known.
class HashCheck {
 public:
  explicit HashCheck(const Hashes& hashes);

  void add(BytesView piece);

  /// Once, at the end: at least one hash was of a known function, and all of those are right.
  bool holds();

 private:
  struct Running {
    std::shared_ptr<evp_md_ctx_st> context;
    std::string expected;
  };
  std::vector<Running> running_;
};

}  // namespace kiosk::update
