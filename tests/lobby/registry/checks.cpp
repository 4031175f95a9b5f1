#include "tests/lobby/registry/checks.hpp"

#include <algorithm>
#include <array>
#include <cctype>

#include <nlohmann/json.hpp>
#include <openssl/sha.h>

namespace kiosk::lobby {
namespace {

bool digits(std::string_view text) {
  return std::ranges::all_of(text, [](unsigned char c) { return std::isdigit(c) != 0; });
}

std::size_t letter_size(unsigned char first) {
  return first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
}

void replace_all(std::string& text, std::string_view what, std::string_view with) {
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at))
    text.replace(at, what.size(), with);
}

std::string plain_certificate(std::string_view text) {
  std::string plain(text);
  replace_all(plain, " ", "");
  replace_all(plain, "（", "(");
  replace_all(plain, "）", ")");
  replace_all(plain, "第0", "第");
  return plain;
}

bool has_strokes(const Bytes& strokes) {
  const auto json = nlohmann::json::parse(strokes.begin(), strokes.end(), nullptr, false);
  return json.is_array() && !json.empty() &&
         std::ranges::all_of(json, [](const auto& stroke) { return stroke.is_array() && !stroke.empty(); });
}

bool starts_with(const Bytes& bytes, std::string_view magic) {
  return as_text(bytes).starts_with(magic);
}

}  // namespace

bool number_fits(const hal::IdCard& card) {
  const std::string& number = card.number.reveal();
  if (card.kind == hal::CardKind::foreign_permanent_2017) {
    return number.size() == 15 && digits(number.substr(3)) &&
           std::ranges::all_of(number.substr(0, 3), [](unsigned char c) { return std::isupper(c) != 0; });
  }
  if (number.size() != 18 || !digits(number.substr(0, 17))) return false;
  constexpr std::array weights{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
  int sum = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) sum += (number[i] - '0') * weights[i];
  return number[17] == "10X98765432"[sum % 11];
}

std::string masked(const std::string& name) {
  std::vector<std::string> letters;
  for (std::size_t at = 0; at < name.size();) {
    const auto size = letter_size(static_cast<unsigned char>(name[at]));
    letters.push_back(name.substr(at, size));
    at += size;
  }
  if (letters.empty()) return "*";
  return letters.size() < 3 ? letters.front() + "*" : letters.front() + "*" + letters.back();
}

std::string masked_phone(const std::string& phone) {
  return phone.substr(0, 3) + "****" + phone.substr(phone.size() - 4);
}

std::string masked_number(const std::string& number) {
  if (number.size() < 12) return "****";
  return number.substr(0, 6) + std::string(number.size() - 10, '*') + number.substr(number.size() - 4);
}

std::string number_before_1999(const std::string& number) {
  if (number.size() != 18 || number.substr(6, 2) != "19") return {};
  return number.substr(0, 6) + number.substr(8, 9);
}

bool same_person(const std::string& on_register, const std::string& on_card) {
  return !on_register.empty() && (on_register == on_card || on_register == number_before_1999(on_card));
}

bool same_certificate(std::string_view one, std::string_view other) {
  return plain_certificate(one) == plain_certificate(other);
}

std::string certificate_of_either_kind(std::string_view certificate) {
  auto plain = plain_certificate(certificate);
  for (const auto* kind : {"不动产权第", "不动产证明第"}) replace_all(plain, kind, "第");
  return plain;
}

std::string sha256_hex(BytesView bytes) {
  Bytes digest(SHA256_DIGEST_LENGTH);
  SHA256(bytes.data(), bytes.size(), digest.data());
  return to_hex(digest);
}

Result<void> check_papers(const hal::Application& application) {
  if (!starts_with(application.document_pdf.reveal(), "%PDF-")) {
    return fail(Errc::refused, "document_invalid: not a PDF");
  }
  if (application.signatures.size() != 1 + application.other_owners.size()) {
    return fail(Errc::refused, "signature_missing: one for each who asks");
  }
  const auto digest = sha256_hex(application.document_pdf.reveal());
  for (const auto& signature : application.signatures) {
    if (signature.document_sha256 != digest) {
      return fail(Errc::refused, "document_digest_mismatch: signed another document");
    }
    if (!signature.witness.empty()) continue;  // the authority knows its own evidence
    if (!starts_with(signature.png.reveal(), "\x89PNG\r\n\x1a\n") ||
        !has_strokes(signature.strokes_json.reveal())) {
      return fail(Errc::refused, "signature_invalid: no strokes or no picture");
    }
  }
  return {};
}

}  // namespace kiosk::lobby
