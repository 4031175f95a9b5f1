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

/// A page is read on a table, a slip in the hand: its body is 12 pt, its labels 11 (UX).
constexpr Stock a4{.width_mm = 210, .height_mm = 297, .margin_mm = 20, .dots_per_mm = 6, .letters = 1.12};

/// One document being written. Legal papers are in Chinese whatever the person reads; English stands beside
/// the title.
class A4 {
 public:
  A4(const Issuer& issuer, Text title, int reprint = 0)
      : type_(open_type()), issuer_(issuer), sheet_(a4, screens::Language::zh_cn, *type_) {
    title_ = say(look(), title);
    sheet_.text(issuer.hall_name, em::body, Weight::regular, Align::centre).gap(2);
    sheet_.text(title_, em::key, Weight::bold, Align::centre);
    auto english = look();
    english.language = screens::Language::en;
    sheet_.text(say(english, title), em::body, Weight::regular, Align::centre);
    if (reprint > 0) {
      sheet_.text(say(look(), Text::paper_reprint, {{"n", fmt::format("{}", reprint)}}), em::body,
                  Weight::bold, Align::centre);
    }
    sheet_.gap(2).rule();
  }

  const screens::Look& look() const { return sheet_.look(); }
  Sheet& sheet() { return sheet_; }

  A4& row(Text label, const std::string& value) {
    sheet_.row(say(look(), label), value).gap(1);
    return *this;
  }

  hal::Document finish() {
    foot();
    return pdf(*type_, std::move(sheet_), title_);
  }

  Pictures finish_as_pictures() {
    foot();
    return documents::pictures(*type_, std::move(sheet_));
  }

 private:
  void foot() {
    sheet_.gap(3).rule();
    sheet_.text(say(look(), Text::paper_foot,
                    {{"machine", issuer_.kiosk_id}, {"time", issuer_.printed_at}, {"phone", issuer_.phone}}),
                em::small);
  }

  std::unique_ptr<paint::Type> type_;
  const Issuer& issuer_;
  Sheet sheet_;
  std::string title_;
};

A4 laid_out(const ApplicationForm& form, const Issuer& issuer) {
  A4 page(issuer, Text::paper_application);
  page.row(Text::paper_service, say(page.look(), form.service, "name"));
  page.row(Text::paper_reference, form.reference);
  for (const auto& row : form.fields) {
    const auto value = row.words ? say(page.look(), *row.words) : row.value.reveal();
    page.sheet().row(say(page.look(), row.field), value).gap(1);
  }
  page.sheet().gap(2).text(say(page.look(), Text::paper_declaration), em::body);
  std::vector<std::string> names;
  for (const auto& name : form.signers) names.push_back(name.reveal());
  page.sheet().signatures(names, say(page.look(), Text::paper_signature), form.date);
  return page;
}

A4 laid_out(const RegistrationResult& result, const Issuer& issuer) {
  A4 page(issuer, Text::paper_result);
  page.sheet().text(say(page.look(), Text::paper_result_lead), em::heading, Weight::bold);
  page.sheet().gap(1);
  page.row(Text::paper_service, say(page.look(), result.service, "name"));
  page.row(Text::decided_number, in_fours(result.acceptance_number));
  page.row(Text::paper_result_at, result.registered_at);
  page.row(Text::paper_applicant, result.masked_name.reveal());
  page.row(Text::field_address, result.masked_address.reveal());
  page.row(Text::field_certificate_number, result.certificate_number.reveal());
  page.row(Text::field_lender, result.lender);
  page.sheet().gap(2);
  if (result.certificate_cancelled)
    page.sheet().text(say(page.look(), Text::decided_certificate_cancelled), em::body);
  page.sheet().text(say(page.look(), Text::paper_result_note), em::body);
  page.sheet().code(result.slip_token, say(page.look(), Text::paper_code));
  return page;
}

}  // namespace

hal::Document document(const ApplicationForm& form, const Issuer& issuer) {
  return laid_out(form, issuer).finish();
}

Pictures pictures(const ApplicationForm& form, const Issuer& issuer) {
  return laid_out(form, issuer).finish_as_pictures();
}

hal::Document document(const Receipt& receipt, const Issuer& issuer) {
  A4 page(issuer, Text::paper_receipt, receipt.reprint);
  page.sheet().text(
      say(page.look(), receipt.registered ? Text::decided_registered_title : Text::decided_accepted_title),
      em::heading, Weight::bold);
  page.sheet().gap(1);
  page.row(Text::paper_service, say(page.look(), receipt.service, "name"));
  page.row(Text::decided_number, in_fours(receipt.acceptance_number)).row(Text::paper_date, receipt.date);
  page.row(Text::decided_due, receipt.due_date).row(Text::paper_applicant, receipt.masked_name.reveal());
  page.row(Text::field_address, receipt.masked_address.reveal());
  page.sheet().gap(2).text(
      say(page.look(), receipt.registered ? Text::decided_next_registered : Text::decided_next_accepted),
      em::body);
  if (receipt.certificate_cancelled)
    page.sheet().text(say(page.look(), Text::decided_certificate_cancelled), em::body);
  page.sheet().code(receipt.slip_token, say(page.look(), Text::paper_code));
  return page.finish();
}

hal::Document document(const CompletionNotice& notice, const Issuer& issuer) {
  A4 page(issuer, Text::paper_completion, notice.reprint);
  page.row(Text::paper_service, say(page.look(), notice.service, "name"));
  page.row(Text::decided_number, in_fours(notice.acceptance_number)).row(Text::paper_date, notice.date);
  page.row(Text::paper_applicant, notice.masked_name.reveal());
  page.sheet().gap(2).text(say(page.look(), Text::paper_completion_lead), em::body, Weight::bold);
  page.sheet().gap(1).list(notice.defects).gap(2);
  page.sheet().text(say(page.look(), Text::decided_next_to_be_completed), em::body);
  page.sheet().code(notice.slip_token, say(page.look(), Text::paper_code));
  return page.finish();
}

hal::Document document(const RefusalNotice& notice, const Issuer& issuer) {
  A4 page(issuer, Text::paper_refusal, notice.reprint);
  page.row(Text::paper_service, say(page.look(), notice.service, "name")).row(Text::paper_date, notice.date);
  page.row(Text::paper_applicant, notice.masked_name.reveal());
  page.row(Text::decided_reason, notice.reason).row(Text::decided_legal_basis, notice.legal_basis);
  page.row(Text::decided_remedy, notice.remedy);
  return page.finish();
}

hal::Document document(const RegistrationResult& result, const Issuer& issuer) {
  return laid_out(result, issuer).finish();
}

Pictures pictures(const RegistrationResult& result, const Issuer& issuer) {
  return laid_out(result, issuer).finish_as_pictures();
}

}  // namespace kiosk::documents
