#include "firmware/domain/certificate_number.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "firmware/domain/characters.hpp"

namespace kiosk::domain {

namespace {

/// Takes `text` off the front of `rest`; false and nothing done when it does not stand there.
bool skip(std::string_view& rest, std::string_view text) {
  if (!rest.starts_with(text)) return false;
  rest.remove_prefix(text.size());
  return true;
}

/// Takes `least` to `most` digits off the front; -1 when there are not that many.
int take_number(std::string_view& rest, std::size_t least, std::size_t most) {
  std::size_t count = 0;
  int value = 0;
  while (count < rest.size() && count < most && rest[count] >= '0' && rest[count] <= '9') {
    value = value * 10 + (rest[count] - '0');
    ++count;
  }
  if (count < least) return -1;
  rest.remove_prefix(count);
  return value;
}

constexpr std::string_view title_words = "不动产权";
constexpr std::string_view proof_words = "不动产证明";

}  // namespace

std::string normalised_certificate_number(std::string_view text) {
  std::string normal;
  const auto narrow = half_width(text);
  for (const auto character : characters(narrow)) {
    if (character == " " || character == "\t") continue;
    if (character == "(" || character == "[" || character == "〔" || character == "【") {
      normal += "（";
    } else if (character == ")" || character == "]" || character == "〕" || character == "】") {
      normal += "）";
    } else {
      normal += character;
    }
  }
  return normal;
}

Result<CertificateNumber> CertificateNumber::parse(std::string_view text) {
  const auto normal = normalised_certificate_number(text);
  std::string_view rest = normal;
  CertificateNumber parsed;

  const auto first = characters(rest);
  if (first.empty() || first[0].size() != 3) return fail(Errc::malformed, "certificate number: no province");
  parsed.province = first[0];
  rest.remove_prefix(first[0].size());

  if (!skip(rest, "（")) return fail(Errc::malformed, "certificate number: no year");
  parsed.year = take_number(rest, 4, 4);
  if (parsed.year < 2015 || !skip(rest, "）"))
    return fail(Errc::malformed, "certificate number: no year since 2015");

  const auto title = rest.find(title_words);
  const auto proof = rest.find(proof_words);
  const auto words = std::min(title, proof);
  if (words == std::string_view::npos)
    return fail(Errc::malformed, "certificate number: neither title nor proof");
  parsed.authority = rest.substr(0, words);
  parsed.kind = title < proof ? CertificateKind::title : CertificateKind::proof;
  rest.remove_prefix(words);
  skip(rest, title < proof ? title_words : proof_words);

  if (!skip(rest, "第")) return fail(Errc::malformed, "certificate number: no number");
  parsed.number = take_number(rest, 6, 7);
  if (parsed.number < 0 || rest != "号")
    return fail(Errc::malformed, "certificate number: no number of 6 or 7 digits");
  return parsed;
}

std::string CertificateNumber::text() const {
  const auto words = kind == CertificateKind::title ? title_words : proof_words;
  return fmt::format("{}（{}）{}{}第{:07}号", province, year, authority, words, number);
}

bool same_certificate(std::string_view one, std::string_view other) {
  const auto first = CertificateNumber::parse(one);
  const auto second = CertificateNumber::parse(other);
  if (first && second) return *first == *second;
  return normalised_certificate_number(one) == normalised_certificate_number(other);
}

}  // namespace kiosk::domain
