#include "firmware/services/desk.hpp"

#include <algorithm>

#include "firmware/records/recovery.hpp"
#include "firmware/session/problem.hpp"
#include "hal/base/log.hpp"
#include "hal/base/thread_name.hpp"

namespace kiosk::services {

using session::Fault;

namespace {

std::string_view name_of(Outcome outcome) {
  switch (outcome) {
    case Outcome::done:
      return "done";
    case Outcome::explained:
      return "explained";
    case Outcome::not_decided:
      return "not_decided";
  }
  std::unreachable();
}

/// The service itself, between its first and last line in journal and audit trail.
Result<Outcome> run(Session& s, const Service& service) {
  TRY(s.records.journal.begin(s.id, s.service));
  TRY(s.note("session.began"));
  s.count("sessions.begun");
  return service.run(s);
}

std::string outcome_of(Session& s, const Result<Outcome>& result) {
  if (result) return std::string(name_of(*result));
  const auto& error = result.error();
  if (s.wait.stop.stop_requested()) return "ended";
  if (error.code == Errc::cancelled || error.code == Errc::went_back) return "left";
  // Anything else is a fault that no step had a page for.
  log::error("session", "a service failed", {{"code", kiosk::name_of(error.code)}, {"what", error.what}});
  const auto fault = error.code == Errc::storage ? Fault::storage : Fault::internal;
  (void)session::explain_and_end(s, fault, error);
  return "failed";
}

/// How long the page asks for a card when the reader can no longer say whether one lies on it.
constexpr auto ask_for_card = std::chrono::seconds(30);

/// Waits for the card as long as it takes; the shell shows the page that asks for it.
void wait_for_card(hal::IdReader& reader, const Wait& wait) {
  auto give_up = Steady::now() + ask_for_card;
  while (wait.check()) {
    const auto gone = reader.wait_removed(wait.at_most(std::chrono::minutes(1)));
    if (gone) return;
    if (gone.error().code == Errc::timed_out) give_up = Steady::now() + ask_for_card;  // it says: still there
    if (Steady::now() >= give_up) return;
    (void)wait.sleep(std::chrono::milliseconds(300));
  }
}

}  // namespace

std::string serve_one(Session& s, const Service& service) {
  const auto result = run(s, service);
  const auto outcome = outcome_of(s, result);
  s.note_done("session.ended", {{"outcome", outcome}}, records::Role::kiosk);
  session::after_the_fact("session.ended", s.records.journal.end(s.id, outcome));
  // Nobody is at the application any more: what has no answer is now the outbox's to ask for.
  session::after_the_fact("open ends", records::close_open_ends(s.records.journal, s.records.submissions,
                                                                s.records.papers, s.records.audit));
  s.count("sessions.ended." + outcome);
  return outcome;
}

Desk::Desk(const Counter& counter, std::function<void(shell::Event)> to_shell)
    : counter_(counter), to_shell_(std::move(to_shell)), ui_(to_shell_) {}

Desk::~Desk() {
  leaving_.request_stop();
}  // jthread: requests the session's stop and joins

void Desk::start(const std::string& service) {
  const auto& all = catalog();
  const auto found = std::ranges::find(all, service, &Service::id);
  if (found == all.end()) {
    to_shell_(shell::SessionEnded{});
    return;
  }
  serving_ = true;
  thread_ = std::jthread([this, found](const std::stop_token& stop) {
    name_thread("session");
    serve(*found, stop);
  });
}

void Desk::end(shell::EndReason reason) {
  log::info("session", "asked to end", {{"reason", reason == shell::EndReason::idle ? "idle" : "left"}});
  thread_.request_stop();
}

void Desk::serve(const Service& service, const std::stop_token& stop) {
  const std::string id = new_uuid(counter_.random);
  bool card_there = false;
  {
    Session s{.id = id,
              .service = std::string(service.id),
              .ui = ui_,
              .devices = counter_.devices,
              .registry = counter_.registry,
              .records = counter_.records,
              .clock = counter_.clock,
              .random = counter_.random,
              .office = counter_.office,
              .wait = Wait{.stop = stop}};
    serve_one(s, service);
    card_there = s.card_there;
  }  // everything personal is wiped here
  auto& reader = counter_.devices.id_reader;
  // A reader that cannot say leaves it at what the session saw last.
  const bool card_left = reader.card_present(Wait::of(std::chrono::seconds(1))).value_or(card_there);
  if (card_left) {
    // This wait belongs to the machine, not to the session that may have been stopped.
    log::warning("session", "a card was left on the reader");
    to_shell_(shell::SessionEnded{.card_left = true});
    wait_for_card(reader, Wait{.stop = leaving_.get_token()});
  }
  (void)counter_.records.journal.settle(id, records::Debt::card);
  serving_ = false;  // before the shell hears it and may start the next
  if (card_left) {
    to_shell_(shell::CardTaken{});
  } else {
    to_shell_(shell::SessionEnded{});
  }
}

}  // namespace kiosk::services
