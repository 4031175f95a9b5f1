#include "hal/base/options.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace kiosk {

Options::Options(std::string file, std::string table, int line, std::map<std::string, Entry> entries)
    : file_(std::move(file)), table_(std::move(table)), line_(line), entries_(std::move(entries)) {}

Error Options::refuse(const std::string& key, std::string_view why) const {
  const auto entry = entries_.find(key);
  const int line = entry == entries_.end() ? line_ : entry->second.line;
  const auto place =
      line > 0 ? fmt::format("{}:{}", file_, line) : file_;  // a table that is missing has no line
  return {Errc::malformed, fmt::format("{}: [{}] {}: {}", place, table_, key, why)};
}

const Options::Entry* Options::take(const std::string& key) {
  taken_[key] = true;
  const auto entry = entries_.find(key);
  return entry == entries_.end() ? nullptr : &entry->second;
}

Result<std::string> Options::text(const std::string& key) {
  const auto* entry = take(key);
  if (entry == nullptr) return std::unexpected(refuse(key, "is missing; a text is needed"));
  const auto* value = std::get_if<std::string>(&entry->value);
  if (value == nullptr || value->empty()) return std::unexpected(refuse(key, "must be a text in quotes"));
  return *value;
}

Result<std::string> Options::text_or(const std::string& key, std::string fallback) {
  return has(key) ? text(key) : (take(key), Result<std::string>(std::move(fallback)));
}

Result<std::string> Options::one_of(const std::string& key, std::initializer_list<std::string_view> allowed,
                                    std::string_view fallback) {
  if (!has(key) && !fallback.empty()) {
    take(key);
    return std::string(fallback);
  }
  const auto value = text(key);
  if (value && std::ranges::find(allowed, *value) != allowed.end()) return *value;
  const auto given = value ? fmt::format("\"{}\" is not known", *value) : "is missing";
  return std::unexpected(refuse(key, fmt::format("{}; allowed: {}", given, fmt::join(allowed, ", "))));
}

Result<int> Options::number(const std::string& key, int least, int most) {
  const auto* entry = take(key);
  const auto allowed = fmt::format("a whole number from {} to {}", least, most);
  if (entry == nullptr) return std::unexpected(refuse(key, "is missing; allowed: " + allowed));
  const auto* value = std::get_if<std::int64_t>(&entry->value);
  if (value == nullptr) return std::unexpected(refuse(key, "must be " + allowed));
  if (*value < least || *value > most) {
    return std::unexpected(refuse(key, fmt::format("{} is out of range; allowed: {}", *value, allowed)));
  }
  return static_cast<int>(*value);
}

Result<int> Options::number_or(const std::string& key, int least, int most, int fallback) {
  return has(key) ? number(key, least, most) : (take(key), Result<int>(fallback));
}

Result<double> Options::decimal_or(const std::string& key, double least, double most, double fallback) {
  const auto* entry = take(key);
  if (entry == nullptr) return fallback;
  std::optional<double> value;
  if (const auto* decimal = std::get_if<double>(&entry->value)) value = *decimal;
  if (const auto* whole = std::get_if<std::int64_t>(&entry->value)) value = static_cast<double>(*whole);
  if (!value || !(*value >= least && *value <= most)) {
    return std::unexpected(refuse(key, fmt::format("must be a number from {} to {}", least, most)));
  }
  return *value;
}

Result<bool> Options::flag_or(const std::string& key, bool fallback) {
  const auto* entry = take(key);
  if (entry == nullptr) return fallback;
  const auto* value = std::get_if<bool>(&entry->value);
  if (value == nullptr) return std::unexpected(refuse(key, "must be true or false"));
  return *value;
}

Result<Options::Texts> Options::texts(const std::string& key) {
  const auto* entry = take(key);
  if (entry == nullptr) return Texts{};
  const auto* value = std::get_if<Texts>(&entry->value);
  if (value == nullptr)
    return std::unexpected(refuse(key, "must be a list of texts, such as [\"a\", \"b\"]"));
  return *value;
}

Result<void> Options::finish() const {
  for (const auto& [key, entry] : entries_) {
    if (taken_.contains(key)) continue;
    std::vector<std::string_view> known;
    for (const auto& [name, unused] : taken_) known.push_back(name);
    return std::unexpected(refuse(key, fmt::format("is not known here; known: {}", fmt::join(known, ", "))));
  }
  return {};
}

}  // namespace kiosk
