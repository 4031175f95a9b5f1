#pragma once
// The picture: first frame, memory, idling, press, new page, list in motion; seen from outside, on one X
// server.

#include "tests/bench/report.hpp"

namespace kiosk::bench {

struct GlassOptions {
  std::string host;      ///< bench-host
  std::string chromium;  ///< empty: ours alone
  int runs = 9;          ///< starts a program
  int presses = 40;
  int idle_s = 30;
  bool cold = false;  ///< drops the machine's page cache before some starts (root)
};

/// `internal` says why when the programs do not show what they should.
bool run_glass_suite(const GlassOptions& options, Report& report);

}  // namespace kiosk::bench
