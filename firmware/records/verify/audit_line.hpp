#pragma once
// One line of the audit trail, read without trust. Knows nothing of the code that writes it: only the format
// in firmware/records/README.md, the C++ library, a JSON parser and OpenSSL.

#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>

namespace kiosk::records {

/// A signature over the line before it.
struct AuditSignature {
  std::int64_t line = 0;
  std::string hash, key, signature;
};

/// What the chain needs of a line. Its own hash has been recomputed and holds.
struct AuditLine {
  std::int64_t number = 0;
  std::string kiosk, time, event, previous, hash;
  std::optional<AuditSignature> signature;
};

/// Reads a line (without its line end, up to 64 KiB) or says what is wrong with it, in English for a person.
std::expected<AuditLine, std::string> read_audit_line(std::string_view text);

/// Whether a signature (hexadecimal, Ed25519) over a head holds. `public_pem`: SubjectPublicKeyInfo.
bool signature_holds(const std::string& public_pem, std::string_view kiosk, const AuditSignature& signature);

}  // namespace kiosk::records
