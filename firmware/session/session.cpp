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

}  // namespace kiosk::session
