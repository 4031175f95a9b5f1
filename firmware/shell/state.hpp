#pragma once
// The whole of what the shell remembers, as one value.

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "firmware/shell/effect.hpp"
#include "firmware/shell/event.hpp"
#include "firmware/shell/settings.hpp"
#include "screens/citizen/help.hpp"
#include "screens/citizen/not_ready.hpp"
#include "screens/layout.hpp"

namespace kiosk::shell {

enum class Mode {
  attract,         ///< nobody is there
  home,            ///< somebody is choosing
  serving,         ///< a session runs
  ending,          ///< the session was told to end and has not finished wiping
  card_left,       ///< the session is over, its card is still on the reader
  out_of_service,  ///< nothing works
};

/// A page of the shell's own, shown instead of the one underneath.
enum class Overlay { none, help, settings, still_there, curtain, leave, closed_service };

/// The page the session shows.
struct Page {
  std::uint64_t ticket = 0;
  screens::Screen screen;
  bool question = false;  ///< else the machine is at work
  bool asks = false;      ///< a question, and not answered yet
  bool can_go_back = false;
};

/// What is fixed for this machine.
struct Site {
  screens::Panel panel;
  std::string hall_name;
  std::string hours;      ///< "09:00-17:00", shown on attract
  std::string phone;      ///< of the hall's desk
  std::string elsewhere;  ///< where else these services are given, in the city's words
  Settings defaults;
};

/// A finger on the glass.
struct Press {
  int finger = 0;
  std::string node;  ///< id of what was under it when it came down; empty: nothing
  bool inside = true;
};

struct State {
  Site site;
  Mode mode = Mode::attract;
  Overlay overlay = Overlay::none;
  int overlay_page = 0;  ///< of an overlay in pages, from 0
  Settings settings;
  std::optional<Page> page;
  std::optional<Page>
      coming;  ///< says that the machine is at work; shown when it is still so at work_shows_at
  Steady::time_point work_shows_at;
  Mode begun_at = Mode::attract;  ///< where the session was begun: stands until its first page comes
  std::string beginning;          ///< the service that was begun and has shown no page yet
  /// Service → the page it asked first, last time: it stands there until it is asked again, for a session
  /// writes to the disk before it asks. Never a person's: nobody is identified then.
  std::map<std::string, Page> first_pages;
  screens::Draft draft;
  std::vector<screens::ServiceTile> services;
  bool out_of_service = false;
  std::optional<screens::NotReady> not_ready;  ///< why, when it never served or cannot begin to
  struct Pause {
    std::string back_at;  ///< "14:05"
    Steady::time_point at_longest;
  };
  std::optional<Pause> pause;  ///< closed by plan: somebody works on the machine
  std::string clock;
  bool identified = false;
  bool submitted = false;
  std::string closed_service;  ///< id, for Overlay::closed_service
  screens::Help::Call call = screens::Help::Call::none;
  std::uint64_t call_request = 0;  ///< the newest; an older one was another person's
  std::string call_number;

  std::string focus;           ///< id of the node the keypad stands on; empty: the keypad is not used
  std::optional<Press> press;  ///< the one finger that counts (EN 301 549, 5.9)
  std::optional<Steady::time_point> acted_at;      ///< the last touch that did something, for the debounce
  std::optional<Steady::time_point> stroke_clock;  ///< when the signature's first point was drawn
  Steady::time_point touched_at;                   ///< the last sign of life
};

/// Work shorter than this shows no page of its own: one that flashes by frightens more than it tells
/// (UX 2.6).
inline constexpr auto work_shows_after = std::chrono::milliseconds(500);

/// The node under the finger, while it is still inside it: shown pressed.
inline std::string pressed(const State& state) {
  return state.press && state.press->inside ? state.press->node : std::string();
}

}  // namespace kiosk::shell
