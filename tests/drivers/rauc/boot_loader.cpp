#include "tests/drivers/rauc/boot_loader.hpp"

#include <fstream>
#include <string>

namespace kiosk::testing {
namespace {

/// As load_env: the value, or `otherwise` when the file is none of GRUB's or has no such name.
std::string load(const std::filesystem::path& file, const std::string& name, const std::string& otherwise) {
  std::ifstream in(file, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  if (!text.starts_with("# GRUB Environment Block\n")) return otherwise;
  const auto at = text.find("\n" + name + "=");
  if (at == text.npos) return otherwise;
  const auto begin = at + name.size() + 2;
  return text.substr(begin, text.find('\n', begin) - begin);
}

void save(const std::filesystem::path& file, const std::string& a, const std::string& b) {
  std::string text = "# GRUB Environment Block\nA_TRY=" + a + "\nB_TRY=" + b + "\n";
  text.resize(1024, '#');
  std::ofstream(file, std::ios::binary) << text;
}

}  // namespace

hal::Slot boot(const std::filesystem::path& state) {
  std::string first = "A", bad_a, bad_b;
  long newest = -1;
  for (const auto* name : {"state0.env", "state1.env"}) {
    const auto number = std::stol(load(state / name, "SEQ", "-1"));
    if (number <= newest) continue;
    newest = number;
    first = load(state / name, "PRIMARY", "A") == "B" ? "B" : "A";
    bad_a = load(state / name, "A_BAD", "");
    bad_b = load(state / name, "B_BAD", "");
  }
  auto a = load(state / "try.env", "A_TRY", "0");
  auto b = load(state / "try.env", "B_TRY", "0");
  const auto start = [&](const std::string& slot) {
    auto& tries = slot == "A" ? a : b;
    if ((slot == "A" ? bad_a : bad_b) == "1" || tries > "2") return false;
    tries = std::to_string(std::stoi(tries) + 1);
    save(state / "try.env", a, b);
    return true;
  };
  const std::string second = first == "A" ? "B" : "A";
  for (int round = 0;; round++) {
    for (const auto& slot : {first, second}) {
      if (start(slot)) return slot == "A" ? hal::Slot::a : hal::Slot::b;
    }
    a = b = "0";  // both had their tries: they are counted anew
    if (round == 1) bad_a = bad_b = "";
  }
}

}  // namespace kiosk::testing
