#include "screens/widgets/words.hpp"

namespace kiosk::screens {

std::string say(const Look& look, Text text, Values values) {
  return assets::fill(assets::text(text, static_cast<int>(look.language)), values);
}

std::string say(const Look& look, std::string_view id) {
  const auto text = assets::find_text(id);
  return text ? say(look, *text) : std::string();
}

std::string say(const Look& look, std::string_view stem, std::string_view leaf) {
  return say(look, std::string(stem) + '.' + std::string(leaf));
}

std::string joined(const Look& look, std::initializer_list<std::string_view> sentences) {
  std::string all;
  for (const auto sentence : sentences) {
    if (sentence.empty()) continue;
    if (!all.empty() && look.language == Language::en) all += all.ends_with('.') ? " " : ", ";
    if (!all.empty() && look.language == Language::zh_cn && !all.ends_with("。")) all += "，";
    all += sentence;
  }
  return all;
}

std::string in_fours(std::string_view digits) {
  std::string grouped;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    const bool lone = i + 1 == digits.size();  // 13 digits read as 4-4-5
    if (i > 0 && i % 4 == 0 && !lone) grouped += ' ';
    grouped += digits[i];
  }
  return grouped;
}

}  // namespace kiosk::screens
