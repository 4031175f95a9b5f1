#pragma once
// What a browser is told of the glass and of the hall, as a stream of messages that never ends.

#include <string>

#include "tests/lobby/glass/glass_view.hpp"
#include "tests/lobby/hall/station.hpp"

namespace kiosk::lobby {

/// One browser's view. A message is a letter, four bytes of length (big end first) and the content:
///   P  x, y, width, height (two bytes each, big end first) and a PNG of that part of the glass
///   G  JSON: what stands on the glass: {"connected", "name", "title", "width", "height"}
///   S  JSON: the state of every station, when it has changed
/// The first messages tell everything.
class ScreenStream {
 public:
  ScreenStream(const GlassView& glass, const Stations& stations) : glass_(glass), stations_(stations) {}

  /// The next messages, or a single "S" with nothing new after some time, so that a browser that went away
  /// shows. Blocks for at most a quarter of a second.
  std::string next(const std::stop_token& stop);

 private:
  void append_glass(std::string& out, const GlassView::Change& change);
  void append_stations(std::string& out);

  const GlassView& glass_;
  const Stations& stations_;
  GlassView::Seen seen_;
  std::string told_;  ///< the stations' state, as it was told last
  Steady::time_point asked_at_;
  bool first_ = true;
};

}  // namespace kiosk::lobby
