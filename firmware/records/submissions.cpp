#include "firmware/records/submissions.hpp"

#include <algorithm>

#include "firmware/records/moment.hpp"
#include "firmware/records/papers.hpp"
#include "firmware/records/reply_json.hpp"

namespace kiosk::records {

namespace {

using hal::Row;
using hal::Transaction;

constexpr auto all_states = {SubmissionState::prepared, SubmissionState::sent, SubmissionState::unknown,
                             SubmissionState::decided, SubmissionState::withdrawn};

Result<SubmissionState> state_of(const Row& row) {
  for (const auto state : all_states) {
    if (name_of(state) == row.text("state")) return state;
  }
  return fail(Errc::storage, "submissions: a state of no known name");
}

bool under_way(SubmissionState state) {
  return state != SubmissionState::decided && state != SubmissionState::withdrawn;
}

/// The arrows of the picture in the header.
bool allowed(SubmissionState from, SubmissionState to) {
  using enum SubmissionState;
  switch (to) {
    case prepared:
      return false;
    case sent:
      return from == prepared;
    case unknown:
      return from == sent || from == unknown;
    case decided:
      return from == sent || from == unknown;
    case withdrawn:
      return under_way(from) || from == withdrawn;
  }
  std::unreachable();
}

Result<Submission> to_submission(const Row& row) {
  const auto state = TRY(state_of(row));
  Submission submission;
  submission.key = row.key;
  submission.session = row.text("session");
  submission.service = row.text("service");
  submission.subject = row.text("subject");
  submission.state = state;
  submission.changed = to_moment(row.number("changed"));
  submission.why = row.text("why");
  submission.for_paper = row.personal("for_paper");
  if (submission.state == SubmissionState::decided)
    submission.reply = TRY(reply_from_json(row.personal("reply")));
  return submission;
}

Result<void> move(Transaction& transaction, Row row, SubmissionState to, std::string_view why, WallTime now) {
  const auto from = TRY(state_of(row));
  if (!allowed(from, to)) {
    return fail(Errc::internal, std::string("submissions: from ") + std::string(name_of(from)) + " to " +
                                    std::string(name_of(to)));
  }
  row.cells["state"] = std::string(name_of(to));
  row.cells["changed"] = to_number(now);
  row.cells["why"] = std::string(why);
  // An application that came to nothing leaves nothing of the citizen behind.
  if (to == SubmissionState::withdrawn) row.cells["for_paper"] = PersonalText();
  return transaction.put("submissions", row);
}

Result<void> move(hal::Store& store, std::string_view key, SubmissionState to, std::string_view why,
                  WallTime now) {
  return store.transact([&](Transaction& transaction) -> Result<void> {
    auto row = TRY(transaction.get("submissions", key));
    return move(transaction, std::move(row), to, why, now);
  });
}

}  // namespace

std::string_view name_of(SubmissionState state) {
  switch (state) {
    case SubmissionState::prepared:
      return "prepared";
    case SubmissionState::sent:
      return "sent";
    case SubmissionState::unknown:
      return "unknown";
    case SubmissionState::decided:
      return "decided";
    case SubmissionState::withdrawn:
      return "withdrawn";
  }
  std::unreachable();
}

Result<void> Submissions::prepare(std::string_view session, const hal::Application& application,
                                  const PersonalText& for_paper) {
  return store_.transact([&](Transaction& transaction) -> Result<void> {
    if (transaction.get("submissions", application.key)) {
      return fail(Errc::internal, "submissions: the key was used before");
    }
    const auto others = TRY(transaction.list("submissions", hal::Match{"subject", application.mortgage_id}));
    for (const auto& other : others) {
      const auto state = TRY(state_of(other));
      if (other.text("service") == application.service && under_way(state)) {
        return fail(Errc::busy, "submissions: another one about the same subject is under way");
      }
    }
    return transaction.put("submissions", {application.key,
                                           {{"session", std::string(session)},
                                            {"service", application.service},
                                            {"subject", application.mortgage_id},
                                            {"state", std::string(name_of(SubmissionState::prepared))},
                                            {"changed", to_number(clock_.now())},
                                            {"for_paper", for_paper}}});
  });
}

Result<void> Submissions::sending(std::string_view key) {
  return move(store_, key, SubmissionState::sent, {}, clock_.now());
}

Result<void> Submissions::decided(std::string_view key, const hal::Reply& reply) {
  return store_.transact([&](Transaction& transaction) -> Result<void> {
    auto row = TRY(transaction.get("submissions", key));
    const auto state = TRY(state_of(row));
    if (state == SubmissionState::decided) {
      const auto known = TRY(reply_from_json(row.personal("reply")));
      if (known == reply) return {};
      return fail(Errc::refused, "submissions: decided before, and otherwise");
    }
    row.cells["reply"] = to_json(reply);
    const auto now = clock_.now();
    TRY(move(transaction, std::move(row), SubmissionState::decided, {}, now));
    return Papers::owe(transaction, key, paper_for(reply.decision), now);
  });
}

Result<void> Submissions::unknown(std::string_view key, std::string_view why) {
  return move(store_, key, SubmissionState::unknown, why, clock_.now());
}

Result<void> Submissions::withdrawn(std::string_view key, std::string_view why) {
  return move(store_, key, SubmissionState::withdrawn, why, clock_.now());
}

Result<Submission> Submissions::find(std::string_view key) {
  return in_transaction(store_, [&](Transaction& transaction) -> Result<Submission> {
    const auto row = TRY(transaction.get("submissions", key));
    return to_submission(row);
  });
}

Result<std::vector<Submission>> Submissions::pending() {
  return in_transaction(store_, [](Transaction& transaction) -> Result<std::vector<Submission>> {
    std::vector<Submission> found;
    for (const auto state : {SubmissionState::sent, SubmissionState::unknown}) {
      const auto rows =
          TRY(transaction.list("submissions", hal::Match{"state", std::string(name_of(state))}));
      for (const auto& row : rows) {
        auto submission = TRY(to_submission(row));
        found.push_back(std::move(submission));
      }
    }
    std::ranges::sort(found, {}, [](const Submission& one) { return std::pair(one.changed, one.key); });
    return found;
  });
}

Result<void> Submissions::recover() {
  return store_.transact([&](Transaction& transaction) -> Result<void> {
    const auto settle = [&](SubmissionState from, SubmissionState to, std::string_view why) -> Result<void> {
      auto rows = TRY(transaction.list("submissions", hal::Match{"state", std::string(name_of(from))}));
      for (auto& row : rows) TRY(move(transaction, std::move(row), to, why, clock_.now()));
      return {};
    };
    TRY(settle(SubmissionState::prepared, SubmissionState::withdrawn,
               "its session ended before it was sent"));
    return settle(SubmissionState::sent, SubmissionState::unknown, "its session ended before the answer");
  });
}

}  // namespace kiosk::records
