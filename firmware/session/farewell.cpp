#include "firmware/session/farewell.hpp"

#include "hal/base/log.hpp"
#include "screens/citizen/goodbye.hpp"
#include "screens/citizen/rate.hpp"

namespace kiosk::session {

Result<void> ask_rating(Session& s, const std::string& acceptance_number) {
  const auto answer = TRY(s.ui.ask(screens::Rate{}, s.wait, Back::none));
  if (answer.level == 0) return {};
  const auto rated = s.registry.rate(acceptance_number, answer.level, s.within(3s));
  TRY(s.wait.check());
  s.note_done("service.rated", {{"acceptance_number", acceptance_number}, {"taken", rated.has_value()}});
  if (!rated) log::info("session", "a rating was not taken", {{"code", name_of(rated.error().code)}});
  return {};
}

Result<void> say_goodbye(Session& s) {
  const auto on_reader = s.devices.id_reader.card_present(s.within(1s));
  TRY(s.wait.check());
  TRY(s.ui.ask(screens::Goodbye{.card = s.card_shown,
                                .slip = s.slip_given,
                                .pages = s.pages_given,
                                .card_there = on_reader.value_or(false)},
               s.wait, Back::none));
  return {};
}

}  // namespace kiosk::session
