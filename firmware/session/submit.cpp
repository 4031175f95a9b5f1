#include "firmware/session/submit.hpp"

#include <cctype>

#include "firmware/session/problem.hpp"
#include "hal/base/log.hpp"

namespace kiosk::session {

using What = screens::Working::What;

namespace {

constexpr int times_to_ask = 3;

/// The registry's certain "no": nothing was recorded there.
Result<std::optional<hal::Reply>> not_taken(Session& s, const std::string& key, const Error& error) {
  after_the_fact("not taken", s.records.submissions.withdrawn(key, error.what));
  after_the_fact("not taken", s.records.journal.settle(s.id, records::Debt::submission, key));
  s.ui.stands(true, false);
  s.note_done("application.not_taken", {{"key", key}, {"why", error.what}});
  return std::unexpected(explain_and_end(s, Fault::not_taken, error));
}

std::optional<hal::Reply> decided(Session& s, const std::string& key, hal::Reply reply) {
  after_the_fact("decided", s.records.submissions.decided(key, reply));
  s.note_done("application.decided", {{"key", key},
                                      {"acceptance_number", reply.acceptance_number},
                                      {"decision", static_cast<std::int64_t>(reply.decision)}});
  return reply;
}

/// No answer came: the registry is asked by key, a few times here and by the outbox for as long as it takes.
Result<std::optional<hal::Reply>> ask_outcome(Session& s, const std::string& key, const Error& error) {
  after_the_fact("outcome unknown", s.records.submissions.unknown(key, error.what));
  s.note_done("application.outcome_unknown", {{"key", key}, {"why", error.what}});
  s.ui.show(screens::Working{.what = What::asking_outcome});
  for (int i = 0; i < times_to_ask; ++i) {
    auto reply = s.registry.outcome(key, s.within(5s));
    if (reply) return decided(s, key, std::move(*reply));
    if (reply.error().code == Errc::not_present) return not_taken(s, key, reply.error());
    TRY(s.wait.check());
    TRY(s.wait.sleep(1s));
  }
  return std::optional<hal::Reply>();
}

}  // namespace

Result<std::optional<hal::Reply>> submit(Session& s, const hal::Application& application,
                                         const PersonalText& for_paper) {
  const auto& key = application.key;
  TRY(s.wait.check());
  TRY(s.records.journal.owe(s.id, records::Debt::submission, key));
  auto prepared = s.records.submissions.prepare(s.id, application, for_paper);
  if (!prepared && prepared.error().code == Errc::busy) {
    TRY(s.records.journal.settle(s.id, records::Debt::submission, key));
    return std::unexpected(explain_and_end(s, Fault::under_way, prepared.error()));
  }
  TRY(std::move(prepared));
  TRY(s.note("application.sent", {{"key", key}, {"sha256", application.signatures.front().document_sha256}}));
  s.ui.show(screens::Working{.what = What::submitting});
  TRY(s.records.submissions.sending(key));

  s.ui.stands(true, true);
  s.count("applications.submitted");
  auto reply = s.registry.submit(application, s.within(10s));
  if (reply) return decided(s, key, std::move(*reply));
  if (reply.error().code == Errc::refused) return not_taken(s, key, reply.error());
  return ask_outcome(s, key, reply.error());
}

std::string new_key(Session& s) {
  return new_uuid(s.random);
}

std::string reference(const std::string& key) {
  std::string quoted;
  for (const char c : key.substr(0, 8)) {
    if (quoted.size() == 4) quoted += ' ';
    quoted += static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  }
  return quoted;
}

}  // namespace kiosk::session
