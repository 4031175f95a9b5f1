#pragma once
// One program under measurement, led through the same pages as its peer: start, rest, press, turn.

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "tests/bench/pages.hpp"
#include "tests/bench/program.hpp"
#include "tests/bench/x_screen.hpp"

namespace kiosk::bench {

/// ms from a program's start.
struct Starts {
  std::vector<double> warm, cold, ready;
};

/// What a program did.
struct Measures {
  std::vector<double> press, menu, service, turn;  ///< ms from the finger to the dots
  Program::Use rest, home, list;
  double idle_s = 0, idle_cpu_ms = 0;         ///< processor a second at rest
  std::map<std::string, double> idle_wakes;   ///< thread → times a second
  double turning_cpu = 0, scrolling_cpu = 0;  ///< per cent of one processor
};

/// How a program is started and led to the list of cases.
struct Side {
  std::vector<std::string> command;
  std::vector<std::string> scrolling;  ///< shows the list in one piece; empty: has none
  /// Its first whole picture, and the one when everything is offered. Empty: what it shows after a while.
  std::vector<std::uint32_t> first, ready;
  /// What a person does between touching "by card" and the list.
  std::function<void()> show_card = [] {};
};

class Walk {
 public:
  struct Settings {
    int runs = 9, cold_runs = 0, presses = 40, pages = 12, idle_s = 30;
  };
  Walk(XScreen& screen, const Pages& pages, std::string x_display, const Settings& settings);

  /// Starts all sides by turns, so that whatever else the machine does disturbs them alike.
  std::vector<Starts> starts(const std::vector<Side>& sides);

  Measures of(const Side& side);

 private:
  void start(const Side& side, bool cold, Starts& out);
  void rests(const Program& program, Measures& out) const;
  void presses(Measures& out);
  void goes(const Side& side, const Program& program, Measures& out);
  double turns(const Program& program);
  double scrolls(const Side& side);

  void tap(Spot spot);
  /// A touch, and how long after its end the glass shows the whole of `wanted`.
  std::optional<double> tap_for(Spot spot, const std::vector<std::uint32_t>& wanted);
  std::vector<std::uint32_t> settled() {
    return screen_.still_picture(std::chrono::milliseconds(400), std::chrono::seconds(5));
  }

  XScreen& screen_;
  std::string x_display_;
  Settings settings_;
  Spot start_, tile_, card_, back_, next_, previous_;
};

}  // namespace kiosk::bench
