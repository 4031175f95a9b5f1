#include "firmware/toml/tables.hpp"

#include <algorithm>
#include <utility>

#define TOML_EXCEPTIONS 0
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <toml++/toml.h>

#include "hal/base/file.hpp"

namespace kiosk::toml_tables {
namespace {

Result<toml::table> toml_of(std::string_view text, const std::string& name) {
  auto parsed = toml::parse(text, name);
  if (parsed) return std::move(parsed).table();
  const auto& error = parsed.error();
  return fail(Errc::malformed, fmt::format("{}:{}: {}", name, error.source().begin.line,
                                           std::string_view(error.description())));
}

int line_of(const toml::node& node) {
  return static_cast<int>(node.source().begin.line);
}

Result<Options::Value> value_of(const toml::node& node) {
  if (const auto* text = node.as_string()) return Options::Value(text->get());
  if (const auto* number = node.as_integer()) return Options::Value(number->get());
  if (const auto* number = node.as_floating_point()) return Options::Value(number->get());
  if (const auto* flag = node.as_boolean()) return Options::Value(flag->get());
  const auto* list = node.as_array();
  if (list == nullptr)
    return fail(Errc::malformed, "must be a text, a number, true, false or a list of texts");
  Options::Texts texts;
  for (const auto& entry : *list) {
    const auto* text = entry.as_string();
    if (text == nullptr) return fail(Errc::malformed, "lists hold texts only");
    texts.push_back(text->get());
  }
  return Options::Value(std::move(texts));
}

Result<Options> options_of(const std::string& file, const std::string& name, const toml::table& table) {
  std::map<std::string, Options::Entry> entries;
  for (const auto& [key, node] : table) {
    auto value = value_of(node);
    if (!value) {
      return fail(Errc::malformed, fmt::format("{}:{}: [{}] {}: {}", file, line_of(node), name,
                                               std::string_view(key.str()), value.error().what));
    }
    entries.emplace(std::string(key.str()), Options::Entry{std::move(*value), line_of(node)});
  }
  return Options(file, name, line_of(table), std::move(entries));
}

}  // namespace

Result<std::string> text_at(std::string_view text, const std::string& name, std::string_view table,
                            std::string_view key) {
  const auto file = TRY(toml_of(text, name));
  return file[table][key].value_or(std::string());
}

Result<Tables> parse(std::string_view text, const std::string& name,
                     std::span<const std::string_view> known) {
  const auto file = TRY(toml_of(text, name));
  Tables tables;
  for (const auto& [key, node] : file) {
    const std::string table(key.str());
    if (std::ranges::find(known, table) == known.end()) {
      return fail(Errc::malformed, fmt::format("{}:{}: [{}] is not known; tables: {}", name, line_of(node),
                                               table, fmt::join(known, ", ")));
    }
    if (!node.is_table()) {
      return fail(Errc::malformed,
                  fmt::format("{}:{}: {} must be a table: [{}]", name, line_of(node), table, table));
    }
    auto options = TRY(options_of(name, table, *node.as_table()));
    tables.emplace(table, std::move(options));
  }
  for (const auto table : known)
    tables.try_emplace(std::string(table), Options(name, std::string(table), 0, {}));
  return tables;
}

Result<Tables> read(const std::filesystem::path& file, std::span<const std::string_view> known) {
  constexpr std::size_t most = 1 << 20;
  auto text = read_file(file, most);
  if (!text && text.error().code == Errc::not_present) return fail(Errc::storage, text.error().what);
  if (!text) return std::unexpected(text.error());
  return parse(*text, file.filename().string(), known);
}

}  // namespace kiosk::toml_tables
