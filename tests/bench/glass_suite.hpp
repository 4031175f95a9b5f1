#pragma once
// The picture: first frame, memory, idling, press, new page, list in motion; seen from outside, on one X
// server.

#include "tests/bench/peers.hpp"
#include "tests/bench/report.hpp"

namespace kiosk::bench {

struct GlassOptions {
  std::string kiosk;     ///< the shipped program
  std::string chromium;  ///< empty: ours alone
  int runs = 9;          ///< starts a program
  int presses = 40;
  int pages = 12;
  int idle_s = 30;
  bool starts_only = false;
  bool cold = false;  ///< drops the machine's page cache before some starts (root)
};

/// False when a program does not show what it should; says why.
bool run_glass_suite(const GlassOptions& options, Report& report);

}  // namespace kiosk::bench
