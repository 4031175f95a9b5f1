#include <algorithm>
#include <map>
#include <mutex>

#include "hal/base/latest.hpp"
#include "tests/lobby/camera/face.hpp"
#include "tests/lobby/hall/stations.hpp"
#include "tests/lobby/registry/cast.hpp"

namespace kiosk::lobby {

using nlohmann::json;

namespace {

/// What hands did to the camera and to those before it.
struct Setting {
  std::string who = "nobody", light = "good", distance = "right", picture = "live";
  bool plugged = true;
};

const std::map<std::string, double> lights{{"good", 1.0}, {"dark", 0.08}, {"bright", 1.9}};
const std::map<std::string, double> distances{{"near", 0.3}, {"right", 0.6}, {"far", 1.6}};
const std::map<std::string, CameraTrouble> pictures{{"live", CameraTrouble::none},
                                                    {"blurred", CameraTrouble::none},
                                                    {"frozen", CameraTrouble::frozen},
                                                    {"black", CameraTrouble::black}};

std::vector<Standing> standing(const Setting& setting) {
  const double distance = distances.at(setting.distance);
  if (setting.who == "nobody") return {};
  if (setting.who == "two")
    return {{.seed = 3, .distance_m = 0.8, .offset_x = -0.45},
            {.seed = 8, .distance_m = 0.8, .offset_x = 0.45}};
  return {{.seed = person(setting.who).face, .distance_m = distance}};
}

void arrange(MjpegCamera& camera, const Setting& setting) {
  camera.show({.people = standing(setting),
               .light = lights.at(setting.light),
               .blur = setting.picture == "blurred" ? 6.0 : 0.0});
  camera.trouble(pictures.at(setting.picture));
}

/// One of the camera's knobs: takes a value that `known` allows, and rearranges the scene.
Knob scene_knob(std::string name, MjpegCamera& camera, std::shared_ptr<Latest<Setting>> setting,
                std::string Setting::* member, std::function<bool(const std::string&)> known) {
  const auto turn = [name, &camera, setting = std::move(setting), member,
                     known = std::move(known)](const std::string& value) -> Result<void> {
    if (!known(value)) return fail(Errc::refused, name + " cannot be " + value);
    auto changed = setting->get();
    changed.*member = value;
    setting->set(changed);
    arrange(camera, changed);
    return {};
  };
  return {std::move(name), turn};
}

std::optional<Exhibit> portrait(const std::string& name) {
  const auto owner =
      std::ranges::find_if(people(), [&](const Person& each) { return each.id + ".jpg" == name; });
  if (owner == people().end()) return std::nullopt;
  return Exhibit{"image/jpeg", portrait_jpeg(owner->face)};
}

}  // namespace

Station camera_station(MjpegCamera& camera, std::function<void(bool on)> plug) {
  const auto setting = std::make_shared<Latest<Setting>>();
  const auto somebody = [](const std::string& who) {
    return who == "nobody" || who == "two" || std::ranges::find(people(), who, &Person::id) != people().end();
  };
  const auto set_plugged = [plug = std::move(plug), setting](bool on) {
    plug(on);
    auto changed = setting->get();
    changed.plugged = on;
    setting->set(changed);
  };
  return {.name = "camera",
          .knobs = {scene_knob("who", camera, setting, &Setting::who, somebody),
                    scene_knob("light", camera, setting, &Setting::light,
                               [](const std::string& value) { return lights.contains(value); }),
                    scene_knob("distance", camera, setting, &Setting::distance,
                               [](const std::string& value) { return distances.contains(value); }),
                    scene_knob("picture", camera, setting, &Setting::picture,
                               [](const std::string& value) { return pictures.contains(value); }),
                    switch_knob("plug", set_plugged)},
          .state =
              [setting] {
                const auto now = setting->get();
                return json{{"who", now.who},
                            {"light", now.light},
                            {"distance", now.distance},
                            {"picture", now.picture},
                            {"plugged", now.plugged}};
              },
          .exhibit = portrait};
}

}  // namespace kiosk::lobby
