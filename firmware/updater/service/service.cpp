#include "firmware/updater/service/service.hpp"

#include <algorithm>
#include <atomic>
#include <functional>
#include <thread>
#include <utility>

#include "firmware/updater/health_gate.hpp"
#include "firmware/updater/turn.hpp"
#include "hal/base/log.hpp"

namespace kiosk::updater {
namespace {

using std::chrono::milliseconds;
using namespace std::chrono_literals;

constexpr milliseconds a_while = 1min;

struct Things {
  std::shared_ptr<hal::ReleaseMirror> mirror;
  std::shared_ptr<hal::Slots> slots;
  std::shared_ptr<hal::CitizensSide> citizens;
  std::shared_ptr<hal::Power> power;
  std::shared_ptr<const Clock> clock;
  SystemRandom random = {};

  Parts parts() { return {*mirror, *slots, *citizens, *power, *clock, random}; }
};

/// Stands for a server that cannot be asked at all, because its certificate is not there or its lines in the
/// configuration are wrong: a new system must have its trial, and a good one its tries counted anew, all the
/// same.
class NoMirror final : public hal::ReleaseMirror {
 public:
  explicit NoMirror(Error why) : why_(std::move(why)) {}
  Result<std::string> fetch(const std::string& /*path*/, std::size_t /*most*/,
                            const Wait& /*wait*/) override {
    return std::unexpected(why_);
  }
  Result<void> download(const std::string& /*path*/, std::int64_t /*length*/,
                        const std::filesystem::path& /*file*/, const OnProgress& /*progress*/,
                        const Wait& /*wait*/) override {
    return std::unexpected(why_);
  }
  std::optional<std::chrono::seconds> retry_after() const override { return std::nullopt; }

 private:
  Error why_;
};

std::shared_ptr<hal::ReleaseMirror> make_mirror(Configuration& configuration, const Outfit& outfit) {
  auto made = outfit.server(configuration.release_mirror);
  if (made) return *std::move(made);
  log::error("updater", "the server cannot be asked", {{"what", made.error().what}});
  return std::make_shared<NoMirror>(std::move(made).error());
}

Result<void> make_machine(Configuration& configuration, const Outfit& outfit, Things& things) {
  things.slots = TRY(outfit.slots(configuration.slots));
  things.citizens = TRY(outfit.citizens_side(configuration.citizens_side));
  things.power = TRY(outfit.power(configuration.power));
  things.clock = outfit.clock;
  return {};
}

/// Ends what the service asks the server when a person with a stick claims the turn, for no line is so fast
/// that a person would wait for it. Nothing else is ended: least of all an installation.
class GivingWay {
 public:
  /// `asking`: whether it asks just now.
  GivingWay(const Turn& turn, const std::atomic<bool>& asking, std::stop_token stop)
      : stopped_(std::move(stop), [this] { source_.request_stop(); }),
        watch_([this, &turn, &asking](const std::stop_token& over) {
          while (Wait{.stop = over}.sleep(200ms)) {
            if (asking && turn.wanted()) source_.request_stop();
          }
        }) {}

  std::stop_token stop() const { return source_.get_token(); }

 private:
  std::stop_source source_;
  std::stop_callback<std::function<void()>> stopped_;
  std::jthread watch_;
};

/// The service's steps as long as its turn lasts; answers for how long nothing is due.
Result<milliseconds> work(Updater& updater, Configuration& configuration, const Outfit& outfit,
                          const Turn& turn, std::atomic<bool>& asking, const Wait& wait) {
  auto options = configuration.store;
  const auto store = TRY(outfit.store(options));
  for (;;) {
    asking = false;
    const auto pause = TRY(updater.step(*store, wait));
    if (pause > 0ms || turn.wanted()) return std::max(pause, 1000ms);
  }
}

/// One turn of the service, given up at its end; answers as work(). `busy`: a person has it.
Result<milliseconds> take_turn(Updater& updater, Configuration& configuration, const Outfit& outfit,
                               std::atomic<bool>& asking, const Wait& wait) {
  const auto turn = TRY(Turn::take(configuration.place.folder, "the update service"));
  const GivingWay giving_way(turn, asking, wait.stop);
  return work(updater, configuration, outfit, turn, asking, {.until = wait.until, .stop = giving_way.stop()});
}

bool is_failure(const Error& error) {
  return error.code != Errc::cancelled && error.code != Errc::busy;
}

}  // namespace

Result<void> serve(Configuration configuration, const Outfit& outfit, const Wait& wait) {
  Things things;
  things.mirror = make_mirror(configuration, outfit);
  TRY(make_machine(configuration, outfit, things));
  std::atomic<bool> asking = false;
  Updater updater(things.parts(), configuration.place, configuration.rules,
                  {.asking = [&asking] { asking = true; }});
  milliseconds failing{};
  while (wait.check()) {
    const auto done = take_turn(updater, configuration, outfit, asking, wait);
    if (done) failing = 0ms;
    if (!done && is_failure(done.error())) {
      log::warning("updater", "cannot go on",
                   {{"code", name_of(done.error().code)}, {"what", done.error().what}});
      if (failing >= gate_limit) return fail(Errc::timed_out, "nothing goes on: " + done.error().what);
      failing += a_while;
    }
    const bool gave_way = !done && done.error().code == Errc::cancelled;
    std::ignore = outfit.sleep(done ? *done : gave_way ? 1s : a_while, wait);
  }
  return {};
}

namespace {

/// Says each step once, and each tenth of the way.
class Narrator {
 public:
  explicit Narrator(const Say& say) : say_(say) {}

