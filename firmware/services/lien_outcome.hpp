#pragma once
// How an application for a cancellation ends: decided, with its paper; or sent, and the registry silent.

#include "firmware/services/service.hpp"
#include "firmware/session/paper.hpp"

namespace kiosk::services {

/// Gives the one paper and shows what was decided. Of an instant registration also the result on A4, when
/// the person asks for it. `cancelled`.
Result<Outcome> tell_decision(Session& s, const std::string& key, const hal::Reply& reply,
                              const session::PaperFacts& facts, const hal::Mortgage& lien);

/// The registry has not said what became of it: the person takes a slip with the reference home. `cancelled`.
Result<Outcome> leave_undecided(Session& s, const std::string& key, const session::PaperFacts& facts);

}  // namespace kiosk::services
