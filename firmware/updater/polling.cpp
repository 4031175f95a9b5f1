#include "firmware/updater/polling.hpp"

#include <utility>

#include <fmt/format.h>

#include "firmware/update/download.hpp"
#include "firmware/updater/pause.hpp"
#include "hal/base/log.hpp"

namespace kiosk::updater {
namespace {

/// What a mirror offers to this machine.
struct Offer {
  std::optional<update::Release> release;
  std::string from;
};

Result<Offer> offer_of(const Parts& parts, const Place& place, const Rules& rules, hal::Store& store,
                       const State& state, const Facts& facts, const Wait& wait) {
  update::TrustedStore trusted(store);
  const update::Start start{
      .shipped_root = place.shipped_root, .now = facts.now, .not_before = place.built, .line = rules.line};
  const auto released = TRY(update::refresh(parts.mirror, trusted, start, wait));
  auto release = TRY(update::release_for(machine_of(state, facts.slots, rules), released));
  if (!release) return Offer{};
  auto from = update::mirror_path(released.root, release->path, release->target);
  return Offer{.release = std::move(release), .from = std::move(from)};
}

Action begun_from(const Offer& offer, const Rules& rules, WallTime now) {
  Action action{.line = rules.line, .release = *offer.release, .from = offer.from, .begun = now};
  std::erase_if(action.release.target.hashes, [](const auto& hash) { return hash.first != "sha256"; });
  action.release.target.custom = {};
  action.release.offline_max_age = {};  // was judged when it was chosen, and at every look again
  action.release.ring = update::last_ring;
  return action;
}

Action abandoned(Action action, WallTime now, std::string reason) {
  action.step = Step::done;
  action.outcome = Outcome::abandoned;
  action.ended = now;
  action.reason = std::move(reason);
  return action;
}

std::uint32_t chance(Random& random) {
  std::array<std::uint8_t, 4> bytes{};
  random.fill(bytes);
  return static_cast<std::uint32_t>(bytes[0]) << 24U | static_cast<std::uint32_t>(bytes[1]) << 16U |
         static_cast<std::uint32_t>(bytes[2]) << 8U | bytes[3];
}

/// The work that a choice makes.
Result<std::string> take_up(Choice choice, const Offer& offer, const Rules& rules, Ledger& ledger,
                            const State& state, WallTime now) {
  switch (choice) {
    case Choice::none:
      return "nothing newer is released";
    case Choice::keep: {
      if (!offer.release || state.action->line == rules.line) return "what is under way is still offered";
      auto action =
          *state.action;  // the technician has it on a stick: no need to wait for the line or the night
      action.line = rules.line;
      action.from = offer.from;
      action.not_before = {};
      TRY(ledger.keep(action));
      return "what is under way goes on from the stick";
    }
    case Choice::begin: {
      std::optional<Action> ends;
      if (state.action) ends = abandoned(*state.action, now, "another release came");
      TRY(ledger.begin(begun_from(offer, rules, now), ends));
      log::info("updater", "a release was chosen",
                {{"version", offer.release->version}, {"secver", offer.release->secver}});
      return fmt::format("{} was chosen", offer.release->version);
    }
    case Choice::abandon:
      TRY(ledger.keep(abandoned(*state.action, now, "it is no longer offered")));
      log::info("updater", "a release is no longer offered", {{"version", state.action->release.version}});
      return "what was under way is no longer offered";
    case Choice::refuse:
      if (state.action && state.action->line == rules.line) {
        TRY(ledger.keep(abandoned(*state.action, now, "it is no longer offered")));
      }
      return fmt::format("{} was tried here and is not tried again", offer.release->version);
  }
  std::unreachable();
}

}  // namespace

Result<Answer> ask_mirror(const Parts& parts, const Place& place, const Rules& rules, hal::Store& store,
                          const State& state, const Facts& facts, const Wait& wait) {
  Ledger ledger(store);
  Poll poll{.at = facts.now, .fresh = facts.now};
  const auto luck = chance(parts.random);
  const auto offer = offer_of(parts, place, rules, store, state, facts, wait);
  if (!offer) {
    const auto& error = offer.error();
    if (error.code == Errc::cancelled || error.code == Errc::timed_out) return std::unexpected(error);
    poll.fresh = state.poll.fresh;
    poll.failures = state.poll.failures + 1;
    poll.next = facts.now + back_off(poll.failures, luck, parts.mirror.retry_after());
    poll.said = error.what;
    log::warning("updater", "no release can be chosen",
                 {{"code", name_of(error.code)}, {"what", error.what}, {"failures", poll.failures}});
    if (rules.line == Line::online) TRY(ledger.keep_poll(poll));
    return Answer{.error = error};
  }
  const auto choice = choose(state, offer->release, rules);
  poll.said = TRY(take_up(choice, *offer, rules, ledger, state, facts.now));
  const std::chrono::milliseconds every = place.poll_every;
  poll.next =
      facts.now + every - std::chrono::milliseconds(luck % static_cast<std::uint64_t>(every.count() / 8));
  // A stick says nothing of what the server has; what it brings is not asked for a confirmation.
  if (rules.line == Line::online) TRY(ledger.keep_poll(poll));
  if (choice == Choice::refuse) return Answer{.choice = choice, .error = Error{Errc::refused, poll.said}};
  return Answer{.choice = choice};
}

}  // namespace kiosk::updater
