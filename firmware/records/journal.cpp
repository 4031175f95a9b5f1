#include "firmware/records/journal.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "firmware/records/moment.hpp"

namespace kiosk::records {

namespace {

using hal::Row;
using hal::Transaction;

std::string debt_key(std::string_view session, Debt what, std::string_view reference) {
  return fmt::format("{}/{}/{}", session, name_of(what), reference);
}

Result<Row> running(Transaction& transaction, std::string_view session) {
  auto row = TRY(transaction.get("sessions", session));
  if (row.number("ended") != 0) return fail(Errc::internal, "journal: the session has ended");
  return row;
}

Result<Debt> to_debt(std::string_view name) {
  for (const auto debt : {Debt::card, Debt::submission}) {
    if (name_of(debt) == name) return debt;
  }
  return fail(Errc::storage, "journal: a debt of no known kind");
}

Result<std::vector<Owed>> debts_of(Transaction& transaction, const std::string& session) {
  std::vector<Owed> owed;
  const auto rows = TRY(transaction.list("debts", hal::Match{"session", session}));
  for (const auto& row : rows) {
    const auto what = TRY(to_debt(row.text("what")));
    owed.push_back({what, row.text("reference"), to_moment(row.number("since"))});
  }
  return owed;
}

Result<SessionEntry> to_entry(Transaction& transaction, const Row& row) {
  SessionEntry entry{row.key, row.text("service"), to_moment(row.number("began")), row.text("outcome"), {},
                     {}};
  const auto steps = TRY(transaction.list("steps", hal::Match{"session", row.key}));
  for (const auto& step : steps) entry.steps.push_back({step.text("name"), to_moment(step.number("at"))});
  auto owed = TRY(debts_of(transaction, row.key));
  entry.owed = std::move(owed);
  return entry;
}

}  // namespace

std::string_view name_of(Debt debt) {
  switch (debt) {
    case Debt::card:
      return "card";
    case Debt::submission:
      return "submission";
  }
  std::unreachable();
}

Result<void> Journal::begin(std::string_view session, std::string_view service) {
  return store_.transact([&](Transaction& transaction) -> Result<void> {
    if (transaction.get("sessions", session))
      return fail(Errc::internal, "journal: the session began before");
    const auto now = to_number(clock_.now());
    return transaction.put(
        "sessions",
        {std::string(session), {{"service", std::string(service)}, {"began", now}, {"changed", now}}});
  });
}

Result<void> Journal::step(std::string_view session, std::string_view name) {
  return store_.transact([&](Transaction& transaction) -> Result<void> {
    auto row = TRY(running(transaction, session));
    const auto now = to_number(clock_.now());
    const auto count = row.number("steps") + 1;
    TRY(transaction.put("steps", {fmt::format("{}/{:06}", session, count),
                                  {{"session", row.key}, {"name", std::string(name)}, {"at", now}}}));
    row.cells["steps"] = count;
    row.cells["changed"] = now;
    return transaction.put("sessions", row);
  });
}

Result<void> Journal::owe(std::string_view session, Debt what, std::string_view reference) {
  return store_.transact([&](Transaction& transaction) -> Result<void> {
    const auto row = TRY(running(transaction, session));
    const auto key = debt_key(session, what, reference);
    const auto known = transaction.get("debts", key);
    if (known) return {};
    if (known.error().code != Errc::not_present) return std::unexpected(known.error());
    return transaction.put("debts", {key,
                                     {{"session", row.key},
                                      {"what", std::string(name_of(what))},
                                      {"reference", std::string(reference)},
                                      {"since", to_number(clock_.now())}}});
  });
}

Result<void> Journal::settle(std::string_view session, Debt what, std::string_view reference) {
  return store_.transact([&](Transaction& transaction) -> Result<void> {
    TRY(transaction.get("sessions", session));
    return transaction.erase("debts", debt_key(session, what, reference));
  });
}

Result<void> Journal::end(std::string_view session, std::string_view outcome) {
  return store_.transact([&](Transaction& transaction) -> Result<void> {
    auto row = TRY(running(transaction, session));
    row.cells["ended"] = std::int64_t{1};
    row.cells["outcome"] = std::string(outcome);
    row.cells["changed"] = to_number(clock_.now());
    return transaction.put("sessions", row);
  });
}

Result<std::vector<SessionEntry>> Journal::unfinished() {
  return in_transaction(store_, [](Transaction& transaction) -> Result<std::vector<SessionEntry>> {
    auto rows = TRY(transaction.list("sessions", hal::Match{"ended", std::int64_t{0}}));
    const auto debts = TRY(transaction.list("debts"));
    for (const auto& debt : debts) {
      const auto& session = debt.text("session");
      if (std::ranges::find(rows, session, &Row::key) != rows.end()) continue;
      auto row = TRY(transaction.get("sessions", session));
      rows.push_back(std::move(row));
    }
    std::vector<SessionEntry> entries;
    for (const auto& row : rows) {
      auto entry = TRY(to_entry(transaction, row));
      entries.push_back(std::move(entry));
    }
    std::ranges::sort(entries, {},
                      [](const SessionEntry& entry) { return std::pair(entry.began, entry.id); });
    return entries;
  });
}

}  // namespace kiosk::records
