#include "tests/bench/glass_suite.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <functional>
#include <thread>

#include <fmt/format.h>
#include <unistd.h>

#include "screens/paint/type.hpp"
#include "tests/bench/pages.hpp"
#include "tests/bench/program.hpp"
#include "tests/bench/x_screen.hpp"

namespace kiosk::bench {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;
namespace fs = std::filesystem;

namespace {

constexpr const char* x_display = ":97";

double ms(Clock::duration span) {
  return std::chrono::duration<double, std::milli>(span).count();
}

/// What one program does for the same measures.
struct Measures {
  std::vector<double> first_frame, first_frame_cold, press, page, page_first;
  Program::Use home, list;
  double idle_cpu_ms = 0, idle_switches = 0, motion_cpu = 0, scroll_cpu = 0;
};

struct Spot {
  int x = 0, y = 0;
};

Spot centre_of(const screens::Layout& page, const std::function<bool(const screens::Node&)>& is) {
  for (const auto& node : page.nodes) {
    if (node.touchable() && is(node))
      return {node.rect.x + node.rect.width / 2, node.rect.y + node.rect.height / 2};
  }
  fmt::print(stderr, "bench: no such button on page {}\n", page.name);
  return {};
}

class Measurement {
 public:
  Measurement(XScreen& screen, const GlassOptions& options, const screens::Look& look)
      : screen_(screen), options_(options) {
    const auto home = home_page(look), list = list_page(look, 0);
    tile_ = centre_of(home, [](const auto& node) { return node.role == screens::Role::tile; });
    home_ = centre_of(list, [](const auto& node) { return node.id.find("home") != node.id.npos; });
    next_ = centre_of(list, [](const auto& node) {
      const auto* turn = std::get_if<screens::TurnPage>(&node.act);
      return turn != nullptr && turn->by > 0;
    });
  }

  /// `command` shows home; `long_list`, if any, the list in one piece that scrolls.
  Measures of(const std::vector<std::string>& command, const std::vector<std::string>& long_list) {
    Measures out;
    starts(command, out);
    {
      Program program(command, x_display);
      screen_.still_picture(2500ms, 20s);
      at_rest(program, out);
      presses(out);
      pages(program, out);
      out.list = program.use();
      out.motion_cpu = turning(program);
    }
    if (!long_list.empty()) out.scroll_cpu = scrolling(long_list);
    return out;
  }

 private:
  void starts(const std::vector<std::string>& command, Measures& out) {
    screen_.point(1079, 1919);
    std::vector<std::uint32_t> wanted;
    {
      const Program first(command, x_display);
      wanted = screen_.still_picture(2500ms, 20s);
    }
    const int cold_runs = options_.cold ? 4 : 0;
    for (int run = 0; run < options_.runs + cold_runs; ++run) {
      screen_.blank();
      screen_.still_picture(300ms, 3s);
      const bool cold = run >= options_.runs;
      if (cold) {
        ::sync();
        std::ofstream("/proc/sys/vm/drop_caches") << "3";
      }
      const Program program(command, x_display);
      const auto shown = screen_.shows(wanted, Clock::now() + 20s);
      if (!shown) {
        fmt::print(stderr, "bench: {} did not show its page again\n", command.front());
        continue;
      }
      (cold ? out.first_frame_cold : out.first_frame).push_back(ms(*shown - program.started()));
      std::this_thread::sleep_for(700ms);
    }
  }

  void at_rest(const Program& program, Measures& out) const {
    std::this_thread::sleep_for(3s);
    out.home = program.use();
    std::this_thread::sleep_for(std::chrono::seconds(options_.idle_s));
    const auto later = program.use();
    out.idle_cpu_ms = (later.cpu_ms - out.home.cpu_ms) / options_.idle_s;
    out.idle_switches = (later.switches - out.home.switches) / options_.idle_s;
  }

  void press(Spot spot) {
    screen_.point(spot.x, spot.y);
    screen_.still_picture(80ms, 2s);
    screen_.settle();
  }

  void presses(Measures& out) {
    for (int i = 0; i < options_.presses; ++i) {
      press(tile_);
      const auto down = Clock::now();
      screen_.button(1, true);
      if (const auto changed = screen_.next_change(down + 2s)) out.press.push_back(ms(*changed - down));
      screen_.still_picture(60ms, 2s);
      screen_.point(1079, 1919);  // off the tile: nothing is chosen
      screen_.button(1, false);
      screen_.still_picture(150ms, 2s);
    }
  }

  std::optional<double> change_page(Spot spot, const std::vector<std::uint32_t>& wanted) {
    press(spot);
    screen_.button(1, true);
    screen_.still_picture(100ms, 2s);
    screen_.settle();
    const auto up = Clock::now();
    screen_.button(1, false);
    const auto shown = screen_.shows(wanted, up + 5s);
    if (!shown) return std::nullopt;
    return ms(*shown - up);
  }

  void pages(const Program&, Measures& out) {
    const auto home = screen_.still_picture(300ms, 3s);
    press(tile_);
    screen_.button(1, true);
    screen_.still_picture(100ms, 2s);
    screen_.button(1, false);
    const auto list = screen_.still_picture(500ms, 3s);
    if (list == home) fmt::print(stderr, "bench: no new page came\n");
    for (int i = 0; i < 12; ++i) {
      change_page(home_, home);
      screen_.still_picture(200ms, 2s);
      if (const auto took = change_page(tile_, list)) out.page.push_back(*took);
      screen_.still_picture(200ms, 2s);
    }
  }

