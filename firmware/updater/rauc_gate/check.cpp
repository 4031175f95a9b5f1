#include "firmware/updater/rauc_gate/check.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <map>
#include <utility>

#include <fmt/format.h>

namespace kiosk::updater::rauc_gate {
namespace {

/// "section/name" to value.
using Keys = std::map<std::string, std::string, std::less<>>;

std::string_view trimmed(std::string_view text) {
  constexpr auto blanks = " \t\r";
  const auto begin = text.find_first_not_of(blanks);
  if (begin == text.npos) return {};
  return text.substr(begin, text.find_last_not_of(blanks) - begin + 1);
}

/// But for the tab, which every reader takes for a blank.
bool is_control(char c) {
  return c != '\t' && std::iscntrl(static_cast<unsigned char>(c)) != 0;
}

Result<Keys> read_keys(std::string_view text) {
  Keys keys;
  std::string section;
  int number = 0;
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size());
    const auto line = trimmed(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    ++number;
    const auto wrong = [&](std::string_view why) {
      return fail(Errc::malformed, fmt::format("line {}: {}", number, why));
    };
    // To GLib a form feed at a key's end is a blank, and the key another one than here.
    if (std::ranges::any_of(line, is_control)) return wrong("a control character");
    if (line.empty() || line.front() == '#') continue;
    if (line.front() == '[') {
      if (line.back() != ']') return wrong("a section without its end");
      section = line.substr(1, line.size() - 2);
      continue;
    }
    const auto equals = line.find('=');
    if (equals == line.npos) return wrong("neither a section nor a key");
    auto name = section + "/" + std::string(trimmed(line.substr(0, equals)));
    const auto [place, is_new] = keys.emplace(std::move(name), trimmed(line.substr(equals + 1)));
    // Two readers of one file must not see two things in it.
    if (!is_new) return wrong(place->first + " stands twice");
  }
  return keys;
}

Result<std::int64_t> number(const Keys& keys, std::string_view name, std::int64_t least) {
  const auto found = keys.find(name);
  if (found == keys.end()) return fail(Errc::malformed, fmt::format("{} is missing", name));
  const auto& text = found->second;
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error == std::errc() && end == text.data() + text.size() && value >= least) return value;
  return fail(Errc::malformed, fmt::format("{} must be a number from {}", name, least));
}

}  // namespace

Result<Manifest> read_manifest(std::string_view text) {
  const auto keys = TRY(read_keys(text));
  Manifest manifest;
  // RAUC 1.8 keeps no section of others when it writes the manifest anew; of its own, "build" is free text.
  const auto build = keys.find("update/build");
  if (build == keys.end()) return fail(Errc::malformed, "update/build is missing");
  auto lines = build->second;
  std::ranges::replace(lines, ' ', '\n');
  const auto label = TRY(read_keys(lines));
  manifest.secver = TRY(number(label, "/secver", 1));
  manifest.data_schema = TRY(number(label, "/data_schema", 1));
  const auto compatible = keys.find("update/compatible");
  if (compatible == keys.end()) return fail(Errc::malformed, "update/compatible is missing");
  manifest.compatible = compatible->second;
  return manifest;
}

Result<Floor> read_floor(std::string_view text) {
  const auto keys = TRY(read_keys(text));
  Floor floor;
  floor.secver = TRY(number(keys, "/secver", 0));
  floor.data_schema = TRY(number(keys, "/data_schema", 0));
  return floor;
}

Result<void> check(const Manifest& manifest, const Floor& floor, std::string_view compatible) {
  if (manifest.compatible != compatible) {
    return fail(Errc::refused, fmt::format("for \"{}\", this is \"{}\"", manifest.compatible, compatible));
  }
  if (manifest.secver <= floor.secver) {
    return fail(Errc::refused, fmt::format("secver {} is not above {}", manifest.secver, floor.secver));
  }
  if (manifest.data_schema < floor.data_schema) {
    return fail(Errc::refused, fmt::format("reads records up to {}, here they are {}", manifest.data_schema,
                                           floor.data_schema));
  }
  return {};
}

}  // namespace kiosk::updater::rauc_gate
