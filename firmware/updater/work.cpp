#include "firmware/updater/work.hpp"

#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "firmware/update/download.hpp"
#include "firmware/updater/pause.hpp"
#include "hal/base/log.hpp"

namespace kiosk::updater {
namespace {

using std::chrono::milliseconds;
using namespace std::chrono_literals;

constexpr std::chrono::minutes installing{20};
constexpr std::chrono::minutes longest_install{60};  // three times what the slowest disk takes
constexpr int most_installs = 3;  // a disk that does not take it will not take it the fourth time either
constexpr milliseconds a_while = 1min;
const std::string cut_off = "the installation was cut off";

bool is_stop(const Error& error) {
  return error.code == Errc::cancelled || error.code == Errc::timed_out;
}

/// What another attempt, or another machine, would meet as well; the rest is this machine at this moment.
bool is_its_own_fault(const Error& error) {
  return error.code == Errc::malformed || error.code == Errc::refused || error.code == Errc::storage;
}

/// What is tried here once more when its ledger was lost: known by what the running system says of itself.
Action forgotten(const Facts& facts) {
  const auto label = facts.slots.of(facts.slots.running).label.value_or(hal::SystemLabel{});
  Action action{
      .release = {.version = label.version, .secver = label.secver, .data_schema = label.data_schema}};
  action.release.target.hashes["sha256"] = "";  // nobody knows it any more
  action.step = Step::trial;
  action.begun = facts.now;
  action.slot = facts.slots.running;
  return action;
}

/// The bundle is the one that was released, and not another one that somebody signed as well.
Result<void> check_same(const hal::BundleManifest& manifest, const update::Release& release) {
  const hal::SystemLabel released{release.version, release.secver, release.data_schema};
  if (manifest.compatible == release.compatible && manifest.label == released) return {};
  return fail(Errc::refused,
              fmt::format("the bundle is {} (secver {}, for {}), released was {} (secver {}, for {})",
                          manifest.label.version, manifest.label.secver, manifest.compatible, release.version,
                          release.secver, release.compatible));
}

}  // namespace

Result<milliseconds> Work::carry_out(const Next& todo, const State& state) {
  const auto action = state.action ? *state.action : forgotten(facts_);
  switch (todo.what) {
    case Do::keep_good:
      return keep_good(state);
    case Do::return_to_meant:
      return return_to(meant(state, facts_.slots).value());
    case Do::settle:
      return settle();
    case Do::download:
      return download(action);
    case Do::install:
      return install(action);
    case Do::read_back:
      return read_back(action);
    case Do::activate:
      return activate(action);
    case Do::restart:
      return restart(action);
    case Do::begin_trial:
      return begin_trial(action);
    case Do::fail_trial:
      return fail_trial(action, todo.why);
    case Do::commit:
      return commit(action, state);
    case Do::fall_back:
      return fall_back(action, state, todo.why);
    case Do::roll_back:
      return roll_back(action, todo);
    case Do::give_up:
      return finish(action, todo.outcome, todo.why);
    case Do::wait:
    case Do::poll:
      break;
  }
  return todo.after;
}

Work::Pause Work::keep_good(const State& state) {
  const auto running = facts_.slots.running;
  const bool to_restart = state.action && state.action->step >= Step::activate;
  if (meant(state, facts_.slots) && !to_restart) {
    log::error("updater", "another system runs than the one that is meant",
               {{"runs", hal::name_of(running)}});
  }
  TRY(parts_.slots.mark_good(running));
  return 0ms;
}

Work::Pause Work::return_to(hal::Slot meant) {
  const auto closed = close(restarting);
  if (!closed && closed.error().code == Errc::busy) return a_while;
  TRY(closed);
  log::warning("updater", "the system that is meant gets its tries again", {{"slot", hal::name_of(meant)}});
  TRY(parts_.slots.activate(meant));
  TRY(parts_.power.restart());
  return a_while;
}

Work::Pause Work::settle() {
  // What is chosen goes by the ledger: it says so first, lest a cut leave records that a chosen system cannot
  // open.
  TRY(ledger_.saw_data_schema(facts_.slots.of(facts_.slots.running).label->data_schema));
  TRY(parts_.citizens.settle(wait_));
  TRY(ledger_.settle());
  log::info("updater", "older systems may not read the records any more");
  return a_while;  // a label that promises more than its program settles is not asked about without end
}

Work::Pause Work::download(Action action) {
  auto brought = make_room(action);
  if (brought) {
    told_.asking();
    const auto progress = [&](std::int64_t done, std::int64_t length) {
      told_.progress(Step::download, length == 0 ? 1000 : static_cast<int>(done * 1000 / length));
    };
    brought =
        update::download(parts_.mirror, action.from, action.release.target, place_.bundle(), progress, wait_);
  }
  if (!brought) return put_off(std::move(action), Step::download, brought.error());
  const auto manifest = parts_.slots.inspect(place_.bundle(), wait_);
  const auto same = manifest ? check_same(*manifest, action.release) : std::unexpected(manifest.error());
  if (!same && (same.error().code == Errc::refused || same.error().code == Errc::malformed)) {
    return finish(std::move(action), Outcome::failed, same.error().what);
  }
  if (!same) return put_off(std::move(action), Step::download, same.error());
  action.tries = 0;
  return go_on(std::move(action), Step::install);
}

Work::Pause Work::install(Action action) {
  auto whole = update::check_file(place_.bundle(), action.release.target, wait_);
  if (!whole && is_stop(whole.error())) return std::unexpected(whole.error());
  if (!whole) {
    action.tries = 0;
    return go_on(std::move(action), Step::download);
  }
  if (action.slot) {  // it was begun once: perhaps all but a word in the ledger was done
    const auto manifest = parts_.slots.inspect(place_.bundle(), wait_);
    if (manifest && parts_.slots.read_back(*manifest, wait_))
      return go_on(std::move(action), Step::read_back);
  }
  if (action.tries >= most_installs) {
    const auto outcome = action.faults >= most_installs ? Outcome::failed : Outcome::abandoned;
    const auto reason = action.reason;
    return finish(std::move(action), outcome, reason);
  }
  const auto closed = close(installing);
  if (!closed && closed.error().code == Errc::busy) return a_while;
  if (!closed) return std::unexpected(closed.error());
  action.slot = hal::other(facts_.slots.running);
  ++action.tries;
  action.reason = cut_off;  // unless it lives to say something else
  TRY(keep(action));
  const auto installed = write_slot();
  if (installed) return go_on(std::move(action), Step::read_back);
  if (installed.error().code == Errc::refused) return judge_refusal(std::move(action), installed.error());
  if (is_its_own_fault(installed.error())) ++action.faults;
  return put_off(std::move(action), Step::install, installed.error());
}

Result<void> Work::write_slot() {
  const auto progress = [&](int permille) { told_.progress(Step::install, permille); };
  auto installed = parts_.slots.install(place_.bundle(), progress, wait_.at_most(longest_install));
  const bool hangs = !installed && installed.error().code == Errc::timed_out && wait_.check();
  if (!hangs) return installed;
  return fail(Errc::unreachable,
              fmt::format("the installer did not end within {} minutes", longest_install.count()));
}

Work::Pause Work::judge_refusal(Action action, const Error& error) {
  // The first gate let it pass in this very step. A second gate that could not start, or not read the floor,
  // says the same as one that judged: unless the bundle itself shows why, it is the machine's fault.
  const auto manifest = parts_.slots.inspect(place_.bundle(), wait_);
  const auto same = manifest ? check_same(*manifest, action.release) : std::unexpected(manifest.error());
  if (!same && is_its_own_fault(same.error())) {
    return finish(std::move(action), Outcome::failed, error.what);
  }
  return put_off(std::move(action), Step::install, same ? error : same.error());
}

Work::Pause Work::read_back(Action action) {
  const auto manifest = parts_.slots.inspect(place_.bundle(), wait_);
  const auto same = manifest ? parts_.slots.read_back(*manifest, wait_) : std::unexpected(manifest.error());
  if (!same && is_its_own_fault(same.error())) ++action.faults;
  if (!same) return put_off(std::move(action), Step::install, same.error());
  action.start = facts_.slots.start;
  return go_on(std::move(action), Step::activate);
}

Work::Pause Work::activate(Action action) {
  action.start = facts_.slots.start;
  action.before = facts_.vitals;
  TRY(keep(action));
  const auto activated = parts_.slots.activate(hal::other(facts_.slots.running));
  if (!activated) {
    ++action.tries;  // what cannot be activated was installed in vain, and would be found whole again
    if (action.tries >= most_installs)
      return finish(std::move(action), Outcome::abandoned, activated.error().what);
    return put_off(std::move(action), Step::install, activated.error());
  }
  return go_on(std::move(action), Step::restart);
}

Work::Pause Work::restart(Action action) {
  const auto closed = close(restarting);
  if (!closed && closed.error().code == Errc::busy) return a_while;
  if (!closed) return std::unexpected(closed.error());
  return ask_for_restart(std::move(action));
}

Work::Pause Work::go_on(Action action, Step step) {
  log::info("updater", "goes on", {{"from", name_of(action.step)}, {"to", name_of(step)}});
  action.step = step;
  action.not_before = {};
  action.reason.clear();
  TRY(keep(action));
  return 0ms;
}

Work::Pause Work::put_off(Action action, Step step, const Error& error) {
  if (is_stop(error)) return std::unexpected(error);
  log::warning("updater", "did not work",
               {{"step", name_of(action.step)}, {"code", name_of(error.code)}, {"what", error.what}});
  if (action.line == Line::offline && step == Step::download) {
    return finish(std::move(action), Outcome::abandoned,
                  error.what);  // a person stands there and tries again
  }
  if (step == Step::download) ++action.tries;
  if (step == Step::install) std::ignore = parts_.citizens.open(wait_);
  std::array<std::uint8_t, 1> luck{};
  parts_.random.fill(luck);
  const auto asked = step == Step::download ? parts_.mirror.retry_after() : std::nullopt;
  action.step = step;
  action.reason = error.what;
  action.not_before = facts_.now + back_off(action.tries, luck[0] * 10'000U, asked);
  TRY(keep(action));
  return 0ms;
}

Work::Pause Work::finish(Action action, Outcome outcome, const std::string& reason) {
  action.step = Step::done;
  action.outcome = outcome;
  action.ended = facts_.now;
  action.reason = reason;
  TRY(keep(action));
  const auto level = outcome == Outcome::abandoned ? log::Level::info : log::Level::error;
  log::write(level, "updater", "a release was given up",
             {{"version", action.release.version}, {"outcome", name_of(outcome)}, {"reason", reason}});
  if (outcome != Outcome::abandoned) forget_bundle();  // that one may come again
  std::ignore = parts_.citizens.open(wait_);
  return 0ms;
}

Result<void> Work::keep(const Action& action) {
  TRY(ledger_.keep(action));
  told_.changed(action);
  return {};
}

Result<void> Work::make_room(const Action& action) const {
  std::error_code error;
  const auto there = std::filesystem::file_size(place_.bundle(), error);
  const auto brought = error ? 0 : static_cast<std::int64_t>(there);
  const auto free = std::filesystem::space(place_.folder, error).available;
  if (error) return fail(Errc::storage, place_.folder.string() + ": " + error.message());
  const auto needed = std::max<std::int64_t>(action.release.target.length - brought, 0) + place_.keep_free;
  if (std::cmp_greater_equal(free, needed)) return {};
  return fail(Errc::storage,
              fmt::format("{} MB of the disk are free, {} are needed", free >> 20, needed >> 20));
}

Work::Pause Work::ask_for_restart(Action action) {
  action.not_before = facts_.now + a_while;  // by then it has happened, or is asked for again
  TRY(keep(action));
  TRY(parts_.power.restart());
  return a_while;
}

Result<void> Work::close(std::chrono::minutes about) {
  const auto closed = parts_.citizens.stay_closed(about, wait_);
  if (closed || closed.error().code == Errc::busy || is_stop(closed.error())) return closed;
  if (facts_.silent_for < silence_of_the_dead)
    return fail(Errc::busy, closed.error().what);  // it may be starting
  log::warning("updater", "the citizens' side does not answer", {{"what", closed.error().what}});
  return {};
}

void Work::forget_bundle() const {
  for (const auto* end : {"", ".etag"}) {
    auto file = place_.bundle();
    file += end;
    std::error_code error;  // what stays is overwritten by the next one
    std::filesystem::remove(file, error);
  }
}

}  // namespace kiosk::updater