  /// Processor part while the list's pages are turned so fast that its rows pass as in a scroll of 2400 dots
  /// a second.
  double turning(const Program& program) {
    press(next_);
    const auto before = program.use();
    const auto start = Clock::now();
    for (auto due = start; due < start + 6s; due += 500ms) {
      std::this_thread::sleep_until(due);
      screen_.button(1, true);
      std::this_thread::sleep_for(60ms);
      screen_.button(1, false);
    }
    return (program.use().cpu_ms - before.cpu_ms) / ms(Clock::now() - start) * 100;
  }

  double scrolling(const std::vector<std::string>& command) {
    const Program program(command, x_display);
    screen_.still_picture(2500ms, 20s);
    screen_.point(540, 960);
    const auto before = program.use();
    const auto start = Clock::now();
    for (auto due = start; due < start + 6s; due += 50ms) {  // 120 dots a notch
      std::this_thread::sleep_until(due);
      screen_.button(5, true);
      screen_.button(5, false);
    }
    return (program.use().cpu_ms - before.cpu_ms) / ms(Clock::now() - start) * 100;
  }

  XScreen& screen_;
  const GlassOptions& options_;
  Spot tile_, home_, next_;
};

std::vector<std::string> browser(const GlassOptions& options, const fs::path& folder,
                                 const std::string& page) {
  return {options.chromium,
          "--kiosk",
          "--no-sandbox",
          "--no-first-run",
          "--lang=zh-CN",
          "--disable-features=Translate",
          "--noerrdialogs",
          "--window-position=0,0",
          "--window-size=1080,1920",
          "--user-data-dir=" + (folder / "profile").string(),
          "file://" + (folder / page).string()};
}

}  // namespace

bool run_glass_suite(const GlassOptions& options, Report& report) {
  const auto type = paint::Type::open();
  if (!type) return false;
  const screens::Look look{.type = type->get()};
  auto pattern = (fs::temp_directory_path() / "kiosk-bench-XXXXXX").string();
  const fs::path folder = ::mkdtemp(pattern.data());
  std::ofstream(folder / "pages.html") << html(look);
  std::ofstream(folder / "scroll.html") << scrolling_html(look);

  const Program server({"Xvfb", x_display, "-screen", "0", "1080x1920x24", "-nolisten", "tcp", "-noreset"},
                       "");
  XScreen screen(x_display);
  Measurement measurement(screen, options, look);
  const auto ours = measurement.of({options.host}, {});
  const bool peer = !options.chromium.empty();
  const auto theirs =
      peer ? measurement.of(browser(options, folder, "pages.html"), browser(options, folder, "scroll.html"))
           : Measures{};
  fs::remove_all(folder);

  const auto add = [&](std::string what, std::string unit, double mine, double other,
                       std::optional<double> gate) {
    report.lines.push_back({.suite = "glass",
                            .what = std::move(what),
                            .unit = std::move(unit),
                            .ours = mine,
                            .peer = peer ? std::optional(other) : std::nullopt,
                            .gate = peer ? gate : std::nullopt});
  };
  const auto add_many = [&](const std::string& what, const std::vector<double>& mine,
                            const std::vector<double>& other, double gate) {
    add(what, "ms", median(mine), median(other), gate);
    if (!mine.empty()) report.lines.back().ours_best = std::ranges::min(mine);
    if (!other.empty()) report.lines.back().peer_best = std::ranges::min(other);
  };
  add_many("first full frame, warm", ours.first_frame, theirs.first_frame, 10);
  if (options.cold) add_many("first full frame, cold", ours.first_frame_cold, theirs.first_frame_cold, 10);
  add("memory (PSS), home", "MB", ours.home.pss_mb, theirs.home.pss_mb, 8);
  add("memory (PSS), list", "MB", ours.list.pss_mb, theirs.list.pss_mb, 8);
  add("idle: wake-ups", "/s", ours.idle_switches, theirs.idle_switches, {});
  add("idle: processor", "ms/s", ours.idle_cpu_ms, theirs.idle_cpu_ms, {});
  add_many("press to changed dots", ours.press, theirs.press, 8);
  add_many("new page, whole", ours.page, theirs.page, 8);
  add("list in motion by pages, processor", "%", ours.motion_cpu, theirs.motion_cpu, {});
  add("list in motion (browser scrolls), processor", "%", ours.motion_cpu, theirs.scroll_cpu, 10);
  report.lines.push_back(
      {.suite = "glass",
       .what = "processes",
       .unit = "",
       .ours = static_cast<double>(ours.home.processes),
       .peer = peer ? std::optional(static_cast<double>(theirs.home.processes)) : std::nullopt});
  report.lines.push_back(
      {.suite = "glass",
       .what = "threads",
       .unit = "",
       .ours = static_cast<double>(ours.home.threads),
       .peer = peer ? std::optional(static_cast<double>(theirs.home.threads)) : std::nullopt});
  return true;
}

}  // namespace kiosk::bench
