#pragma once
// What a person does at the kiosk, as a text: one act a line.
//
//   # A note. The first one says what the scenario shows.
//   page PAGE                  wait until the kiosk asks with this page
//   tap NODE                   touch a node of the page
//   type CHARACTERS            touch the keys "key.<character>" one after the other
//   sign NODE                  draw a signature in it
//   turn STATION.KNOB VALUE    do something in the hall: "turn reader.card zhang"
//   see TEXT                   some node of the page says this, or is called so
//   expect STATION.FIELD VALUE wait until the station's state says this: "expect receipt_printer.slips 1"
//   keep FILE                  keep a picture of the glass under this name as well
//   play PART WORD             the acts of parts/PART.txt, with WORD for each {}

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "hal/base/result.hpp"

namespace kiosk::lobby {

enum class Verb { page, tap, type, sign, turn, see, expect, keep, play };

struct Act {
  Verb verb = Verb::page;
  std::string what;   ///< the first word
  std::string value;  ///< the rest of the line
  int line = 0;

  bool operator==(const Act&) const = default;
};

struct Scenario {
  std::string name;
  std::string note;
  std::vector<Act> acts;

  bool operator==(const Scenario&) const = default;
};

/// `malformed` with the line that is not understood.
Result<Scenario> parse_scenario(std::string name, std::string_view text);

/// From NAME.txt in that folder, with its parts put in: no `play` is left. `not_present`.
Result<Scenario> read_scenario(const std::filesystem::path& folder, const std::string& name);

/// The names of all of them, sorted.
std::vector<std::string> scenario_names(const std::filesystem::path& folder);

}  // namespace kiosk::lobby
