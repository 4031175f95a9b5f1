#include "firmware/documents/slips.hpp"

#include <fmt/format.h>

#include "firmware/documents/papers.hpp"
#include "firmware/documents/press.hpp"
#include "screens/widgets/words.hpp"

namespace kiosk::documents {

using assets::Text;
using screens::Align;
using screens::in_fours;
using screens::say;
using screens::Weight;

namespace {

/// One slip being written: head at the start, foot at the end, the same on all of them.
class Slip {
 public:
  Slip(const Issuer& issuer, const hal::SlipPaper& paper, Text title, int reprint = 0)
      : type_(open_type()),
        issuer_(issuer),
        sheet_({.width_mm = paper.dots / paper.dots_per_mm, .dots_per_mm = paper.dots_per_mm},
               issuer.language, *type_) {
    sheet_.text(issuer.hall_name, em::body, Weight::bold, Align::centre);
    sheet_.gap(1).text(say(look(), title), em::heading, Weight::bold, Align::centre);
    if (issuer.language == screens::Language::en) {
      auto chinese = look();
      chinese.language = screens::Language::zh_cn;
      sheet_.text(say(chinese, title), em::body, Weight::bold, Align::centre);
    }
    if (reprint > 0) {
      sheet_.text(say(look(), Text::paper_reprint, {{"n", fmt::format("{}", reprint)}}), em::body,
                  Weight::bold, Align::centre);
    }
    sheet_.rule();
  }

  const screens::Look& look() const { return sheet_.look(); }
  Sheet& sheet() { return sheet_; }

  Slip& number(const std::string& value) { return key_line(Text::decided_number, in_fours(value)); }

  /// What is read aloud and compared, as it is to be read.
  Slip& key_line(Text label, const std::string& value) {
    if (value.empty()) return *this;
    sheet_.text(say(look(), label), em::small);
    sheet_.text(value, em::key, Weight::bold).gap(1);
    return *this;
  }

  Slip& row(Text label, const std::string& value) {
    sheet_.row(say(look(), label), value);
    return *this;
  }

  Slip& service(const std::string& id) { return row(Text::paper_service, say(look(), id, "name")); }

  LaidOut finish() {
    sheet_.rule();
    sheet_.row(say(look(), Text::paper_phone), issuer_.phone, true);
    sheet_.row(say(look(), Text::paper_machine), issuer_.kiosk_id);
    sheet_.row(say(look(), Text::paper_printed), issuer_.printed_at);
    return {std::move(type_), std::move(sheet_)};
  }

 private:
  std::unique_ptr<paint::Type> type_;
  const Issuer& issuer_;
  Sheet sheet_;
};

}  // namespace

LaidOut lay_out(const Receipt& receipt, const Issuer& issuer, const hal::SlipPaper& paper) {
  Slip out(issuer, paper, Text::paper_receipt, receipt.reprint);
  const auto& look = out.look();
  out.sheet().text(
      say(look, receipt.registered ? Text::decided_registered_title : Text::decided_accepted_title),
      em::heading, Weight::bold);
  out.service(receipt.service).number(receipt.acceptance_number);
  out.row(Text::paper_date, receipt.date);
  out.row(Text::decided_due, receipt.due_date);
  out.row(Text::paper_applicant, receipt.masked_name.reveal());
  out.row(Text::field_address, receipt.masked_address.reveal());
  out.sheet().gap(1).text(
      say(look, receipt.registered ? Text::decided_next_registered : Text::decided_next_accepted), em::body);
  if (receipt.certificate_cancelled)
    out.sheet().text(say(look, Text::decided_certificate_cancelled), em::body);
  out.sheet().code(receipt.slip_token, say(look, Text::paper_code));
  return out.finish();
}

LaidOut lay_out(const CompletionNotice& notice, const Issuer& issuer, const hal::SlipPaper& paper) {
  Slip out(issuer, paper, Text::paper_completion, notice.reprint);
  out.service(notice.service).number(notice.acceptance_number);
  out.row(Text::paper_date, notice.date).row(Text::paper_applicant, notice.masked_name.reveal());
  out.sheet()
      .gap(1)
      .text(say(out.look(), Text::paper_completion_lead), em::body, Weight::bold)
      .list(notice.defects);
  out.sheet().text(say(out.look(), Text::decided_next_to_be_completed), em::body);
  out.sheet().code(notice.slip_token, say(out.look(), Text::paper_code));
  return out.finish();
}

LaidOut lay_out(const RefusalNotice& notice, const Issuer& issuer, const hal::SlipPaper& paper) {
  Slip out(issuer, paper, Text::paper_refusal, notice.reprint);
  out.service(notice.service).row(Text::paper_date, notice.date);
  out.row(Text::paper_applicant, notice.masked_name.reveal());
  out.row(Text::decided_reason, notice.reason).row(Text::decided_legal_basis, notice.legal_basis);
  out.row(Text::decided_remedy, notice.remedy);
  return out.finish();
}

LaidOut lay_out(const PendingSlip& pending, const Issuer& issuer, const hal::SlipPaper& paper) {
  Slip out(issuer, paper, Text::paper_pending);
  out.service(pending.service).key_line(Text::paper_reference, pending.reference);
  out.row(Text::paper_applicant, pending.masked_name.reveal());
  out.sheet().text(say(out.look(), Text::paper_pending_lead), em::body);
  return out.finish();
}

LaidOut lay_out(const MaterialsList& list, const Issuer& issuer, const hal::SlipPaper& paper) {
  Slip out(issuer, paper, Text::paper_materials);
  out.service(list.service)
      .row(Text::field_lender, list.lender)
      .row(Text::release_missing_phone, list.lender_phone);
  out.sheet().gap(1).text(say(out.look(), Text::release_missing_todo), em::body);
  out.sheet().gap(1).list(materials(out.look()));
  return out.finish();
}

LaidOut lay_out(const OwnersList& list, const Issuer& issuer, const hal::SlipPaper& paper) {
  Slip out(issuer, paper, Text::paper_materials);
  out.service(list.service);
  for (const auto& name : list.masked_names) out.row(Text::field_other_owner, name.reveal());
  out.sheet().gap(1).list({say(out.look(), Text::paper_bring_all_cards),
                           say(out.look(), Text::paper_bring_certificate),
                           say(out.look(), Text::paper_bring_authorisation)});
  out.sheet().text(say(out.look(), Text::owner_away_together), em::body);
  return out.finish();
}

LaidOut lay_out(const ProgressSlip& progress, const Issuer& issuer, const hal::SlipPaper& paper) {
  Slip out(issuer, paper, Text::paper_progress);
  out.service(progress.service).number(progress.acceptance_number);
  for (const auto& [stage, date] : progress.stages) {
    out.sheet().row(say(out.look(), "stage", stage), date.empty() ? "-" : date);
  }
  out.row(Text::decided_due, progress.due_date);
  out.sheet().code(progress.slip_token, say(out.look(), Text::paper_code));
  return out.finish();
}

}  // namespace kiosk::documents
