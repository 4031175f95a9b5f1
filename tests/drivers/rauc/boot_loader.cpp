#include "tests/drivers/rauc/boot_loader.hpp"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <string>

namespace kiosk::testing {
namespace {

constexpr std::string_view head = "# GRUB Environment Block\n";

std::string text_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(in), {}};
  return text.starts_with(head) ? text : "";
}

/// As load_env: the value, or `otherwise` when the file is none of GRUB's or has no such name. What comes
/// before the first line that is broken counts, and a name goes to the next "=", over ends of lines.
std::string load(const std::filesystem::path& file, std::string_view name, std::string otherwise) {
  const auto text = text_of(file);
  for (auto at = head.size(); at < text.size();) {
    if (text[at] != '#') {
      const auto equals = text.find('=', at);
      auto end = equals;
      while (end < text.size() && text[end] != '\n') end += text[end] == '\\' ? 2U : 1U;
      if (end >= text.size()) return otherwise;
      if (text.substr(at, equals - at) == name) otherwise = text.substr(equals + 1, end - equals - 1);
      at = end;
    }
    while (at < text.size() && text[at] != '\n') at += text[at] == '\\' ? 2U : 1U;
    at++;
  }
  return otherwise;
}

/// As save_env, for values of one letter: over the old one, or behind the last one. Nothing is written when
/// the block is broken, which GRUB sees by what stands before the padding.
void save(const std::filesystem::path& file, const std::string& a, const std::string& b) {
  auto text = text_of(file);
  for (const auto& [name, value] : {std::pair{"\nA_TRY=", a}, std::pair{"\nB_TRY=", b}}) {
    const auto last = text.find_last_not_of('#');
    if (last == text.npos || text[last] != '\n') return;
    const auto found = text.find(name);
    const auto line = name + value + '\n';
    if (found == text.npos) {
      text.replace(last, line.size(), line);
    } else {
      const auto begin = found + std::string_view(name).size();
      const auto old = std::min(text.find('\n', begin), text.size()) - begin;
      text.replace(begin, old, value);
      text.resize(1024, '#');
    }
  }
  std::ofstream(file, std::ios::binary) << text;
}

/// As `test`: what follows the digits is passed over, and what has none is 0.
long number_of(const std::string& text) {
  return std::strtol(text.c_str(), nullptr, 0);
}

}  // namespace

hal::Slot boot(const std::filesystem::path& state) {
  std::string first = "A", bad_a, bad_b;
  long newest = -1;
  for (const auto* name : {"state0.env", "state1.env"}) {
    const auto seq = load(state / name, "SEQ", "-1"), primary = load(state / name, "PRIMARY", "A");
    const auto a_bad = load(state / name, "A_BAD", "0"), b_bad = load(state / name, "B_BAD", "0");
    if (number_of(seq) <= newest || load(state / name, "SUM", "") != seq + primary + a_bad + b_bad) continue;
    newest = number_of(seq);
    first = primary == "B" ? "B" : "A";
    bad_a = a_bad;
    bad_b = b_bad;
  }
  auto a = load(state / "try.env", "A_TRY", "0");
  auto b = load(state / "try.env", "B_TRY", "0");
  const auto start = [&](const std::string& slot) {
    auto& tries = slot == "A" ? a : b;
    if ((slot == "A" ? bad_a : bad_b) == "1") return false;
    if (tries == "3") return false;
    tries = tries == "2" ? "3" : tries == "1" ? "2" : "1";
    save(state / "try.env", a, b);
    return true;
  };
  const std::string second = first == "A" ? "B" : "A";
  for (int round = 0;; round++) {
    for (const auto& slot : {first, second}) {
      if (start(slot)) return slot == "A" ? hal::Slot::a : hal::Slot::b;
    }
    if (round == 0) bad_a = bad_b = "";  // better than nothing
    if (round == 1) a = b = "0";         // all had their tries: they are counted anew
  }
}

}  // namespace kiosk::testing
