#include "firmware/services/lien_outcome.hpp"

#include <algorithm>

#include "firmware/documents/slips.hpp"
#include "firmware/services/decided_page.hpp"
#include "firmware/session/extra_paper.hpp"
#include "firmware/session/farewell.hpp"
#include "firmware/session/submit.hpp"
#include "screens/citizen/decided.hpp"
#include "screens/citizen/outcome_unknown.hpp"
#include "screens/citizen/read_document.hpp"

namespace kiosk::services {

using namespace session;
using screens::Decided;

namespace {

/// "2026-08-01T14:05:09.120+08:00" as "2026-08-01 14:05".
std::string to_the_minute(const std::string& decided_at) {
  std::string time = decided_at.substr(0, 16);
  std::ranges::replace(time, 'T', ' ');
  return time;
}

documents::RegistrationResult result_of(const Session& s, const hal::Reply& reply, const PaperFacts& facts,
                                        const hal::Mortgage& lien) {
  return {.service = s.service,
          .acceptance_number = reply.acceptance_number,
          .registered_at = to_the_minute(reply.decided_at),
          .masked_name = facts.masked_name,
          .masked_address = facts.masked_address,
          .certificate_number = lien.certificate_number,
          .lender = lien.lender,
          .certificate_cancelled = reply.certificate_status == "cancelled",
          .slip_token = reply.slip_token};
}

/// On A4, or on the glass when nobody can say that it came out.
Result<Decided::ResultSheet> give_result(Session& s, const documents::RegistrationResult& result) {
  const auto from = issuer(s);
  switch (TRY(print_pages(s, documents::document(result, from)))) {
    case Pages::printed:
      return Decided::ResultSheet::printed;
    case Pages::not_printed:
      return Decided::ResultSheet::not_printed;
    case Pages::to_be_shown:
      TRY(s.ui.ask(screens::ReadDocument{"paper.result", documents::pictures(result, from),
                                         assets::Text::read_document_heard_result},
                   s.wait, Back::none));
      return Decided::ResultSheet::shown;
  }
  std::unreachable();
}

}  // namespace

Result<Outcome> tell_decision(Session& s, const std::string& key, const hal::Reply& reply,
                              const PaperFacts& facts, const hal::Mortgage& lien) {
  const auto delivered = TRY(give_paper(s, key, reply, facts));
  after_the_fact("submission settled", s.records.journal.settle(s.id, records::Debt::submission, key));
  auto page = decided_page(s, reply, delivered);
  for (;;) {
    page.can_print_result = page.decision == Decided::Decision::registered &&
                            page.result_sheet != Decided::ResultSheet::printed &&
                            s.devices.document_printer.status().usable();
    const auto answer = TRY(s.ui.ask(page, s.wait, Back::none));
    if (answer == Decided::Answer::print_result) {
      page.result_sheet = TRY(give_result(s, result_of(s, reply, facts, lien)));
      continue;
    }
    if (answer == Decided::Answer::rate) TRY(ask_rating(s, reply.acceptance_number));
    TRY(say_goodbye(s));
    return Outcome::done;
  }
}

Result<Outcome> leave_undecided(Session& s, const std::string& key, const PaperFacts& facts) {
  const documents::PendingSlip pending{
      .service = s.service, .reference = reference(key), .masked_name = facts.masked_name};
  // Without a slip the reference stands on the page: who gave up on the printer must still hear it.
  const auto printed = print_slip(s, documents::slip(pending, issuer(s), s.devices.receipt_printer.paper()));
  TRY(s.wait.check());
  TRY(s.ui.ask(screens::OutcomeUnknown{.reference = reference(key), .slip_printed = printed.value_or(false)},
               s.wait, Back::none));
  TRY(say_goodbye(s));
  return Outcome::not_decided;
}

}  // namespace kiosk::services
