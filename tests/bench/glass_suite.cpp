#include "tests/bench/glass_suite.hpp"

#include <algorithm>
#include <fstream>
#include <thread>

#include "screens/paint/painter.hpp"
#include "screens/paint/type.hpp"
#include "tests/bench/walk.hpp"

namespace kiosk::bench {

using namespace std::chrono_literals;

namespace {

constexpr const char* x_display = ":97";
constexpr auto read_time = 1500ms;  // for the reader to find, read and lose a card

/// What the glass must look like.
std::vector<std::uint32_t> picture_of(const screens::Layout& page, const screens::Look& look,
                                      paint::Type& type) {
  const auto& panel = look.panel;
  std::vector<std::uint32_t> dots(static_cast<std::size_t>(panel.width) *
                                  static_cast<std::size_t>(panel.height));
  paint::Painter painter(type, {dots.data(), panel.width, panel.height, panel.width});
  painter.show(page, look);
  for (auto& dot : dots) dot &= 0xFFFFFF;
  return dots;
}

std::vector<std::string> browser(const std::string& chromium, const std::filesystem::path& folder,
                                 const std::string& page) {
  return {chromium,
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

/// Ours beside theirs; without a peer there is no gate either, unless it is on ours alone.
class Lines {
 public:
  Lines(Report& report, bool peer) : report_(report), peer_(peer) {}

  void add(std::string what, std::string unit, double ours, double theirs, std::optional<double> gate = {}) {
    report_.lines.push_back({.suite = "glass",
                             .what = std::move(what),
                             .unit = std::move(unit),
                             .ours = ours,
                             .peer = peer_ ? std::optional(theirs) : std::nullopt,
                             .gate = peer_ ? gate : std::nullopt});
  }
  void add(std::string what, const std::vector<double>& ours, const std::vector<double>& theirs,
           std::optional<double> gate) {
    add(std::move(what), "ms", median(ours), median(theirs), gate);
    auto& line = report_.lines.back();
    if (!ours.empty()) line.ours_best = std::ranges::min(ours);
    if (!theirs.empty()) line.peer_best = std::ranges::min(theirs);
  }
  void ours(std::string what, std::string unit, double value, std::optional<double> most = {}) {
    report_.lines.push_back(
        {.suite = "glass", .what = std::move(what), .unit = std::move(unit), .ours = value, .gate = most});
  }

 private:
  Report& report_;
  bool peer_;
};

void tell(const Starts& ours, const Starts& theirs, Lines& lines) {
  lines.add("first full frame, warm", ours.warm, theirs.warm, 10);
  if (!ours.cold.empty()) lines.add("first full frame, cold", ours.cold, theirs.cold, 10);
  lines.ours("every device checked, everything offered", "ms", median(ours.ready));
}

void tell(const Measures& ours, const Measures& theirs, Lines& lines) {
  lines.add("memory (PSS), home", "MB", ours.home.pss_mb, theirs.home.pss_mb, 8);
  lines.add("memory (PSS), list", "MB", ours.list.pss_mb, theirs.list.pss_mb, 8);
  double theirs_awake = 0, ours_awake = 0;
  for (const auto& [thread, times] : theirs.idle_wakes) theirs_awake += times;
  for (const auto& [thread, times] : ours.idle_wakes) ours_awake += times;
  lines.add("idle: wake-ups of all threads", "/s", ours_awake, theirs_awake);
  for (const auto& [thread, times] : ours.idle_wakes) {
    // The glass wakes for the minute, once, and a wake-up may fall into the time of measuring twice.
    if (thread == "kiosk")
      lines.ours("idle: the glass", "/s", times, 2 / std::max(ours.idle_s, 1.0) + 0.02);
    else if (times > 0)
      lines.ours("idle: " + thread, "/s", times);
  }
  lines.add("idle: processor", "ms/s", ours.idle_cpu_ms, theirs.idle_cpu_ms);
  lines.add("press to changed dots", ours.press, theirs.press, 8);
  lines.add("menu, from attract", ours.menu, theirs.menu, 8);
  lines.add("first page of a service, from the menu", ours.service, theirs.service, 8);
  lines.add("list's next page", ours.turn, theirs.turn, 8);
  lines.add("list in motion by pages, processor", "%", ours.turning_cpu, theirs.turning_cpu);
  lines.add("list in motion (browser scrolls), processor", "%", ours.turning_cpu, theirs.scrolling_cpu, 10);
  lines.add("processes", "", ours.rest.processes, theirs.rest.processes);
  lines.add("threads", "", ours.rest.threads, theirs.rest.threads);
}

}  // namespace

bool run_glass_suite(const GlassOptions& options, Report& report) {
  auto type = need(paint::Type::open());
  Peers peers({});
  const auto& configuration = peers.configuration();
  const Pages pages(configuration.site, configuration.services, *type);
  const auto folder = peers.hall().folder();
  std::ofstream(folder / "pages.html") << html(pages);
  std::ofstream(folder / "scroll.html") << scrolling_html(pages);

  const Program server({"Xvfb", x_display, "-screen", "0", "1080x1920x24", "-nolisten", "tcp", "-noreset"},
                       "");
  XScreen screen(x_display);
  screen.ignore(pages.clock());
  const auto seen = [&](const screens::Layout& page) {
    auto dots = picture_of(page, pages.look(), *type);
    screen.black_out(dots);
    return dots;
  };
  Walk walk(screen, pages, x_display,
            {.runs = options.runs,
             .cold_runs = options.cold ? 4 : 0,
             .presses = options.presses,
             .pages = options.pages,
             .idle_s = options.idle_s});

  const auto& hall = peers.hall().stations();
  const bool peer = !options.chromium.empty();
  std::vector<Side> sides{{.command = {options.kiosk, "--config", peers.configuration_file()},
                           .scrolling = {},
                           .first = seen(pages.first()),
                           .ready = seen(pages.attract()),
                           .show_card = [&] {
                             need(hall.turn("reader", "card", "zhang"));
                             std::this_thread::sleep_for(read_time);
                             need(hall.turn("reader", "card", "none"));
                             std::this_thread::sleep_for(read_time);
                           }}};
  if (peer) {
    sides.push_back({.command = browser(options.chromium, folder, "pages.html"),
                     .scrolling = browser(options.chromium, folder, "scroll.html")});
  }
  Lines lines(report, peer);
  const auto starts = walk.starts(sides);
  tell(starts.front(), starts.back(), lines);
  if (options.starts_only) return !starts.front().warm.empty();
  const auto ours = walk.of(sides.front());
  tell(ours, peer ? walk.of(sides.back()) : Measures{}, lines);
  return !starts.front().warm.empty() && !ours.turn.empty();
}

}  // namespace kiosk::bench