  void changed(const Action& action) {
    if (!said_release_) {
      say_({{"event", "release"},
            {"version", action.release.version},
            {"secver", action.release.secver},
            {"notes", action.release.notes}});
      said_release_ = true;
    }
    if (action.step == step_ || action.step == Step::done) return;
    step_ = action.step;
    say_({{"event", "step"}, {"step", name_of(action.step)}});
  }
  void progress(Step step, int permille) {
    if (permille < 1000 && step == progressed_ && permille < permille_ + 10) return;
    progressed_ = step;
    permille_ = permille;
    say_({{"event", "progress"}, {"step", name_of(step)}, {"permille", permille}});
  }
  void waiting(const std::string& why) {
    if (why == why_) return;
    why_ = why;
    say_({{"event", "waiting"}, {"why", why}});
  }

 private:
  const Say& say_;
  bool said_release_ = false;
  std::optional<Step> step_, progressed_;
  int permille_ = 0;
  std::string why_;
};

/// Of the newest action that ended; 0 without one.
std::int64_t last_ended(const State& state) {
  return state.ended.empty() ? 0 : state.ended.back().id;
}

bool restart_was_asked(const Action& action) {
  return action.step == Step::restart && action.not_before != WallTime();
}

}  // namespace

Result<Outcome> install_from(const std::filesystem::path& stick, Configuration configuration,
                             const Outfit& outfit, const Say& say, const Wait& wait) {
  configuration.rules.line = Line::offline;
  Things things;
  things.mirror = outfit.stick(stick);
  TRY(make_machine(configuration, outfit, things));
  const auto turn = TRY(Turn::claim(configuration.place.folder, "a stick", wait.at_most(1min)));
  const auto store = TRY(outfit.store(configuration.store));
  Ledger ledger(*store);
  const auto before = TRY(ledger.state());
  if (before.action && before.action->step > Step::install) {
    return fail(Errc::busy, "an update is under way: " + std::string(name_of(before.action->step)));
  }
  Narrator narrator(say);
  Updater updater(things.parts(), configuration.place, configuration.rules,
                  {.changed = [&](const Action& action) { narrator.changed(action); },
                   .progress = [&](Step step, int permille) { narrator.progress(step, permille); },
                   .waiting = [&](const std::string& why) { narrator.waiting(why); }});
  TRY(updater.poll(*store, wait));
  for (;;) {
    const auto state = TRY(ledger.state());
    if (!state.action || state.action->line != Line::offline) {
      const bool nothing = last_ended(state) == last_ended(before) || state.action;
      const auto outcome = nothing ? Outcome::none : state.ended.back().outcome;
      const auto reason = nothing ? std::string() : state.ended.back().reason;
      say({{"event", "outcome"},
           {"outcome", nothing ? "nothing_newer" : name_of(outcome)},
           {"reason", reason}});
      return outcome;
    }
    narrator.changed(*state.action);
    if (restart_was_asked(*state.action)) {
      say({{"event", "outcome"}, {"outcome", "restarting"}, {"reason", ""}});
      return Outcome::none;
    }
    const auto pause = TRY(updater.step(*store, wait));
    if (restart_was_asked(ledger.state().value_or(State{}).action.value_or(Action{}))) continue;
    if (pause > 0ms) TRY(wait.sleep(pause));
  }
}

}  // namespace kiosk::updater
