#include "assets/texts/texts.hpp"

#include <algorithm>

#include "assets/texts/text_table.hpp"

namespace kiosk::assets {

std::string_view text(Text id, int language) {
  return kTexts[static_cast<std::size_t>(id)].words[language];
}

std::string_view id_of(Text id) {
  return kTexts[static_cast<std::size_t>(id)].id;
}

std::optional<Text> find_text(std::string_view id) {
  const auto found = std::ranges::lower_bound(kTexts, id, {}, &TextRow::id);
  if (found == std::end(kTexts) || found->id != id) return std::nullopt;
  return static_cast<Text>(found - std::begin(kTexts));
}

std::string fill(std::string_view pattern,
                 std::initializer_list<std::pair<std::string_view, std::string_view>> values) {
  std::string filled;
  while (!pattern.empty()) {
    const auto open = pattern.find('{');
    filled += pattern.substr(0, open);
    if (open == pattern.npos) break;
    const auto close = pattern.find('}', open);
    const auto name = pattern.substr(open + 1, close - open - 1);
    const auto value = std::ranges::find(values, name, &std::pair<std::string_view, std::string_view>::first);
    filled += value == values.end() ? pattern.substr(open, close - open + 1) : value->second;
    if (close == pattern.npos) break;
    pattern.remove_prefix(close + 1);
  }
  return filled;
}

}  // namespace kiosk::assets
