#include "firmware/updater/vitals_json.hpp"

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
  hal::Vitals vitals;
  bool whole = json.is_object();
  const auto member = [&](const char* name, bool (update::Json::*kind)() const noexcept) -> update::Json {
    whole = whole && json.contains(name) && (json[name].*kind)();
    return whole ? json[name] : update::Json();
  };
  const auto running = member("running_for_ms", &update::Json::is_number_integer);
  const auto picture = member("first_picture", &update::Json::is_boolean);
  const auto set_aside = member("set_aside", &update::Json::is_number_integer);
  const auto schema = member("data_schema", &update::Json::is_number_integer);
  const auto devices = member("devices", &update::Json::is_array);
  const auto registry = member("registry_reached", &update::Json::is_boolean);
  for (const auto& device : devices) {
    whole = whole && device.is_string();
    if (whole) vitals.devices.insert(device.get<std::string>());
  }
  if (!whole) return fail(Errc::malformed, "not the vitals of a citizens' side");
  vitals.running_for = std::chrono::milliseconds(running.get<std::int64_t>());
  vitals.first_picture = picture.get<bool>();
  vitals.set_aside = set_aside.get<std::int64_t>();
  vitals.data_schema = schema.get<std::int64_t>();
  vitals.registry_reached = registry.get<bool>();
  return vitals;
}

}  // namespace kiosk::updater
