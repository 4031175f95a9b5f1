// The verifier reads files that an intruder may have written.

#include <array>
#include <string>

#include <nlohmann/json.hpp>
#include <openssl/evp.h>

#include "firmware/records/verify/verifier.hpp"

namespace {

using kiosk::records::AuditVerifier;

// Nobody's: made for this file.
constexpr const char* key = R"(-----BEGIN PUBLIC KEY-----
MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=
-----END PUBLIC KEY-----
)";

std::string sha256_hex(std::string_view text) {
  std::array<unsigned char, 32> digest{};
  EVP_Digest(text.data(), text.size(), digest.data(), nullptr, EVP_sha256(), nullptr);
  std::string hex;
  for (const auto byte : digest) {
    hex += "0123456789abcdef"[byte >> 4U];
    hex += "0123456789abcdef"[byte & 0xFU];
  }
  return hex;
}

/// The same lines with right hashes, and in canonical form: else no input would get past the first check.
std::string with_right_hashes(std::string_view content) {
  std::string made;
  while (!content.empty()) {
    const auto end = std::min(content.find('\n'), content.size());
    auto line = nlohmann::json::parse(content.substr(0, end), nullptr, false);
    content.remove_prefix(std::min(end + 1, content.size()));
    if (!line.is_object()) continue;
    line.erase("hash");
    line["hash"] = sha256_hex(line.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
    made += line.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
  }
  return made;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view content(reinterpret_cast<const char*>(data), size);
  AuditVerifier verifier(std::string(content.substr(0, 100)), kiosk::records::KnownHead{1, "x"});
  verifier.take_file("file", content);
  const auto report = verifier.finish();
  // Nothing that a fuzzer makes up holds a hash: a whole trail would be a way around the chain.
  if (report.whole() && report.lines == 0) __builtin_trap();

  AuditVerifier second(key);
  second.take_file("file", with_right_hashes(content));
  if (second.finish().signatures > 0) __builtin_trap();  // nor a signature
  return 0;
}
