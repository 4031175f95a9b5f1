#pragma once
// One look at what is released, and what it means for the action under way.

#include "firmware/updater/updater.hpp"

namespace kiosk::updater {

/// What came of it. An error is the mirror's or the metadata's: it is kept in the last Poll as well, and the
/// next look is put off.
struct Answer {
  Choice choice = Choice::none;
  std::optional<Error> error = {};
};

/// Keeps what came of it, in an order in which a power cut costs another look at most. Errors are those of
/// the store, and `cancelled`.
Result<Answer> ask_mirror(const Parts& parts, const Place& place, const Rules& rules, hal::Store& store,
                          const State& state, const Facts& facts, const Wait& wait);

}  // namespace kiosk::updater
