#include "tests/lobby/hall/station.hpp"

#include <algorithm>

namespace kiosk::lobby {

const Station* Stations::find(std::string_view name) const {
  const auto found = std::ranges::find(all_, name, &Station::name);
  return found == all_.end() ? nullptr : &*found;
}

Result<void> Stations::turn(std::string_view station, std::string_view knob, const std::string& value) const {
  const auto* place = find(station);
  if (place == nullptr) return fail(Errc::not_present, "there is no " + std::string(station));
  const auto found = std::ranges::find(place->knobs, knob, &Knob::name);
  if (found == place->knobs.end())
    return fail(Errc::not_present, "the " + place->name + " has no " + std::string(knob));
  return found->turn(value);
}

nlohmann::json Stations::state() const {
  auto all = nlohmann::json::object();
  for (const auto& station : all_) all[station.name] = station.state();
  return all;
}

std::optional<Exhibit> Stations::exhibit(std::string_view station, const std::string& name) const {
  const auto* place = find(station);
  if (place == nullptr || !place->exhibit) return std::nullopt;
  return place->exhibit(name);
}

Knob switch_knob(std::string name, const std::function<void(bool)>& turn) {
  return choice_knob(std::move(name), {{"on", [turn] { turn(true); }}, {"off", [turn] { turn(false); }}});
}

Knob choice_knob(std::string name, std::vector<std::pair<std::string, std::function<void()>>> positions) {
  const auto turn = [name, positions = std::move(positions)](const std::string& value) -> Result<void> {
    std::string known;
    for (const auto& [position, go] : positions) {
      if (position == value) {
        go();
        return {};
      }
      known += " " + position;
    }
    return fail(Errc::refused, name + " is one of:" + known);
  };
  return {std::move(name), turn};
}

}  // namespace kiosk::lobby
