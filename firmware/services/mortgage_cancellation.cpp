#include "firmware/services/mortgage_cancellation.hpp"

#include "firmware/domain/masks.hpp"
#include "firmware/services/begin.hpp"
#include "firmware/services/lien_form.hpp"
#include "firmware/services/lien_outcome.hpp"
#include "firmware/services/lien_pages.hpp"
#include "firmware/services/lien_search.hpp"
#include "firmware/session/identify.hpp"
#include "firmware/session/paper.hpp"
#include "firmware/session/problem.hpp"
#include "firmware/session/submit.hpp"
#include "screens/citizen/other_owners.hpp"

namespace kiosk::services {

using namespace session;
using What = screens::Working::What;

namespace {

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

Result<Outcome> send(Session& s, const hal::Application& application, const hal::Mortgage& lien) {
  TRY(s.records.journal.step(s.id, "signed"));
  const PaperFacts facts{.service = s.service,
                         .masked_name = PersonalText(domain::mask_name(application.applicant.card.name)),
                         .masked_address = PersonalText(domain::mask_address(lien.address))};
  const auto reply = TRY(submit(s, application, to_json(facts)));
  if (!reply) return leave_undecided(s, application.key, facts);
  return tell_decision(s, application.key, *reply, facts, lien);
}

/// One mortgage, from who asks to the farewell. `went_back`: to the mortgages.
Result<Outcome> cancel(Session& s, const hal::Applicant& person, const hal::Mortgage& lien,
                       bool other_liens) {
  const Changeable changeable{.lien = other_liens, .owners = !lien.other_owners.empty()};
  for (;;) {
    const auto people = TRY(gather_owners(s, person, lien));
    if (!people) return explain_missing_owner(s);
    const auto application = TRY(sign_application(s, lien, *people, changeable));
    if (application) return send(s, *application, lien);
  }
}

}  // namespace

Result<Outcome> cancel_mortgage(Session& s) {
  auto begun =
      ask_then([&] { return before_you_start(s); }, [&] { return identify(s, Identity::card_and_face); });
  const auto person = TRY(std::move(begun));
  const auto liens = TRY(find_liens(s, person));
  if (liens.empty()) return explained(s);

  return repeat_on_back([&]() -> Result<Outcome> {
    const auto lien = TRY(choose_lien(s, liens));
    if (const auto obstacle = obstacle_of(lien)) return explain_obstacle(s, *obstacle);
    if (!lien.release) return explain_missing_release(s, lien);
    return cancel(s, person, lien, liens.size() > 1);
  });
}

}  // namespace kiosk::services
