#include "tests/lobby/player/scenario.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <sstream>

#include <fmt/format.h>

namespace kiosk::lobby {
namespace {

struct Grammar {
  std::string_view word;
  bool takes_value;
  bool dotted;  ///< the first word is STATION.KNOB
};
/// By the index of Verb.
constexpr std::array<Grammar, 9> grammar{{{"page", false, false},
                                          {"tap", false, false},
                                          {"type", false, false},
                                          {"sign", false, false},
                                          {"turn", true, true},
                                          {"see", false, false},
                                          {"expect", true, true},
                                          {"keep", false, false},
                                          {"play", true, false}}};

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

/// The first word, which is taken off `text`.
std::string take_word(std::string_view& text) {
  const auto end = std::min(text.find_first_of(" \t"), text.size());
  std::string word(text.substr(0, end));
  text = trimmed(text.substr(end));
  return word;
}

Result<Act> parse_act(std::string_view text, int line) {
  const auto whole = text;
  const auto wrong = [&] { return fail(Errc::malformed, fmt::format("line {}: \"{}\"", line, whole)); };
  const auto word = take_word(text);
  const auto found = std::ranges::find(grammar, word, &Grammar::word);
  if (found == grammar.end() || text.empty()) return wrong();
  Act act{.verb = static_cast<Verb>(found - grammar.begin()), .line = line};
  if (!found->takes_value) {
    act.what = text;
    return act;
  }
  act.what = take_word(text);
  act.value = text;
  if (act.value.empty() || (found->dotted && act.what.find('.') == std::string::npos)) return wrong();
  return act;
}

std::string replaced(std::string text, std::string_view what, std::string_view with) {
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size()))
    text.replace(at, what.size(), with);
  return text;
}

Result<Scenario> read_file(const std::filesystem::path& folder, const std::string& name,
                           std::string_view word) {
  const bool plain =
      !name.empty() && name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") == std::string::npos;
  std::ifstream file(folder / (name + ".txt"));
  if (!plain || !file) return fail(Errc::not_present, "there is no scenario \"" + name + "\"");
  std::ostringstream text;
  text << file.rdbuf();
  auto scenario = parse_scenario(name, word.empty() ? text.str() : replaced(text.str(), "{}", word));
  if (!scenario) return std::unexpected(std::move(scenario).error().in(name + ".txt"));
  return scenario;
}

}  // namespace

Result<Scenario> parse_scenario(std::string name, std::string_view text) {
  Scenario scenario{.name = std::move(name)};
  for (int line = 1; !text.empty(); ++line) {
    const auto end = std::min(text.find('\n'), text.size());
    const auto content = trimmed(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (content.empty()) continue;
    if (content.front() == '#') {
      if (scenario.note.empty()) scenario.note = trimmed(content.substr(1));
      continue;
    }
    auto act = TRY(parse_act(content, line));
    scenario.acts.push_back(std::move(act));
  }
  if (scenario.acts.empty()) return fail(Errc::malformed, "nothing happens in it");
  return scenario;
}

Result<Scenario> read_scenario(const std::filesystem::path& folder, const std::string& name) {
  auto scenario = TRY(read_file(folder, name, {}));
  std::vector<Act> acts;
  for (auto& act : scenario.acts) {
    if (act.verb != Verb::play) {
      acts.push_back(std::move(act));
      continue;
    }
    auto part = TRY(read_file(folder / "parts", act.what, act.value));
    for (auto& inner : part.acts) {
      if (inner.verb == Verb::play) return fail(Errc::malformed, "a part plays no part: " + act.what);
      inner.line = act.line;
      acts.push_back(std::move(inner));
    }
  }
  scenario.acts = std::move(acts);
  return scenario;
}

std::vector<std::string> scenario_names(const std::filesystem::path& folder) {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() == ".txt") names.push_back(entry.path().stem().string());
  }
  std::ranges::sort(names);
  return names;
}

}  // namespace kiosk::lobby
