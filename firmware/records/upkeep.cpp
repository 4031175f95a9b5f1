#include "firmware/records/upkeep.hpp"

#include "firmware/records/moment.hpp"
#include "hal/base/log.hpp"

namespace kiosk::records {

using namespace std::chrono_literals;
using hal::Transaction;

namespace {

constexpr auto tolerated = 2min;
constexpr auto china = 8h;
constexpr auto hour_of_work = 3h;  // when halls are empty

/// Days that begin at 03:00 in China.
auto work_day(WallTime moment) {
  return std::chrono::floor<std::chrono::days>(moment + china - hour_of_work);
}

Result<void> remember(hal::Store& store, WallTime now) {
  return store.transact([&](Transaction& transaction) {
    return transaction.put("upkeep", {"daily", {{"last", to_number(now)}}});
  });
}

Result<void> record(Audit& audit, const Swept& swept) {
  AuditEvent event{.id = "retention.swept", .role = Role::kiosk, .purpose = "retention"};
  event.facts = {
      {"papers", std::int64_t{swept.papers}},           {"paper_data", std::int64_t{swept.paper_data}},
      {"submissions", std::int64_t{swept.submissions}}, {"sessions", std::int64_t{swept.sessions}},
      {"counters", std::int64_t{swept.counters}},       {"audit_files", std::int64_t{swept.audit_files}}};
  TRY(audit.record(event));
  return {};
}

}  // namespace

Result<std::optional<Swept>> Upkeep::run_if_due(WallTime registry_now) {
  const bool agrees = TRY(clock_agrees(registry_now));
  if (!agrees) return std::optional<Swept>();
  const bool is_due = TRY(due());
  if (!is_due) return std::optional<Swept>();
  const auto swept = TRY(sweep(store_, clock_, audit_, rules_));
  TRY(record(audit_, swept));
  const auto head = audit_.sign_head();  // also when a wrong clock keeps the trail in one file for long
  if (!head && head.error().code != Errc::not_present) return std::unexpected(head.error());
  TRY(remember(store_, clock_.now()));
  return std::optional(swept);
}

/// Lines and dates of the trail are the kiosk's; who reads them must know when they were wrong.
Result<bool> Upkeep::clock_agrees(WallTime registry_now) {
  const auto ahead = std::chrono::duration_cast<std::chrono::seconds>(clock_.now() - registry_now);
  const bool differs = ahead > tolerated || ahead < -tolerated;
  if (differs == differed_) return !differs;
  if (differs) log::error("records", "the clock is wrong", {{"seconds_ahead", ahead.count()}});
  AuditEvent event{.id = differs ? "clock.differs" : "clock.agrees", .role = Role::kiosk};
  event.facts = {{"seconds_ahead", std::int64_t{ahead.count()}}};
  TRY(audit_.record(event));
  differed_ = differs;
  return !differs;
}

/// Another day, and not a later one: a clock that was set back must not wait for years.
Result<bool> Upkeep::due() {
  const auto last = hal::in_transaction(
      store_, [](Transaction& transaction) { return transaction.get("upkeep", "daily"); });
  if (!last && last.error().code == Errc::not_present) return true;
  if (!last) return std::unexpected(last.error());
  return work_day(to_moment(last->number("last"))) != work_day(clock_.now());
}

}  // namespace kiosk::records
