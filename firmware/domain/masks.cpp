#include "firmware/domain/masks.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <string_view>
#include <vector>

#include "firmware/domain/characters.hpp"
#include "firmware/domain/citizen_number.hpp"

namespace kiosk::domain {

namespace {

/// The first `front` and last `back` characters, a star for each one between.
std::string keep_ends(std::string_view text, std::size_t front, std::size_t back) {
  const auto parts = characters(text);
  std::string masked;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    masked += i < front || i + back >= parts.size() ? parts[i] : std::string_view("*");
  }
  return masked;
}

std::string mask_latin(std::string_view name) {
  std::string masked;
  bool first = true;
  for (const char c : name) {
    masked += c == ' ' || first ? c : '*';
    first = c == ' ';
  }
  return masked;
}

bool is_ascii(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

/// Where the first of `marks` ends in `text`, or 0: a later 号 may be the room's.
std::size_t end_of_first(std::string_view text, std::span<const std::string_view> marks) {
  std::size_t start = text.size();
  std::size_t end = 0;
  for (const auto mark : marks) {
    const auto at = text.find(mark);
    if (at >= start) continue;
    start = at;
    end = at + mark.size();
  }
  return end;
}

/// Where the last of `marks` ends in `text`, or 0.
std::size_t end_of_last(std::string_view text, std::span<const std::string_view> marks) {
  std::size_t end = 0;
  for (const auto mark : marks) {
    const auto at = text.rfind(mark);
    if (at != std::string_view::npos) end = std::max(end, at + mark.size());
  }
  return end;
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

}  // namespace

std::string mask_name(const PersonalText& name) {
  const std::string_view text = name.reveal();
  const auto length = characters(text).size();
  if (length <= 1) return std::string(length, '*');
  if (is_ascii(text)) return mask_latin(text);
  return keep_ends(text, 1, length == 2 ? 0 : 1);
}

std::string mask_number(const PersonalText& number) {
  const auto length = characters(number.reveal()).size();
  const std::size_t kept = length >= 12 ? 4 : length >= 6 ? 2 : 0;
  return keep_ends(number.reveal(), kept, kept);
}

std::string mask_phone(const PersonalText& phone) {
  const auto length = characters(phone.reveal()).size();
  return keep_ends(phone.reveal(), length == 11 ? 3 : 0, length > 4 ? 4 : 0);
}

std::string mask_address(const PersonalText& address) {
  static constexpr std::array<std::string_view, 4> buildings{"号楼", "幢", "栋", "座"};
  static constexpr std::array<std::string_view, 4> houses{"号院", "号", "弄", "村"};
  const std::string_view text = address.reveal();
  if (text.empty()) return {};
  auto end = end_of_last(text, buildings);
  if (end == 0) end = end_of_first(text, houses);
  if (end == 0) {
    const auto parts = characters(text);
    for (std::size_t i = 0; i < parts.size() / 2; ++i) end += parts[i].size();
  }
  return std::string(text.substr(0, end)) + '*';
}

std::pair<std::string, bool> without_citizen_numbers(std::string_view text) {
  std::string clean(text);
  bool found = false;
  for (std::size_t at = 0; at + 18 <= clean.size(); ++at) {
    const bool digit_before = at > 0 && is_digit(clean[at - 1]);
    const bool digit_after = at + 18 < clean.size() && is_digit(clean[at + 18]);
    if (digit_before || digit_after || !is_digit(clean[at])) continue;
    const PersonalText candidate(clean.substr(at, 18));
    if (!CitizenNumber::parse(candidate)) continue;
    clean.replace(at, 18, mask_number(candidate));
    found = true;
  }
  return {std::move(clean), found};
}

}  // namespace kiosk::domain
