#include "firmware/session/session.hpp"

#include <fmt/format.h>

#include "hal/base/log.hpp"

namespace kiosk::session {

Result<void> Session::note(std::string event, Facts facts, records::Role role) {
  TRY(records.audit.record({.id = std::move(event),
                            .role = role,
                            .actor = actor,
                            .purpose = service,
                            .session = id,
                            .facts = std::move(facts)}));
  return {};
}

void Session::note_done(std::string event, Facts facts, records::Role role) {
  const auto what = event;
  after_the_fact(what, note(std::move(event), std::move(facts), role));
}

void Session::count(std::string_view what, std::int64_t times) {
  (void)records.counters.add(what, times);
}

std::string Session::incident(const Error& error) {
  const auto head =
      records.audit.record({.id = "fault.shown",
                            .role = records::Role::kiosk,
                            .actor = actor,
                            .purpose = service,
                            .session = id,
                            .facts = {{"code", std::string(name_of(error.code))}, {"what", error.what}}});
  const auto number = head ? head->line % 10000 : 0;
  log::warning("session", "a fault was shown",
               {{"code", name_of(error.code)}, {"what", error.what}, {"incident", number}});
  return fmt::format("{}-{:04}", office.kiosk_id, number);
}

void after_the_fact(std::string_view what, const Result<void>& kept) {
  if (kept) return;
  log::error("session", "what happened could not be kept",
             {{"what", what}, {"code", name_of(kept.error().code)}, {"why", kept.error().what}});
}

}  // namespace kiosk::session
