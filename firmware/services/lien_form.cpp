#include "firmware/services/lien_form.hpp"

#include <algorithm>

#include "firmware/documents/papers.hpp"
#include "firmware/domain/masks.hpp"
#include "firmware/domain/money.hpp"
#include "firmware/session/paper.hpp"
#include "firmware/session/sign.hpp"
#include "firmware/session/submit.hpp"
#include "screens/citizen/check_answers.hpp"
#include "screens/citizen/point_of_no_return.hpp"
#include "screens/citizen/read_document.hpp"

namespace kiosk::services {

using namespace session;
using assets::Text;
using Fields = std::vector<screens::AnswerRow>;

namespace {

/// The owners who have agreed with the registry and do not stand here.
std::vector<hal::Party> agreed_elsewhere(const hal::Mortgage& lien, const Applicants& people) {
  auto parties = lien.other_owners;
  std::erase_if(parties, [&](const hal::Party& party) {
    return std::ranges::any_of(people.others, [&](const auto& other) { return other.first == party.id; });
  });
  return parties;
}

/// The application in the registry's words.
Fields form_fields(const hal::Mortgage& lien, const Applicants& people) {
  Fields fields{{Text::field_applicant, people.first.card.name},
                {Text::field_id_number, people.first.card.number}};
  for (const auto& [party, other] : people.others) {
    fields.push_back({Text::field_other_owner, other.card.name});
    fields.push_back({Text::field_id_number, other.card.number});
  }
  for (const auto& party : agreed_elsewhere(lien, people)) {
    fields.push_back({Text::field_other_owner, party.masked_name});
    fields.push_back({.field = Text::field_consent, .words = Text::field_consent_online});
  }
  fields.push_back({Text::field_address, lien.address});
  fields.push_back({Text::field_unit_code, lien.unit_code});
  fields.push_back({Text::field_title_number, lien.title_number});
  fields.push_back({Text::field_certificate_number, lien.certificate_number});
  fields.push_back({Text::field_lender, PersonalText(lien.lender)});
  fields.push_back({Text::field_registered_on, PersonalText(lien.registered_on)});
  if (lien.amount_fen) fields.push_back({Text::field_amount, PersonalText(domain::yuan(*lien.amount_fen))});
  if (lien.release) {
    fields.push_back(
        {Text::field_release, PersonalText(lien.release->date + "  " + lien.release->reference)});
  }
  fields.push_back({.field = Text::field_certificate_handling,
                    .words = lien.electronic_certificate ? Text::field_certificate_handling_electronic
                                                         : Text::field_certificate_handling_paper});
  if (lien.fee_fen == 0) {
    fields.push_back({.field = Text::field_fee, .words = Text::field_fee_free});
  } else {
    fields.push_back({Text::field_fee, PersonalText(domain::yuan(lien.fee_fen))});
  }
  return fields;
}

/// Where the change buttons of the check page lead.
enum class Change { lien, owners };

/// On the glass the same fields, with the citizen numbers masked: others may look over the shoulder.
screens::CheckAnswers check_page(Fields fields, const Changeable& changeable) {
  for (std::size_t i = 0; i < fields.size(); ++i) {
    auto& row = fields[i];
    if (row.field == Text::field_id_number) row.value = PersonalText(domain::mask_number(row.value));
    if (row.field == Text::field_address && changeable.lien) row.change = static_cast<int>(Change::lien);
    // Who has agreed with the registry was not chosen here, and has a consent instead of a number.
    const bool stands_here = i + 1 < fields.size() && fields[i + 1].field == Text::field_id_number;
    if (row.field == Text::field_other_owner && stands_here && changeable.owners)
      row.change = static_cast<int>(Change::owners);
  }
  return {.service = "mortgage_cancellation", .rows = std::move(fields)};
}

using Signatures = std::vector<hal::Signature>;

Result<Signatures> sign_all(Session& s, const Applicants& people, const PersonalBytes& pdf) {
  Signatures signatures;
  auto first = TRY(sign(s, people.first.card, pdf));
  signatures.push_back(std::move(first));
  for (const auto& [party, other] : people.others) {
    auto next = TRY(sign(s, other.card, pdf));
    signatures.push_back(std::move(next));
  }
  return signatures;
}

/// What is signed: the form, and the bytes that it is sent as.
struct Signable {
  documents::ApplicationForm form;
  documents::Issuer issuer;
  PersonalBytes pdf;
};

Signable make_signable(const Session& s, const Fields& fields, const Applicants& people,
                       const std::string& key) {
  documents::ApplicationForm form{.service = s.service,
                                  .fields = fields,
                                  .signers = {people.first.card.name},
                                  .date = now_in_china(s.clock).date,
                                  .reference = reference(key)};
  for (const auto& [party, other] : people.others) form.signers.push_back(other.card.name);
  auto from = issuer(s);
  PersonalBytes pdf(documents::document(form, from).pdf);
  return {std::move(form), std::move(from), std::move(pdf)};
}

/// The last page before signing. Whoever wants to reads the form there, as it will be sent.
Result<void> ask_whether_sure(Session& s, const Signable& paper) {
  const screens::PointOfNoReturn page{.service = s.service};
  while (TRY(s.ui.ask(page, s.wait)) == screens::PointOfNoReturn::Answer::read) {
    const screens::ReadDocument read{s.service + ".form", documents::pictures(paper.form, paper.issuer)};
    TRY(s.ui.ask(read, s.wait, Back::none));  // its one button leads back
  }
  return {};
}

/// nullopt: other people are to ask.
Result<std::optional<Signatures>> check_and_sign(Session& s, const screens::CheckAnswers& page,
                                                 const Applicants& people, const Signable& paper) {
  const auto be_sure = [&] { return ask_whether_sure(s, paper); };
  for (;;) {
    const auto answer = TRY(s.ui.ask(page, s.wait));
    if (answer.kind == screens::CheckAnswers::Answer::Kind::change) {
      if (static_cast<Change>(answer.change) == Change::owners) return std::optional<Signatures>();
      return fail(Errc::went_back, "to the mortgages");
    }
    auto signatures = ask_then(be_sure, [&] { return sign_all(s, people, paper.pdf); });
    if (signatures) return std::optional(std::move(*signatures));
    if (signatures.error().code != Errc::went_back) return std::unexpected(std::move(signatures).error());
  }
}

}  // namespace

Result<std::optional<hal::Application>> sign_application(Session& s, const hal::Mortgage& lien,
                                                         const Applicants& people,
                                                         const Changeable& changeable) {
  hal::Application application{.key = new_key(s),
                               .service = s.service,
                               .mortgage_id = lien.id,
                               .mortgage_version = lien.version,
                               .applicant = people.first,
                               .other_owners = people.others};
  const auto fields = form_fields(lien, people);
  auto paper = make_signable(s, fields, people, application.key);
  auto signatures = TRY(check_and_sign(s, check_page(fields, changeable), people, paper));
  if (!signatures) return std::optional<hal::Application>();
  application.signatures = std::move(*signatures);
  application.document_pdf = std::move(paper.pdf);
  application.asked_at = now_in_china(s.clock).rfc3339;
  return std::optional(std::move(application));
}

}  // namespace kiosk::services
