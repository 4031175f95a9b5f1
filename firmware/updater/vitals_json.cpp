#include "firmware/updater/vitals_json.hpp"

#include <limits>

namespace kiosk::updater {

update::Json vitals_json(const hal::Vitals& vitals) {
  return {{"running_for_ms", std::int64_t{vitals.running_for.count()}},
          {"first_picture", vitals.first_picture},
          {"set_aside", vitals.set_aside},
          {"data_schema", vitals.data_schema},
          {"devices", vitals.devices},
          {"registry_reached", vitals.registry_reached}};
}

Result<hal::Vitals> vitals_of(std::string_view text) {
  const auto json = TRY(update::read_json(text));
  if (!json.is_object()) return fail(Errc::malformed, "not the vitals of a citizens' side");
  const auto flag = [&](const char* name) {
    return json.contains(name) && json[name].is_boolean() && json[name].get<bool>();
  };
  const auto number = [&](const char* name, std::int64_t otherwise) {
    return json.contains(name) && json[name].is_number_integer() ? json[name].get<std::int64_t>() : otherwise;
  };
  hal::Vitals vitals{.running_for = std::chrono::milliseconds(number("running_for_ms", 0)),
                     .first_picture = flag("first_picture"),
                     .set_aside = number("set_aside", std::numeric_limits<std::int64_t>::max()),
                     .data_schema = number("data_schema", 0),
                     .registry_reached = flag("registry_reached")};
  if (!json.contains("devices") || !json["devices"].is_array()) return vitals;
  for (const auto& device : json["devices"]) {
    if (device.is_string()) vitals.devices.insert(device.get<std::string>());
  }
  return vitals;
}

}  // namespace kiosk::updater
