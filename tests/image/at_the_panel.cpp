#include "tests/image/at_the_panel.hpp"

#include <cmath>
#include <fstream>
#include <tuple>

#include <fmt/format.h>

namespace kiosk::image {

namespace fs = std::filesystem;
using lobby::Verb;

namespace {

constexpr double another_page = 0.03;  // of the dots; less are a clock, numbers and what moves
constexpr double another_node = 0.01;
// Closer touches are taken for one, and nobody has a card in hand already when the page comes.
constexpr auto between_acts = 500ms;

/// Two loops and a tail, as a hand signs.
std::vector<std::pair<int, int>> signature(const hal::DotRect& pad) {
  std::vector<std::pair<int, int>> dots;
  for (int i = 0; i <= 40; ++i) {
    const double t = i / 40.0;
    dots.emplace_back(pad.x + static_cast<int>(pad.width * (0.15 + 0.7 * t)),
                      pad.y + static_cast<int>(pad.height * (0.5 + 0.28 * std::sin(t * 14) * (1 - 0.5 * t))));
  }
  return dots;
}

bool shows(const Picture& seen, const Step& step) {
  return difference(seen, step.shown) <= another_page &&
         difference(seen, step.shown, step.node) <= another_node;
}

}  // namespace

fs::path build() {
  return fs::read_symlink("/proc/self/exe").parent_path().parent_path().parent_path();
}

void AtThePanel::rehearse_here(const std::string& name) {
  const auto scenario =
      lobby::read_scenario(fs::path(KIOSK_SOURCE_FOLDER) / "tests/lobby/player/scenarios", name);
  ASSERT_TRUE(scenario) << scenario.error().what;
  fs::remove_all(folder_ / "rehearsal");  // of an earlier run
  auto rehearsed = rehearse(*scenario, folder_ / "rehearsal", build() / "tests/lobby/kiosk-glass");
  ASSERT_TRUE(rehearsed) << rehearsed.error().what;
  rehearsed_ = *std::move(rehearsed);
}

void AtThePanel::perform(std::size_t from, std::size_t to) {
  for (auto i = from; i < to; ++i) {
    const auto& step = rehearsed_.steps.at(i);
    const auto done = perform(step);
    ASSERT_TRUE(done) << "line " << step.act.line << ", page " << step.page << ": " << done.error().what
                      << "; see " << folder_;
  }
}

std::size_t AtThePanel::place_of(Verb verb, const std::string& what, std::size_t from) const {
  for (auto i = from; i < rehearsed_.steps.size(); ++i) {
    const auto& act = rehearsed_.steps[i].act;
    if (act.verb == verb && act.what == what) return i;
  }
  ADD_FAILURE() << "no step about " << what;
  return from;
}

Result<void> AtThePanel::perform(const Step& step) {
  const auto& act = step.act;
  const auto dot = act.what.find('.');
  switch (act.verb) {
    case Verb::turn:
      TRY(Wait{}.sleep(between_acts));
      return hall_->stations().turn(act.what.substr(0, dot), act.what.substr(dot + 1), act.value);
    case Verb::expect:
      return expect(act.what.substr(0, dot), act.what.substr(dot + 1), act.value);
    case Verb::tap:
      TRY(await(step));
      touched_ = &step;
      return touch();
    case Verb::sign:
      TRY(await(step));
      return machine_->draw(signature(step.node));
    case Verb::page:
    case Verb::see:
      return await(step);
    default:
      return fail(Errc::internal, "the panel cannot do this");
  }
}

/// Until the panel shows the step's page, and its node as it must be. What stands there meanwhile is kept
/// too.
Result<void> AtThePanel::await(const Step& step) {
  const auto at_last = folder_ / "at-last.png";
  fs::remove(at_last);
  Picture seen;
  const auto came = await(step, seen);
  if (!came && seen.width > 0) std::ignore = save(seen, at_last);
  return came;
}

Result<void> AtThePanel::await(const Step& step, Picture& seen) {
  const auto wait = Wait::of(machine_->started_at() + boot_time > Steady::now() ? boot_time : patience);
  while (true) {
    seen = TRY(machine_->look());
    if (shows(seen, step)) return keep(step.page, seen);
    if (touched_ != nullptr && Steady::now() > touched_at_ + 10s && shows(seen, *touched_)) TRY(touch());
    if (difference(seen, kept_) > another_page) TRY(keep("before-" + step.page, seen));
    if (!wait.sleep(500ms))
      return fail(Errc::timed_out, fmt::format("{:.1f} % of the page and {:.1f} % of \"{}\" are others",
                                               difference(seen, step.shown) * 100,
                                               difference(seen, step.shown, step.node) * 100, step.act.what));
  }
}

/// Again when nothing came of it, as a person does: what has just been plugged in is not there at once.
Result<void> AtThePanel::touch() {
  const auto& node = touched_->node;
  TRY(machine_->tap(node.x + node.width / 2, node.y + node.height / 2));
  TRY(Wait{}.sleep(between_acts));
  touched_at_ = Steady::now();
  return {};
}

/// NN-page.png; the same page again in a row replaces the picture before.
Result<void> AtThePanel::keep(const std::string& page, const Picture& picture) {
  if (page != page_ || page.starts_with("before-")) {
    ++number_;
    fmt::print("{:02}-{} after {:.1f} s\n", number_, page,
               std::chrono::duration<double>(Steady::now() - machine_->started_at()).count());
    std::fflush(stdout);
  }
  page_ = page;
  kept_ = picture;
  return save(kept_, folder_ / fmt::format("{:02}-{}.png", number_, page));
}

Result<void> AtThePanel::expect(const std::string& station, const std::string& field,
                                const std::string& value) {
  const auto wait = Wait::of(patience);
  while (true) {
    const auto state = hall_->stations().state().at(station).at(field);
    const auto text = state.is_string() ? state.get<std::string>() : state.dump();
    if (text == value) return {};
    if (!wait.sleep(100ms)) return fail(Errc::timed_out, field + " is " + text + ", not " + value);
  }
}

void AtThePanel::expect_whole_audit_trail() {
  machine_.reset();
  const auto files = audit_files(disk_, folder_);
  ASSERT_TRUE(files) << files.error().what;
  ASSERT_FALSE(files->empty());
  std::vector<std::string> command{(build() / "firmware/kiosk-audit").string(), "verify", "--key",
                                   hall_->audit_public_key().string()};
  trail_.clear();
  for (const auto& file : *files) {
    command.push_back(file.string());
    std::ifstream lines(file);
    trail_.append(std::istreambuf_iterator<char>(lines), {});
  }
  const auto report = folder_ / "audit-report";
  auto verifier = lobby::Child::start({.command = command, .log = report.string()});
  ASSERT_TRUE(verifier) << verifier.error().what;
  EXPECT_EQ(verifier->wait(Wait::of(60s)).value_or(-1), 0) << "see " << report;
}

}  // namespace kiosk::image
