#include "firmware/domain/social_credit_code.hpp"

#include "firmware/domain/characters.hpp"

namespace kiosk::domain {

Result<std::string> parse_social_credit_code(std::string_view text) {
  static constexpr std::string_view alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
  std::string code;
  for (char c : half_width(text)) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    if (c != ' ') code += c;
  }
  if (code.size() != 18) return fail(Errc::malformed, "social credit code: not 18 characters");

  std::size_t sum = 0;
  std::size_t weight = 1;  // 3 to the power of the place, modulo 31
  for (const char c : code.substr(0, 17)) {
    const auto value = alphabet.find(c);
    if (value == std::string_view::npos)
      return fail(Errc::malformed, "social credit code: a letter not in use");
    sum += value * weight;
    weight = weight * 3 % 31;
  }
  if (code[17] != alphabet[(31 - sum % 31) % 31]) {
    return fail(Errc::malformed, "social credit code: the check character does not hold");
  }
  return code;
}

}  // namespace kiosk::domain
