#include "firmware/updater/service/service.hpp"

#include <utility>

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

/// The service's steps as long as its turn lasts; answers for how long nothing is due.
Result<milliseconds> work(Updater& updater, Configuration& configuration, const Outfit& outfit,
                          const Turn& turn, const Wait& wait) {
  auto options = configuration.store;
  const auto store = TRY(outfit.store(options));
  for (;;) {
    const auto pause = TRY(updater.step(*store, wait));
    if (pause > 0ms || turn.wanted()) return std::max(pause, 1000ms);
  }
}

}  // namespace

Result<void> serve(Configuration configuration, const Outfit& outfit, const Wait& wait) {
  Things things;
  things.mirror = make_mirror(configuration, outfit);
  TRY(make_machine(configuration, outfit, things));
  const Turn* turn_now = nullptr;
  std::stop_source* leave = nullptr;
  const auto give_way = [&](Step step, int) {
    if (step == Step::download && turn_now->wanted()) leave->request_stop();
  };
  Updater updater(things.parts(), configuration.place, configuration.rules, {.progress = give_way});
  while (wait.check()) {
    milliseconds pause = a_while;
    auto turn = Turn::take(configuration.place.folder, "the update service");
    if (turn) {
      std::stop_source step_over;
      const std::stop_callback stopped(wait.stop, [&] { step_over.request_stop(); });
      turn_now = &*turn;
      leave = &step_over;
      const auto worked =
          work(updater, configuration, outfit, *turn, {.until = wait.until, .stop = step_over.get_token()});
      if (worked) pause = *worked;
      if (!worked && worked.error().code == Errc::cancelled) pause = 1s;
      if (!worked && worked.error().code != Errc::cancelled) {
        log::warning("updater", "cannot go on",
                     {{"code", name_of(worked.error().code)}, {"what", worked.error().what}});
      }
    } else if (turn.error().code != Errc::busy) {
      log::error("updater", "cannot work", {{"what", turn.error().what}});
    }
    turn = fail(Errc::busy, "");  // given up while nothing is due
    std::ignore = wait.sleep(pause);
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
      const bool nothing = state.ended.size() == before.ended.size() || state.action;
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
