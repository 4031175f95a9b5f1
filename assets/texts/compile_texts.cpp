// compile_texts OUT_FOLDER LANGUAGE.po...: checks the languages against each other and writes text_ids.hpp
// (the enum) and text_table.hpp (the words). The first language is the measure for the others.

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gettext-po.h>

namespace {

using Texts = std::map<std::string, std::string>;

int faults = 0;

void fault(const std::string& file, const std::string& why) {
  fmt::print(stderr, "{}: {}\n", file, why);
  ++faults;
}

extern "C" void on_error(int severity, po_message_t, const char* file, std::size_t line, std::size_t, int,
                         const char* message) {
  if (severity != PO_SEVERITY_WARNING)
    fault(fmt::format("{}:{}", file == nullptr ? "" : file, line), message);
}
extern "C" void on_error_pair(int severity, po_message_t, const char* file, std::size_t line, std::size_t,
                              int, const char* message, po_message_t, const char*, std::size_t, std::size_t,
                              int, const char*) {
  if (severity != PO_SEVERITY_WARNING)
    fault(fmt::format("{}:{}", file == nullptr ? "" : file, line), message);
}

Texts read(const char* file) {
  const po_xerror_handler handler{.xerror = on_error, .xerror2 = on_error_pair};
  const po_file_t po = po_file_read(file, &handler);
  if (po == nullptr) {
    fault(file, "cannot be read");
    return {};
  }
  Texts texts;
  const po_message_iterator_t messages = po_message_iterator(po, nullptr);
  while (const po_message_t message = po_next_message(messages)) {
    const std::string id = po_message_msgid(message), words = po_message_msgstr(message);
    if (id.empty()) continue;  // the header
    if (words.empty()) fault(file, fmt::format("{}: no words", id));
    texts[id] = words;
  }
  po_message_iterator_free(messages);
  po_file_free(po);
  return texts;
}

std::set<std::string> placeholders(const std::string& words) {
  std::set<std::string> names;
  for (auto open = words.find('{'); open != words.npos; open = words.find('{', open + 1))
    names.insert(words.substr(open, words.find('}', open) - open + 1));
  return names;
}

void compare(const std::string& file, const Texts& texts, const Texts& measure) {
  for (const auto& [id, words] : measure) {
    const auto other = texts.find(id);
    if (other == texts.end())
      fault(file, fmt::format("{}: missing in this language", id));
    else if (placeholders(other->second) != placeholders(words))
      fault(file, fmt::format("{}: other placeholders than in the first language", id));
  }
  for (const auto& [id, words] : texts) {
    if (!measure.contains(id)) fault(file, fmt::format("{}: not in the first language", id));
  }
}

std::string enumerator(std::string id) {
  std::ranges::replace(id, '.', '_');
  return id;
}

std::string quoted(const std::string& words) {
  std::string out = "\"";
  for (const char c : words) {
    if (c == '"' || c == '\\') out += '\\';
    if (c == '\n')
      out += "\\n";
    else
      out += c;
  }
  return out + '"';
}

/// Unchanged files keep their time, so that new words do not rebuild every screen.
void write(const std::filesystem::path& file, const std::string& content) {
  std::stringstream before;
  before << std::ifstream(file).rdbuf();
  if (before.str() != content) std::ofstream(file) << content;
}

std::string enum_header(const Texts& texts) {
  std::string out =
      "#pragma once\n// Made by compile_texts.\n\n#include <cstdint>\n\nnamespace kiosk::assets {\n\n"
      "enum class Text : std::uint16_t {\n";
  for (const auto& [id, words] : texts) out += fmt::format("  {},\n", enumerator(id));
  return out + "};\n\n}  // namespace kiosk::assets\n";
}

std::string table(const std::vector<Texts>& languages) {
  std::string out = fmt::format(
      "#pragma once\n// Made by compile_texts.\n\n#include <string_view>\n\nnamespace kiosk::assets {{\n\n"
      "struct TextRow {{\n  std::string_view id;\n  std::string_view words[{}];\n}};\n\n"
      "inline constexpr TextRow kTexts[] = {{\n",
      languages.size());
  for (const auto& [id, words] : languages.front()) {
    out += fmt::format("    {{{}, {{", quoted(id));
    for (const Texts& language : languages) out += quoted(language.at(id)) + ", ";
    out += "}},\n";
  }
  return out + "};\n\n}  // namespace kiosk::assets\n";
}

}  // namespace

int main(int argc, char** argv) {
  std::vector<Texts> languages;
  for (int i = 2; i < argc; ++i) {
    languages.push_back(read(argv[i]));
    compare(argv[i], languages.back(), languages.front());
  }
  std::set<std::string> enumerators;
  for (const auto& [id, words] : languages.front()) {
    if (!enumerators.insert(enumerator(id)).second) fault(argv[2], id + ": another id looks the same in C++");
  }
  if (faults > 0) return 1;
  const std::filesystem::path folder = argv[1];
  write(folder / "text_ids.hpp", enum_header(languages.front()));
  write(folder / "text_table.hpp", table(languages));
}
