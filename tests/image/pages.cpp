#include "tests/image/pages.hpp"

#include "firmware/shell/state.hpp"
#include "firmware/shell/view.hpp"
#include "screens/paint/painter.hpp"
#include "screens/paint/type.hpp"

namespace kiosk::image {
namespace {

shell::State state_of(shell::Mode mode, const app::Configuration& configuration, screens::Closed services,
                      const std::string& clock) {
  const auto& site = configuration.site;
  shell::State state{.site = site, .mode = mode, .settings = site.defaults, .clock = clock};
  for (const auto& id : configuration.services) state.services.push_back({.id = id, .closed = services});
  return state;
}

Result<Picture> page(const shell::State& state) {
  const auto& site = state.site;
  const auto type = TRY(paint::Type::open());
  Picture picture{.width = site.panel.width, .height = site.panel.height};
  picture.dots.resize(static_cast<std::size_t>(picture.width) * static_cast<std::size_t>(picture.height));
  paint::Painter painter(*type, {picture.dots.data(), picture.width, picture.height, picture.width});
  painter.show(shell::view(state, *type, Steady::now()), state.settings.look(site.panel, type.get()));
  return picture;
}

}  // namespace

Result<Picture> attract(const app::Configuration& configuration, screens::Closed services,
                        const std::string& clock) {
  return page(state_of(shell::Mode::attract, configuration, services, clock));
}

Result<Picture> home(const app::Configuration& configuration, screens::Closed services,
                     const std::string& clock) {
  return page(state_of(shell::Mode::home, configuration, services, clock));
}

Result<Picture> back_soon(const app::Configuration& configuration, const std::string& back_at,
                          const std::string& clock) {
  auto state = state_of(shell::Mode::out_of_service, configuration, screens::Closed::open, clock);
  state.pause = {.back_at = back_at, .at_longest = Steady::now()};
  return page(state);
}

Result<Picture> closed(const app::Configuration& configuration, const std::string& clock) {
  auto state = state_of(shell::Mode::out_of_service, configuration, screens::Closed::maintenance, clock);
  state.out_of_service = true;
  return page(state);
}

Result<Picture> not_ready(const screens::NotReady& how) {
  return page(
      {.mode = shell::Mode::out_of_service, .out_of_service = true, .not_ready = how, .clock = "12:00"});
}

}  // namespace kiosk::image
