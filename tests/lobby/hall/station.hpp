#pragma once
// One thing of the hall that a hand can touch: the same for the web page, the player and the tests.

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "hal/base/bytes.hpp"
#include "hal/base/result.hpp"

namespace kiosk::lobby {

/// What can be done: `turn("open")`. Runs on any thread. `refused` for a value that it does not know, with
/// those that it does.
struct Knob {
  std::string name;  ///< "cover"
  std::function<Result<void>(const std::string& value)> turn;
};

/// Something to look at: a slip, a page, a face.
struct Exhibit {
  std::string type;  ///< "image/png"
  Bytes bytes;
};

struct Station {
  std::string name;  ///< "receipt_printer"
  std::vector<Knob> knobs;
  std::function<nlohmann::json()> state;                                   ///< for the page; any thread
  std::function<std::optional<Exhibit>(const std::string&)> exhibit = {};  ///< "3.png"; any thread
};

class Stations {
 public:
  void add(Station station) { all_.push_back(std::move(station)); }

  /// `not_present` when there is no such station or knob.
  Result<void> turn(std::string_view station, std::string_view knob, const std::string& value) const;

  /// {"reader": {...}, ...}
  nlohmann::json state() const;

  std::optional<Exhibit> exhibit(std::string_view station, const std::string& name) const;

 private:
  const Station* find(std::string_view name) const;

  std::vector<Station> all_;
};

/// A knob with two positions.
Knob switch_knob(std::string name, const std::function<void(bool on)>& turn);

/// A knob with named positions.
Knob choice_knob(std::string name, std::vector<std::pair<std::string, std::function<void()>>> positions);

}  // namespace kiosk::lobby
