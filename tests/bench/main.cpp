// kiosk-bench: every suite, a table, and the same as JSON. Exit status 1 when a gate was missed, 2 when
// something could not be measured.

#include <algorithm>
#include <filesystem>
#include <string>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <sys/resource.h>

#include "hal/base/log.hpp"
#include "tests/bench/glass_suite.hpp"
#include "tests/bench/work_suite.hpp"

using namespace kiosk;

int main(int argc, char** argv) {
  // It stands in SOURCE/build/PRESET/tests/bench.
  const auto build =
      std::filesystem::read_symlink("/proc/self/exe").parent_path().parent_path().parent_path();
  const auto source = build.parent_path().parent_path();
  bench::GlassOptions glass{.kiosk = (build / "firmware/kiosk").string(), .chromium = "chromium"};
  bench::WorkOptions work{.kiosk_glass = (build / "tests/lobby/kiosk-glass").string(),
                          .scenarios = (source / "tests/lobby/player/scenarios").string()};

  CLI::App cli("speed and size of the kiosk, beside Chromium showing the same pages");
  std::string json, only;
  bool quick = false, no_peer = false;
  cli.add_option("--json", json, "writes the figures to this file as well");
  cli.add_option("--only", only, "one suite: starts, glass (with starts) or work")
      ->check(CLI::IsMember({"starts", "glass", "work"}));
  cli.add_flag("--quick", quick, "few rounds, for a first look");
  cli.add_flag("--no-peer", no_peer, "without Chromium");
  cli.add_flag("--cold", glass.cold, "some starts with an empty page cache, the whole machine's (root)");
  CLI11_PARSE(cli, argc, argv);
  if (no_peer) glass.chromium.clear();
  glass.starts_only = only == "starts";
  if (quick) {
    glass.runs = 3;
    glass.presses = 10;
    glass.pages = 4;
    glass.idle_s = 10;
    work.rounds = 3;
    work.jobs = 1;
  }

  log::set_level(log::Level::error);
  ::setpriority(PRIO_PROCESS, 0, -15);  // as what it measures
  bench::Report report;
  const bool shown = only == "work" || bench::run_glass_suite(glass, report);
  if (only.empty() || only == "work") bench::run_work_suite(work, report);
  report.print();
  if (!json.empty() && !report.write_json(json)) {
    fmt::print(stderr, "bench: {} not written\n", json);
    return 2;
  }
  if (!shown) return 2;
  const auto missed = [](const bench::Line& line) { return line.kept() == false; };
  return std::ranges::any_of(report.lines, missed) ? 1 : 0;
}
