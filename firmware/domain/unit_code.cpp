#include "firmware/domain/unit_code.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "firmware/domain/characters.hpp"

namespace kiosk::domain {

namespace {

bool all_digits(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

bool one_of(char c, std::string_view choices) {
  return choices.find(c) != std::string_view::npos;
}

}  // namespace

Result<UnitCode> UnitCode::parse(std::string_view text) {
  std::string code;
  for (char c : half_width(text)) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    if (c != ' ') code += c;
  }
  const std::string_view view = code;
  if (code.size() != 28) return fail(Errc::malformed, "unit code: not 28 characters");
  if (!all_digits(view.substr(0, 12)))
    return fail(Errc::malformed, "unit code: county and district are digits");
  if (!one_of(code[12], "GJZ")) return fail(Errc::malformed, "unit code: ownership is G, J or Z");
  if (code[13] < 'A' || code[13] > 'Z')
    return fail(Errc::malformed, "unit code: the parcel's feature is a letter");
  if (!all_digits(view.substr(14, 5)))
    return fail(Errc::malformed, "unit code: the parcel's number is digits");
  if (!one_of(code[19], "FLQW")) return fail(Errc::malformed, "unit code: the fixture is F, L, Q or W");
  if (!all_digits(view.substr(20))) return fail(Errc::malformed, "unit code: the unit's number is digits");
  if (code[19] == 'W' && view.substr(20) != "00000000") {
    return fail(Errc::malformed, "unit code: W stands before eight zeros");
  }
  return UnitCode(std::move(code));
}

Fixture UnitCode::fixture() const {
  switch (text_[19]) {
    case 'F':
      return Fixture::house;
    case 'L':
      return Fixture::forest;
    case 'Q':
      return Fixture::other;
    default:
      return Fixture::none;
  }
}

std::string UnitCode::shown() const {
  return fmt::format("{} {} {} {}", view(0, 6), view(6, 6), view(12, 7), view(19, 9));
}

}  // namespace kiosk::domain
