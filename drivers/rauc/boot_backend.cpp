#include "drivers/rauc/boot_backend.hpp"

#include <optional>
#include <ostream>
#include <string_view>

namespace kiosk::drivers::rauc {
namespace {

constexpr int done = 0, refused = 1, wrong_use = 2;

std::optional<hal::Slot> slot_named(std::string_view name) {
  if (name == "A") return hal::Slot::a;
  if (name == "B") return hal::Slot::b;
  return std::nullopt;
}

int complain(const Error& error, std::ostream& err) {
  err << "boot backend: " << error.what << '\n';
  return refused;
}

int say(const char* word, std::ostream& out) {
  out << word << std::endl;
  return out ? done : refused;
}

}  // namespace

int boot_backend_command(BootState& state, const std::vector<std::string>& words, std::ostream& out,
                         std::ostream& err) {
  const std::string command = words.empty() ? "" : words[0];
  auto choice = state.choice();
  if (!choice) return complain(choice.error(), err);
  if (command == "get-primary" && words.size() == 1) return say(name_of(choice->first), out);
  if (command == "get-trial" && words.size() == 1) {
    return choice->on_trial ? say(name_of(*choice->on_trial), out) : done;
  }

  const auto slot = words.size() > 1 ? slot_named(words[1]) : std::nullopt;
  if (!slot) return wrong_use;
  auto& bad = choice->bad[static_cast<std::size_t>(*slot)];
  if (command == "get-state" && words.size() == 2) return say(bad ? "bad" : "good", out);
  if (command == "clear-tries" && words.size() == 2) {
    if (bad || choice->on_trial == *slot) return refused;
    auto tries = state.tries();
    if (!tries) return complain(tries.error(), err);
    (*tries)[static_cast<std::size_t>(*slot)] = 0;
    const auto kept = state.set_tries(*tries);
    return kept ? done : complain(kept.error(), err);
  }
  if (command != "set-state" || words.size() != 3 || words[2] != "bad") return refused;
  if (*slot == choice->first) return refused;
  bad = true;
  const auto kept = state.choose(*choice);
  return kept ? done : complain(kept.error(), err);
}

}  // namespace kiosk::drivers::rauc
