#include "drivers/registry_http/place.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>

#include <fmt/format.h>

namespace kiosk::drivers::registry_http {
namespace {

constexpr int deepest = 16;

// Before the parser builds a tree: brackets outside of strings.
bool too_deep(std::string_view text) {
  int depth = 0;
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quoted) {
      if (c == '\\') ++i;
      if (c == '"') quoted = false;
    } else if (c == '"') {
      quoted = true;
    } else if (c == '[' || c == '{') {
      if (++depth > deepest) return true;
    } else if (c == ']' || c == '}') {
      --depth;
    }
  }
  return false;
}

bool is_control(char c) {
  return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
}

bool number(std::string_view digits, int& value) {
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return error == std::errc() && end == digits.data() + digits.size();
}

bool is_date(std::string_view text) {
  int year = 0, month = 0, day = 0;
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
  if (!number(text.substr(0, 4), year) || !number(text.substr(5, 2), month) || !number(text.substr(8), day)) {
    return false;
  }
  if (year < 1900 || month < 1 || day < 1) return false;
  return std::chrono::year_month_day(std::chrono::year(year),
                                     std::chrono::month(static_cast<unsigned>(month)),
                                     std::chrono::day(static_cast<unsigned>(day)))
      .ok();
}

}  // namespace

Result<Json> parse_json(std::string_view text) {
  if (too_deep(text)) return fail(Errc::malformed, "the answer's JSON is nested too deep");
  Json json = Json::parse(text, nullptr, false);
  if (json.is_discarded()) return fail(Errc::malformed, "the answer is not JSON");
  return json;
}

void Place::complain(std::string_view what) const {
  if (!complaint_->text.empty()) return;
  complaint_->text = fmt::format("{}: {}", path(), what);
}

std::string Place::path() const {
  if (parent_ == nullptr) return "$";
  if (row_ > 0) return fmt::format("{}.{}[{}]", parent_->path(), name_, row_ - 1);
  return fmt::format("{}.{}", parent_->path(), name_);
}

std::optional<Place> Place::maybe(std::string_view name) const {
  if (node_ == nullptr || !complaint_->text.empty()) return std::nullopt;
  if (!node_->is_object()) {
    complain("not an object");
    return std::nullopt;
  }
  const auto member = node_->find(WipingText(name));
  if (member == node_->end() || member->is_null()) return std::nullopt;
  Place place(*member, *complaint_);
  place.parent_ = this;
  place.name_ = name;
  return place;
}

Place Place::at(std::string_view name) const {
  if (auto place = maybe(name)) return *std::move(place);
  Place nowhere;
  nowhere.parent_ = this;
  nowhere.name_ = name;
  nowhere.complaint_ = complaint_;
  nowhere.complain("missing");
  return nowhere;
}

std::vector<Place> Place::rows(std::string_view name, std::size_t most) const {
  std::vector<Place> rows;
  const Place list = at(name);
  if (list.node_ == nullptr) return rows;
  if (!list.node_->is_array()) {
    list.complain("not a list");
    return rows;
  }
  if (list.node_->size() > most) {
    list.complain("too many rows");
    return rows;
  }
  for (const Json& element : *list.node_) {
    Place& row = rows.emplace_back(element, *complaint_);
    row.parent_ = this;
    row.name_ = name;
    row.row_ = rows.size();
  }
  return rows;
}

std::string_view Place::raw_text(std::size_t most) const {
  if (node_ == nullptr || !complaint_->text.empty()) return {};
  const auto* text = node_->get_ptr<const WipingText*>();
  if (text == nullptr) {
    complain("not a text");
    return {};
  }
  if (text->size() > most) {
    complain("too long");
    return {};
  }
  if (std::ranges::any_of(*text, is_control)) {
    complain("control characters");
    return {};
  }
  return *text;
}

std::string Place::own_text(std::size_t most) const {
  return std::string(raw_text(most));
}

std::string Place::text(std::string_view name, std::size_t most) const {
  return at(name).own_text(most);
}

std::string Place::text_or_empty(std::string_view name, std::size_t most) const {
  const auto member = maybe(name);
  return member ? member->own_text(most) : "";
}

PersonalText Place::personal(std::string_view name, std::size_t most) const {
  return PersonalText(text(name, most));
}

PersonalText Place::personal_or_empty(std::string_view name, std::size_t most) const {
  return PersonalText(text_or_empty(name, most));
}

std::string Place::date(std::string_view name) const {
  const Place member = at(name);
  std::string text = member.own_text(10);
  if (!is_date(text)) member.complain("not a date");
  return text;
}

std::string Place::date_or_empty(std::string_view name) const {
  return maybe(name) ? date(name) : "";
}

bool Place::boolean(std::string_view name) const {
  const Place member = at(name);
  if (member.node_ == nullptr) return false;
  if (!member.node_->is_boolean()) {
    member.complain("not true or false");
    return false;
  }
  return member.node_->get<bool>();
}

std::int64_t Place::integer(std::string_view name, std::int64_t least, std::int64_t most) const {
  const Place member = at(name);
  if (member.node_ == nullptr) return 0;
  const auto* whole = member.node_->get_ptr<const std::int64_t*>();
  if (whole == nullptr || (member.node_->is_number_unsigned() && *whole < 0)) {
    member.complain("not a whole number");
    return 0;
  }
  if (*whole < least || *whole > most) {
    member.complain("out of range");
    return 0;
  }
  return *whole;
}

}  // namespace kiosk::drivers::registry_http
