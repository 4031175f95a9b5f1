#pragma once
// What a touch does.

#include <string>
#include <variant>

namespace kiosk::screens {

/// Answers the screen's question. What `what` and `index` mean is the screen's own affair (Screen::Answer).
struct Choose {
  int what = 0;
  int index = 0;
  bool operator==(const Choose&) const = default;
};

/// The next four change what the person has done so far (Draft) and answer nothing yet.
struct Type {
  std::string text;
  bool operator==(const Type&) const = default;
};
struct Erase {
  bool operator==(const Erase&) const = default;
};
struct Clear {  ///< all typed characters and all strokes
  bool operator==(const Clear&) const = default;
};
struct TurnPage {
  int by = 1;
  bool operator==(const TurnPage&) const = default;
};
struct Tick {  ///< marks or unmarks an entry of a list
  int index = 0;
  bool operator==(const Tick&) const = default;
};
struct Draw {  ///< the finger draws inside the node
  bool operator==(const Draw&) const = default;
};

/// What the frame around every page does; the service underneath never knows.
enum class FrameAct {
  back,
  home,
  help,
  language,
  bigger_text,
  colours,
  speech,
  low_reach,
  care,
  settings,
  close_panel,
  uncover,
  stay,
  leave,
  call_staff,
  cancel_call,
  reset_settings,
  volume_up,
  volume_down,
  rate_up,
  rate_down
};

/// Sets one of the settings to one of its values (accessibility panel).
struct SetSize {
  int size = 0;
  bool operator==(const SetSize&) const = default;
};
struct SetTheme {
  int theme = 0;
  bool operator==(const SetTheme&) const = default;
};

/// Starts a service from attract or home; the id is a line of firmware/services/catalog.cpp.
struct StartService {
  std::string id;
  bool operator==(const StartService&) const = default;
};

using Act = std::variant<std::monostate, Choose, Type, Erase, Clear, TurnPage, Tick, Draw, FrameAct, SetSize,
                         SetTheme, StartService>;

}  // namespace kiosk::screens
