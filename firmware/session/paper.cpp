#include "firmware/session/paper.hpp"

#include <fmt/chrono.h>
#include <nlohmann/json.hpp>

#include "firmware/documents/slips.hpp"
#include "firmware/session/press.hpp"
#include "screens/citizen/did_it_print.hpp"

namespace kiosk::session {

using hal::PrintOutcome;
using screens::DidItPrint;

namespace {

/// The paper that a reply calls for, on either printer: receipts belong on a slip and the two notices on A4;
/// each goes to the other printer when its own prints nothing.
class PaperJob {
 public:
  PaperJob(Session& s, const hal::Reply& reply, const PaperFacts& facts)
      : s_(s), reply_(reply), facts_(facts) {}

  /// Where to try, in this order.
  std::vector<Press> presses() const {
    const bool pages = s_.devices.document_printer.status().usable();
    if (records::paper_for(reply_.decision) == records::PaperKind::receipt)
      return pages ? std::vector{Press::slip, Press::pages} : std::vector{Press::slip};
    return pages ? std::vector{Press::pages, Press::slip} : std::vector{Press::slip};
  }

  /// An error means that nothing reached paper.
  Result<PrintOutcome> print(Press press, int reprint) const {
    const auto date = now_in_china(s_.clock).date;
    switch (records::paper_for(reply_.decision)) {
      case records::PaperKind::receipt:
        return out(press,
                   documents::Receipt{.service = facts_.service,
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
        return out(press, documents::CompletionNotice{.service = facts_.service,
                                                      .acceptance_number = reply_.acceptance_number,
                                                      .date = date,
                                                      .masked_name = facts_.masked_name,
                                                      .defects = reply_.defects,
                                                      .slip_token = reply_.slip_token,
                                                      .reprint = reprint});
      case records::PaperKind::refusal:
        return out(press, documents::RefusalNotice{.service = facts_.service,
                                                   .date = date,
                                                   .masked_name = facts_.masked_name,
                                                   .reason = reply_.reason,
                                                   .legal_basis = reply_.legal_basis,
                                                   .remedy = reply_.remedy,
                                                   .reprint = reprint});
    }
    std::unreachable();
  }

  /// What came out last is whole.
  void count(Press press) const {
    if (press == Press::slip)
      s_.count("slips.printed");
    else
      s_.count("pages.printed", s_.pages_given);
  }

 private:
  template <class Paper>
  Result<PrintOutcome> out(Press press, const Paper& paper) const {
    return press == Press::slip ? as_slip(paper) : as_pages(paper);
  }

  template <class Paper>
  Result<PrintOutcome> as_slip(const Paper& paper) const {
    const auto outcome =
        TRY(session::print(s_, documents::slip(paper, issuer(s_), s_.devices.receipt_printer.paper())));
    s_.slip_given = true;
    s_.pages_given = 0;
    if (outcome == PrintOutcome::printed) count(Press::slip);
    return outcome;
  }

  template <class Paper>
  Result<PrintOutcome> as_pages(const Paper& paper) const {
    const auto pages = documents::document(paper, issuer(s_));
    const auto outcome = TRY(session::print(s_, pages));
    s_.slip_given = false;
    s_.pages_given = pages.pages;
    if (outcome == PrintOutcome::printed) count(Press::pages);
    return outcome;
  }

  Session& s_;
  const hal::Reply& reply_;
  const PaperFacts& facts_;
};

/// What the records know of the paper while it is tried. The decision is made: a record that cannot be kept
/// is no reason to keep the paper back.
class PaperAccount {
 public:
  PaperAccount(Session& s, const std::string& key) : s_(s), key_(key) {}

  /// Which copy goes to a printer now, from 1.
  int printing() {
    const auto paper = s_.records.papers.printing(key_);
    copy_ = paper ? paper->copy : copy_ + 1;
    if (!paper) after_the_fact("paper.printing", std::unexpected(paper.error()));
    return copy_;
  }

  void nothing_printed(const Error& why) {
    --copy_;
    after_the_fact("paper.not_printed", s_.records.papers.nothing_printed(key_));
    s_.note_done("paper.not_printed", {{"key", key_}, {"why", why.what}});
  }

  void printed() {
    after_the_fact("paper.printed", s_.records.papers.printed(key_));
    s_.note_done("paper.printed", {{"key", key_}, {"copy", std::int64_t{copy_}}});
  }

  void in_doubt() {
    after_the_fact("paper.in_doubt", s_.records.papers.in_doubt(key_));
    s_.note_done("paper.in_doubt", {{"key", key_}, {"copy", std::int64_t{copy_}}});
    s_.count("papers.in_doubt");
  }

  /// The person looked at it.
  void judged(DidItPrint::Answer answer) {
    s_.note_done("paper.judged", {{"key", key_}, {"answer", static_cast<std::int64_t>(answer)}});
    if (answer == DidItPrint::Answer::complete)
      after_the_fact("paper.printed", s_.records.papers.printed(key_));
  }

  Delivered on_paper() const { return copy_ > 1 ? Delivered::reprinted : Delivered::printed; }

  Delivered on_the_glass() {
    after_the_fact("paper.shown_instead", s_.records.papers.delivered_electronically(key_));
    s_.note_done("paper.shown_instead", {{"key", key_}});
    s_.slip_given = false;
    s_.pages_given = 0;
    return Delivered::electronic;
  }

 private:
  Session& s_;
  const std::string& key_;
  int copy_ = 0;
};

/// Where something reached paper, and how. nullopt: no printer printed anything. `cancelled`: the session
/// ends and the paper stays owed, for nobody has seen it on the glass.
struct OnPaper {
  Press press = Press::slip;
  PrintOutcome outcome = PrintOutcome::printed;
};
Result<std::optional<OnPaper>> print_somewhere(Session& s, const PaperJob& job, PaperAccount& account) {
  for (const auto press : job.presses()) {
    const auto outcome = job.print(press, account.printing() - 1);
    if (outcome) return OnPaper{press, *outcome};
    account.nothing_printed(outcome.error());
    TRY(s.wait.check());
  }
  return std::optional<OnPaper>();
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
  return PersonalText(nlohmann::json{{"service", facts.service},
                                     {"name", facts.masked_name.reveal()},
                                     {"address", facts.masked_address.reveal()}}
                          .dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
}

Result<PaperFacts> paper_facts(const PersonalText& json) {
  const auto facts = nlohmann::json::parse(json.reveal(), nullptr, false);
  const auto text = [&](const char* name) {
    return facts.is_object() && facts.contains(name) && facts[name].is_string()
               ? std::optional(facts[name].get<std::string>())
               : std::nullopt;
  };
  const auto service = text("service"), name = text("name"), address = text("address");
  if (!service || !name || !address) return fail(Errc::malformed, "paper: its facts cannot be read");
  return PaperFacts{*service, PersonalText(*name), PersonalText(*address)};
}

Result<std::optional<OwedPaper>> owed_paper(Session& s, const std::string& acceptance_number) {
  const auto papers = TRY(s.records.papers.owed());
  for (const auto& paper : papers) {
    const auto submission = TRY(s.records.submissions.find(paper.submission));
    if (!submission.reply || submission.reply->acceptance_number != acceptance_number) continue;
    auto facts = TRY(paper_facts(submission.for_paper));
    return OwedPaper{submission.key, *submission.reply, std::move(facts)};
  }
  return std::optional<OwedPaper>();
}

Result<Delivered> give_paper(Session& s, const std::string& key, const hal::Reply& reply,
                             const PaperFacts& facts) {
  const PaperJob job(s, reply, facts);
  PaperAccount account(s, key);
  for (;;) {
    const auto tried = TRY(print_somewhere(s, job, account));
    if (!tried) return account.on_the_glass();
    if (tried->outcome == PrintOutcome::printed) {
      account.printed();
      return account.on_paper();
    }
    account.in_doubt();
    const auto answer = TRY(s.ui.ask(DidItPrint{.slip = tried->press == Press::slip}, s.wait, Back::none));
    account.judged(answer);
    if (answer == DidItPrint::Answer::show_on_screen) return account.on_the_glass();
    if (answer == DidItPrint::Answer::complete) {
      job.count(tried->press);
      return account.on_paper();
    }
  }
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
