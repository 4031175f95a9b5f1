#include "firmware/records/verify/audit_line.hpp"

#include <algorithm>
#include <array>
#include <memory>
#include <vector>

#include <nlohmann/json.hpp>
#include <openssl/evp.h>
#include <openssl/pem.h>

namespace kiosk::records {

namespace {

using nlohmann::json;

constexpr std::size_t longest_line = 65536;

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

bool is_hash(const std::string& text) {
  return text.size() == 64 && text.find_first_not_of("0123456789abcdef") == std::string::npos;
}

/// Parses without exceptions and without following brackets deeper than any line of ours goes.
json parse_shallow(std::string_view text) {
  bool deep = false;
  const auto object = json::parse(
      text,
      [&deep](int depth, json::parse_event_t, json&) {
        deep = deep || depth > 3;
        return !deep;
      },
      false);
  return deep ? json(json::value_t::discarded) : object;
}

std::string text_of(const json& object, const char* name) {
  const auto found = object.find(name);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::int64_t number_of(const json& object, const char* name) {
  const auto found = object.find(name);
  return found != object.end() && found->is_number_integer() ? found->get<std::int64_t>() : 0;
}

std::vector<unsigned char> bytes_of_hex(const std::string& hex) {
  std::vector<unsigned char> bytes;
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2) {
    const auto digits = hex.substr(i, 2);
    if (digits.find_first_not_of("0123456789abcdef") != std::string::npos) return {};
    bytes.push_back(static_cast<unsigned char>(std::stoi(digits, nullptr, 16)));
  }
  return bytes;
}

}  // namespace

std::expected<AuditLine, std::string> read_audit_line(std::string_view text) {
  if (text.size() > longest_line) return std::unexpected("longer than any line can be");
  auto object = parse_shallow(text);
  if (!object.is_object()) return std::unexpected("not a JSON object");
  if (object.dump(-1, ' ', false, json::error_handler_t::replace) != text) {
    return std::unexpected(
        "not in the canonical form (sorted names, no blanks, no name twice): it was written by hand");
  }
  AuditLine line;
  line.number = number_of(object, "line");
  line.kiosk = text_of(object, "kiosk");
  line.time = text_of(object, "time");
  line.event = text_of(object, "event");
  line.previous = text_of(object, "previous");
  line.hash = text_of(object, "hash");
  if (line.number < 1 || line.kiosk.empty() || line.time.empty() || line.event.empty() ||
      !is_hash(line.previous) || !is_hash(line.hash)) {
    return std::unexpected("lacks line, kiosk, time, event, previous or hash");
  }
  if (line.event == "audit.head_signed") {
    const auto facts = object.value("facts", json::object());
    if (!facts.is_object()) return std::unexpected("holds no signature");
    line.signature = AuditSignature{number_of(facts, "line"), text_of(facts, "hash"), text_of(facts, "key"),
                                    text_of(facts, "signature")};
  }
  object.erase("hash");
  if (sha256_hex(object.dump()) != line.hash)
    return std::unexpected("was changed: its hash does not match its content");
  return line;
}

bool signature_holds(const std::string& public_pem, std::string_view kiosk, const AuditSignature& signature) {
  const std::unique_ptr<BIO, decltype(&BIO_free)> memory(
      BIO_new_mem_buf(public_pem.data(), static_cast<int>(public_pem.size())), &BIO_free);
  const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key(
      PEM_read_bio_PUBKEY(memory.get(), nullptr, nullptr, nullptr), &EVP_PKEY_free);
  if (!key || EVP_PKEY_is_a(key.get(), "ED25519") != 1) return false;

  std::string head = "kiosk-audit-head 1\n";
  head.append(kiosk)
      .append("\n")
      .append(std::to_string(signature.line))
      .append("\n")
      .append(signature.hash)
      .append("\n");
  const auto bytes = bytes_of_hex(signature.signature);
  const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
  return EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, key.get()) == 1 &&
         EVP_DigestVerify(context.get(), bytes.data(), bytes.size(),
                          reinterpret_cast<const unsigned char*>(head.data()), head.size()) == 1;
}

}  // namespace kiosk::records
