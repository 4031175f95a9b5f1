#include "firmware/services/mortgage_cancellation.hpp"

#include "firmware/documents/papers.hpp"
#include "firmware/documents/slips.hpp"
#include "firmware/domain/masks.hpp"
#include "firmware/domain/money.hpp"
#include "firmware/services/begin.hpp"
#include "firmware/services/lien_pages.hpp"
#include "firmware/session/farewell.hpp"
#include "firmware/session/identify.hpp"
#include "firmware/session/paper.hpp"
#include "firmware/session/problem.hpp"
#include "firmware/session/sign.hpp"
#include "firmware/session/submit.hpp"
#include "screens/citizen/check_answers.hpp"
#include "screens/citizen/decided.hpp"
#include "screens/citizen/other_owners.hpp"
#include "screens/citizen/outcome_unknown.hpp"
#include "screens/citizen/point_of_no_return.hpp"
#include "screens/citizen/read_document.hpp"

namespace kiosk::services {

using namespace session;
using assets::Text;
using What = screens::Working::What;
using Fields = std::vector<screens::AnswerRow>;

namespace {

/// The people who ask together, each identified here.
struct Applicants {
  hal::Applicant first;
  std::vector<std::pair<std::string, hal::Applicant>> others;
};

/// The owners who must join, one after the other, with card and face. nullopt: not all of them are here.
Result<std::optional<Applicants>> gather_owners(Session& s, const hal::Applicant& person,
                                                const hal::Mortgage& lien) {
  Applicants all{.first = person};
  screens::OtherOwners page;
  for (const auto& party : lien.other_owners) page.owners.push_back({.masked_name = party.masked_name});
  for (std::size_t i = 0; i < lien.other_owners.size(); ++i) {
    const auto answer = TRY(s.ui.ask(page, s.wait));
    if (answer == screens::OtherOwners::Answer::not_here) return std::optional<Applicants>();
    const auto& party = lien.other_owners[i];
    auto other = identify_other(s, person.card, party.masked_name);
    if (!other && other.error().code == Errc::went_back) {
      --i;
      continue;
    }
    const auto joined = TRY(std::move(other));
    auto confirmed = ask_registry(s, What::asking_registry, [&](const Wait& wait) {
      return s.registry.confirm_party(lien.id, party.id, joined, wait);
    });
    if (!confirmed && confirmed.error().code == Errc::refused) {
      TRY(offer_retry(s, Fault::other_person, confirmed.error()));
      --i;
      continue;
    }
    TRY(std::move(confirmed));
    TRY(s.note("owner.joined", {{"party", party.id}, {"name", domain::mask_name(joined.card.name)}}));
    all.others.emplace_back(party.id, joined);
    page.owners[i].confirmed = true;
  }
  return std::optional(std::move(all));
}

/// The application in the registry's words.
Fields form_fields(const hal::Mortgage& lien, const Applicants& people) {
  Fields fields{{Text::field_applicant, people.first.card.name},
                {Text::field_id_number, people.first.card.number}};
  for (const auto& [party, other] : people.others) {
    fields.push_back({Text::field_other_owner, other.card.name});
    fields.push_back({Text::field_id_number, other.card.number});
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

/// On the glass the same fields, with the citizen numbers masked: others may look over the shoulder.
screens::CheckAnswers check_page(Fields fields) {
  for (auto& row : fields) {
    if (row.field == Text::field_id_number) row.value = PersonalText(domain::mask_number(row.value));
  }
  return {.service = "mortgage_cancellation", .rows = std::move(fields)};
}

Result<std::vector<hal::Signature>> sign_all(Session& s, const Applicants& people, const PersonalBytes& pdf) {
  std::vector<hal::Signature> signatures;
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

/// Check answers, the point of no return, and everybody's signature. Back leads from each to the one before.
Result<std::vector<hal::Signature>> check_and_sign(Session& s, const screens::CheckAnswers& page,
                                                   const Applicants& people, const Signable& paper) {
  const auto check = [&] { return s.ui.ask(page, s.wait); };
  const auto be_sure = [&] { return ask_whether_sure(s, paper); };
  return ask_then(check, [&] { return ask_then(be_sure, [&] { return sign_all(s, people, paper.pdf); }); });
}

screens::Decided decided_page(const Session& s, const hal::Reply& reply, Delivered delivered) {
  using Paper = screens::Decided::Paper;
  const auto paper = delivered == Delivered::printed     ? Paper::printed
                     : delivered == Delivered::reprinted ? Paper::reprinted
                                                         : Paper::electronic;
  return {.decision = static_cast<screens::Decided::Decision>(reply.decision),
          .service = s.service,
          .acceptance_number = reply.acceptance_number,
          .due_date = reply.due_date,
          .defects = reply.defects,
          .reason = reply.reason,
          .legal_basis = reply.legal_basis,
          .remedy = reply.remedy,
          .certificate_cancelled = reply.certificate_status == "cancelled",
          .paper = paper,
          .slip_token = reply.slip_token};
}

/// The registry has not said what became of it: the person takes a slip with the reference home.
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

Result<Outcome> finish(Session& s, const std::string& key, const hal::Reply& reply, const PaperFacts& facts) {
  const auto delivered = TRY(give_paper(s, key, reply, facts));
  after_the_fact("submission settled", s.records.journal.settle(s.id, records::Debt::submission, key));
  const auto answer = TRY(s.ui.ask(decided_page(s, reply, delivered), s.wait, Back::none));
  if (answer == screens::Decided::Answer::rate && !reply.acceptance_number.empty()) {
    TRY(ask_rating(s, reply.acceptance_number));
  }
  TRY(say_goodbye(s));
  return Outcome::done;
}

Result<Outcome> cancel(Session& s, const hal::Mortgage& lien, const Applicants& people) {
  hal::Application application{.key = new_key(s),
                               .service = s.service,
                               .mortgage_id = lien.id,
                               .mortgage_version = lien.version,
                               .applicant = people.first,
                               .other_owners = people.others};
  const auto fields = form_fields(lien, people);
  auto paper = make_signable(s, fields, people, application.key);
  application.signatures = TRY(check_and_sign(s, check_page(fields), people, paper));
  application.document_pdf = std::move(paper.pdf);
  application.asked_at = now_in_china(s.clock).rfc3339;
  TRY(s.records.journal.step(s.id, "signed"));

  const PaperFacts facts{.service = s.service,
                         .masked_name = PersonalText(domain::mask_name(people.first.card.name)),
                         .masked_address = PersonalText(domain::mask_address(lien.address))};
  const auto reply = TRY(submit(s, application, to_json(facts)));
  if (!reply) return leave_undecided(s, application.key, facts);
  return finish(s, application.key, *reply, facts);
}

}  // namespace

Result<Outcome> cancel_mortgage(Session& s) {
  auto begun =
      ask_then([&] { return before_you_start(s); }, [&] { return identify(s, Identity::card_and_face); });
  const auto person = TRY(std::move(begun));
  auto found =
      ask_registry(s, What::asking_registry, [&](const Wait& w) { return s.registry.mortgages(person, w); });
  const auto liens = TRY(std::move(found));
  TRY(s.note("mortgages.shown", {{"count", static_cast<std::int64_t>(liens.size())}}));
  if (liens.empty()) return explain_no_liens(s);

  return repeat_on_back([&]() -> Result<Outcome> {
    const auto lien = TRY(choose_lien(s, liens));
    if (const auto obstacle = obstacle_of(lien)) return explain_obstacle(s, *obstacle);
    if (!lien.release) return explain_missing_release(s, lien);
    const auto people = TRY(gather_owners(s, person, lien));
    if (!people) return explain_missing_owner(s);
    return cancel(s, lien, *people);
  });
}

}  // namespace kiosk::services
