#include "firmware/session/paper.hpp"

#include <fmt/chrono.h>
#include <nlohmann/json.hpp>

#include "firmware/session/problem.hpp"
#include "screens/citizen/did_it_print.hpp"

namespace kiosk::session {

using hal::PrintOutcome;
using screens::DidItPrint;
using What = screens::Working::What;

namespace {

/// One try of one paper on whichever printer it belongs to: receipts on the slip printer; the two notices on
/// A4, and on the slip printer when there is no A4.
class PaperJob {
 public:
  PaperJob(Session& s, const hal::Reply& reply, const PaperFacts& facts)
      : s_(s), reply_(reply), facts_(facts) {
    const bool notice = records::paper_for(reply.decision) != records::PaperKind::receipt;
    on_a4_ = notice && s.devices.document_printer.status().usable();
  }

  bool on_slip() const { return !on_a4_; }

  Result<PrintOutcome> print(int reprint) const {
    const auto date = now_in_china(s_.clock).date;
    switch (records::paper_for(reply_.decision)) {
      case records::PaperKind::receipt:
        return out(documents::Receipt{.service = s_.service,
                                      .acceptance_number = reply_.acceptance_number,
                                      .registered = reply_.decision == hal::Decision::registered,
                                      .date = date,
                                      .due_date = reply_.due_date,
                                      .masked_name = facts_.masked_name,
                                      .masked_address = facts_.masked_address,
                                      .certificate_cancelled = reply_.certificate_status == "cancelled",
                                      .slip_token = reply_.slip_token,
                                      .reprint = reprint});
      case records::PaperKind::completion_notice:
        return out(documents::CompletionNotice{.service = s_.service,
                                               .acceptance_number = reply_.acceptance_number,
                                               .date = date,
                                               .masked_name = facts_.masked_name,
                                               .defects = reply_.defects,
                                               .slip_token = reply_.slip_token,
                                               .reprint = reprint});
      case records::PaperKind::refusal:
        return out(documents::RefusalNotice{.service = s_.service,
                                            .date = date,
                                            .masked_name = facts_.masked_name,
                                            .reason = reply_.reason,
                                            .legal_basis = reply_.legal_basis,
                                            .remedy = reply_.remedy,
                                            .reprint = reprint});
    }
    std::unreachable();
  }

 private:
  template <class Paper>
  Result<PrintOutcome> out(const Paper& paper) const {
    if constexpr (requires { documents::document(paper, issuer(s_)); }) {
      if (on_a4_) {
        const auto pages = documents::document(paper, issuer(s_));
        s_.ui.show(screens::Working{.what = What::printing_pages, .of = pages.pages});
        s_.pages_given = pages.pages;
        return s_.devices.document_printer.print(
            pages,
            [&](int done) {
              s_.ui.show(screens::Working{.what = What::printing_pages, .done = done, .of = pages.pages});
            },
            s_.within(120s));
      }
    }
    s_.ui.show(screens::Working{.what = What::printing_slip});
    s_.slip_given = true;
    return s_.devices.receipt_printer.print(
        documents::slip(paper, issuer(s_), s_.devices.receipt_printer.paper()), s_.within(20s));
  }

  Session& s_;
  const hal::Reply& reply_;
  const PaperFacts& facts_;
  bool on_a4_ = false;
};

Result<Delivered> on_the_glass(Session& s, const std::string& key) {
  TRY(s.records.papers.delivered_electronically(key));
  TRY(s.note("paper.shown_instead", {{"key", key}}));
  s.slip_given = false;
  s.pages_given = 0;
  return Delivered::electronic;
}

}  // namespace

documents::Issuer issuer(const Session& s) {
  return {.hall_name = s.office.hall_name,
          .kiosk_id = s.office.kiosk_id,
          .phone = s.office.phone,
          .printed_at = now_in_china(s.clock).time,
          .language = s.ui.language()};
}

PersonalText to_json(const PaperFacts& facts) {
  return PersonalText(
      nlohmann::json{{"name", facts.masked_name.reveal()}, {"address", facts.masked_address.reveal()}}.dump(
          -1, ' ', false, nlohmann::json::error_handler_t::replace));
}

Result<Delivered> give_paper(Session& s, const std::string& key, const hal::Reply& reply,
                             const PaperFacts& facts) {
  const PaperJob job(s, reply, facts);
  for (;;) {
    const auto paper = TRY(s.records.papers.printing(key));
    const auto outcome = job.print(paper.copy - 1);
    if (!outcome) {
      TRY(s.records.papers.nothing_printed(key));
      TRY(s.note("paper.not_printed", {{"key", key}, {"why", outcome.error().what}}));
      TRY(s.wait.check());  // a session that ends leaves the paper owed: nobody has seen it on the glass
      return on_the_glass(s, key);
    }
    if (*outcome == PrintOutcome::printed) {
      TRY(s.records.papers.printed(key));
      TRY(s.note("paper.printed", {{"key", key}, {"copy", paper.copy}}));
      return paper.copy > 1 ? Delivered::reprinted : Delivered::printed;
    }
    TRY(s.records.papers.in_doubt(key));
    TRY(s.note("paper.in_doubt", {{"key", key}, {"copy", paper.copy}}));
    const auto answer = TRY(s.ui.ask(DidItPrint{.slip = job.on_slip()}, s.wait, Back::none));
    TRY(s.note("paper.judged", {{"key", key}, {"answer", static_cast<std::int64_t>(answer)}}));
    if (answer == DidItPrint::Answer::show_on_screen) return on_the_glass(s, key);
    if (answer == DidItPrint::Answer::complete) {
      TRY(s.records.papers.printed(key));
      return paper.copy > 1 ? Delivered::reprinted : Delivered::printed;
    }
  }
}

Result<bool> print_slip(Session& s, const hal::Raster& slip) {
  s.ui.show(screens::Working{.what = What::printing_slip});
  const auto outcome = s.devices.receipt_printer.print(slip, s.within(20s));
  TRY(s.wait.check());
  s.slip_given = outcome && *outcome == PrintOutcome::printed;
  TRY(s.note("slip.printed", {{"printed", s.slip_given}}));
  if (!outcome) {
    TRY(offer_retry(s, Fault::slip_printer, outcome.error()));
    return print_slip(s, slip);
  }
  return s.slip_given;
}

Now now_in_china(const Clock& clock) {
  const auto local = clock.now() + 8h;
  const auto seconds = std::chrono::floor<std::chrono::seconds>(local).time_since_epoch();
  const auto parts = fmt::gmtime(static_cast<std::time_t>(seconds.count()));
  return {.date = fmt::format("{:%Y-%m-%d}", parts),
          .time = fmt::format("{:%Y-%m-%d %H:%M}", parts),
          .rfc3339 = fmt::format("{:%Y-%m-%dT%H:%M:%S}+08:00", parts)};
}

}  // namespace kiosk::session
