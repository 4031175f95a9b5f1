// What RAUC asks to learn and to change whose turn it is at the next start: its custom boot loader backend.
// It may say that a slot it begins to write is bad. Everything else is for the updater alone, which asks the
// boot state itself, so that nobody who talks RAUC into something has a slot started that was not looked at.
//
// Source: RAUC 1.8, "Custom" in "Bootloader Interaction".

#include <cstdio>
#include <optional>
#include <string_view>

#include "drivers/rauc/boot_state.hpp"

namespace {

using namespace kiosk;
using drivers::rauc::BootState;

constexpr int refused = 1;
constexpr int wrong_use = 2;

std::optional<hal::Slot> slot_named(std::string_view name) {
  if (name == "A") return hal::Slot::a;
  if (name == "B") return hal::Slot::b;
  return std::nullopt;
}

int say(const char* word) {
  return std::puts(word) < 0 ? refused : 0;
}

int complain(const Error& error) {
  std::fprintf(stderr, "boot backend: %s\n", error.what.c_str());
  return refused;
}

}  // namespace

int main(int count, char** words) {
  BootState state("/state");
  const std::string_view command = count > 1 ? words[1] : "";
  auto choice = state.choice();
  if (!choice) return complain(choice.error());
  if (command == "get-primary" && count == 2) return say(name_of(choice->first));

  const auto slot = count > 2 ? slot_named(words[2]) : std::nullopt;
  if (!slot) return wrong_use;
  auto& bad = choice->bad[static_cast<std::size_t>(*slot)];
  if (command == "get-state" && count == 3) return say(bad ? "bad" : "good");
  if (command != "set-state" || count != 4 || std::string_view(words[3]) != "bad") return refused;
  if (*slot == choice->first) return refused;
  bad = true;
  const auto kept = state.choose(*choice);
  return kept ? 0 : complain(kept.error());
}
