#pragma once
// The work behind the picture: a card read, a slip, a page, a journal line, and the machine's time in the
// whole main job. Through the real drivers, with the lobby's devices on the other end of the wires.

#include "tests/bench/report.hpp"

namespace kiosk::bench {

struct WorkOptions {
  std::string kiosk_glass;  ///< the kiosk with a glass that a player can see and touch
  std::string scenarios;    ///< folder
  int rounds = 7;           ///< of everything small
  int jobs = 5;             ///< main jobs played
};

void run_work_suite(const WorkOptions& options, Report& report);

}  // namespace kiosk::bench
