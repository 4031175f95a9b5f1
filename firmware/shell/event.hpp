#pragma once
// Everything that can happen to the kiosk, as values.

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "hal/display.hpp"
#include "screens/citizen/not_ready.hpp"
#include "screens/citizen/service_tile.hpp"
#include "screens/screen.hpp"

namespace kiosk::shell {

/// Time has passed: something in the shell was due.
struct Tick {
  std::string clock;  ///< "14:05", local time of the hall
};

/// The session shows a page. `ticket` numbers pages; an answer carries it back, so that a late finger never
/// answers the next question.
struct PageShown {
  std::uint64_t ticket = 0;
  screens::Screen screen;
  bool asks = false;  ///< waits for an answer
  bool can_go_back = false;
  bool same_page = false;  ///< an update of the page that is there: what was typed or drawn stays
};

/// How far the session is: leaving must be confirmed once somebody is identified.
struct SessionStands {
  bool identified = false;
  bool submitted = false;
};

/// The session is over and everything in it is wiped. `card_left`: the card still lies on the reader.
struct SessionEnded {
  bool card_left = false;
};

/// The card that was left has been taken.
struct CardTaken {};

/// What can be offered at the moment.
struct Offer {
  std::vector<screens::ServiceTile> services;
  bool out_of_service = false;  ///< not one of them works
};

/// How a machine stands that cannot begin to serve. It was begun out of service.
struct NotReady {
  screens::NotReady how;
};

/// The answer to a staff call.
struct StaffCall {
  std::uint64_t request = 0;
  bool placed = false;
  std::string number;
};

/// Whoever works on the machine asks whether anybody would be disturbed. Answered by Attended.
struct Attend {
  std::uint64_t request = 0;
};

/// They want it closed until they take that back, for a time that is planned. With somebody there nothing
/// changes. Answered by Attended.
struct StayClosed {
  std::uint64_t request = 0;
  std::string back_at;            ///< "14:05", for citizens
  Steady::time_point at_longest;  ///< it opens by itself then: they may have died
};

/// They take it back. Answered by Attended.
struct OpenAgain {
  std::uint64_t request = 0;
};

using Event = std::variant<Tick, hal::InputEvent, PageShown, SessionStands, SessionEnded, CardTaken, Offer,
                           NotReady, StaffCall, Attend, StayClosed, OpenAgain>;

}  // namespace kiosk::shell
