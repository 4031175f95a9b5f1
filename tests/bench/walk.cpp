#include "tests/bench/walk.hpp"

#include <fstream>
#include <thread>

#include <fmt/format.h>
#include <unistd.h>

namespace kiosk::bench {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;
using Dots = std::vector<std::uint32_t>;

namespace {

constexpr auto start_limit = 20s;
constexpr auto touch_gap = 350ms;  // the kiosk takes closer touches for one (EN 301 549, 5.8)
constexpr Spot nothing{1079, 1919};

double ms(Clock::duration span) {
  return std::chrono::duration<double, std::milli>(span).count();
}

void drop_page_cache() {
  ::sync();
  std::ofstream("/proc/sys/vm/drop_caches") << "3";
}

}  // namespace

Walk::Walk(XScreen& screen, const Pages& pages, std::string x_display, const Settings& settings)
    : screen_(screen),
      x_display_(std::move(x_display)),
      settings_(settings),
      start_(centre_of(pages.attract(), "start")),
      tile_(centre_of(pages.home(), "service.progress")),
      card_(centre_of(pages.ways(), "card")),
      back_(centre_of(pages.ways(), "frame.back")),
      next_(centre_of(pages.list(1), "page.next")),
      previous_(centre_of(pages.list(1), "page.previous")) {}

Measures Walk::of(const Side& side) {
  Measures out;
  {
    const Program program(side.command, x_display_);
    screen_.still_picture(2500ms, start_limit);
    rests(program, out);
    tap(start_);
    settled();
    out.home = program.use();
    presses(out);
    goes(side, program, out);
    out.turning_cpu = turns(program);
  }
  if (!side.scrolling.empty()) out.scrolling_cpu = scrolls(side);
  return out;
}

std::vector<Starts> Walk::starts(const std::vector<Side>& sides) {
  screen_.point(nothing.x, nothing.y);
  auto known = sides;
  for (auto& side : known) {
    const Program once(side.command, x_display_);  // so that the warm starts find warm files
    const auto shown = screen_.still_picture(2500ms, start_limit);
    if (side.first.empty()) side.first = shown;
  }
  std::vector<Starts> all(sides.size());
  for (int run = 0; run < settings_.runs + settings_.cold_runs; ++run) {
    for (std::size_t i = 0; i < sides.size(); ++i) start(known[i], run >= settings_.runs, all[i]);
  }
  return all;
}

void Walk::start(const Side& side, bool cold, Starts& out) {
  screen_.blank();
  screen_.still_picture(300ms, 3s);
  if (cold) drop_page_cache();
  const Program program(side.command, x_display_);
  const auto first = screen_.shows(side.first, Clock::now() + start_limit);
  if (!first) {
    fmt::print(stderr, "bench: {} did not show its first page\n", side.command.front());
    return;
  }
  (cold ? out.cold : out.warm).push_back(ms(*first - program.started()));
  if (!side.ready.empty() && !cold) {
    if (const auto ready = screen_.shows(side.ready, Clock::now() + start_limit))
      out.ready.push_back(ms(*ready - program.started()));
  }
  std::this_thread::sleep_for(700ms);
}

void Walk::rests(const Program& program, Measures& out) const {
  std::this_thread::sleep_for(3s);
  const auto before = out.rest = program.use();
  const auto began = Clock::now();
  std::this_thread::sleep_for(std::chrono::seconds(settings_.idle_s));
  const auto after = program.use();
  out.idle_s = ms(Clock::now() - began) / 1000;
  out.idle_cpu_ms = (after.cpu_ms - before.cpu_ms) / out.idle_s;
  for (const auto& [thread, times] : after.switches) {
    const auto earlier = before.switches.find(thread);
    out.idle_wakes[thread] = (times - (earlier == before.switches.end() ? 0 : earlier->second)) / out.idle_s;
  }
}

void Walk::tap(Spot spot) {
  screen_.point(spot.x, spot.y);
  std::this_thread::sleep_for(touch_gap);
  screen_.button(1, true);
  screen_.still_picture(100ms, 2s);
  screen_.button(1, false);
}

std::optional<double> Walk::tap_for(Spot spot, const Dots& wanted) {
  screen_.point(spot.x, spot.y);
  std::this_thread::sleep_for(touch_gap);
  screen_.button(1, true);
  screen_.still_picture(100ms, 2s);
  screen_.settle();
  const auto up = Clock::now();
  screen_.button(1, false);
  const auto shown = screen_.shows(wanted, up + 5s);
  if (!shown) return std::nullopt;
  return ms(*shown - up);
}

void Walk::presses(Measures& out) {
  for (int i = 0; i < settings_.presses; ++i) {
    screen_.point(tile_.x, tile_.y);
    screen_.still_picture(80ms, 2s);
    screen_.settle();
    const auto down = Clock::now();
    screen_.button(1, true);
    if (const auto changed = screen_.next_change(down + 2s)) out.press.push_back(ms(*changed - down));
    screen_.still_picture(60ms, 2s);
    screen_.point(nothing.x, nothing.y);  // off the tile: nothing is chosen
    screen_.button(1, false);
    screen_.still_picture(150ms, 2s);
  }
}

/// Round and round: attract, menu, a service's first page, back. Then to the list, and on through its pages.
void Walk::goes(const Side& side, const Program& program, Measures& out) {
  const auto keep = [](std::vector<double>& times, std::optional<double> took) {
    if (took) times.push_back(*took);
  };
  tap(tile_);
  const auto ways = settled();
  tap(back_);
  const auto attract = settled();
  tap(start_);
  const auto home = settled();
  tap(tile_);
  settled();
  tap(back_);
  settled();
  if (home == ways || ways == attract) fmt::print(stderr, "bench: no new page came\n");
  for (int i = 0; i < settings_.pages; ++i) {
    keep(out.menu, tap_for(start_, home));
    settled();
    keep(out.service, tap_for(tile_, ways));
    settled();
    tap_for(back_, attract);
    settled();
  }
  tap(start_);
  settled();
  tap(tile_);
  settled();
  tap(card_);
  side.show_card();
  tap(next_);
  const auto one = settled();
  out.list = program.use();
  tap(next_);
  const auto two = settled();
  if (one == two) fmt::print(stderr, "bench: the list did not turn\n");
  for (int i = 0; i < settings_.pages; i += 2) {
    keep(out.turn, tap_for(previous_, one));
    settled();
    keep(out.turn, tap_for(next_, two));
    settled();
  }
}

/// Processor part while the list's pages are turned twice a second: its rows pass as fast as in a scroll of
/// 2400 dots a second.
double Walk::turns(const Program& program) {
  screen_.point(next_.x, next_.y);
  std::this_thread::sleep_for(touch_gap);
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

double Walk::scrolls(const Side& side) {
  const Program program(side.scrolling, x_display_);
  screen_.still_picture(2500ms, start_limit);
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

}  // namespace kiosk::bench
