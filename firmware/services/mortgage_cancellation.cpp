#include "firmware/services/mortgage_cancellation.hpp"

#include "firmware/domain/masks.hpp"
#include "firmware/services/begin.hpp"
#include "firmware/services/co_owners.hpp"
#include "firmware/services/lien_form.hpp"
#include "firmware/services/lien_outcome.hpp"
#include "firmware/services/lien_pages.hpp"
#include "firmware/services/lien_search.hpp"
#include "firmware/session/identify.hpp"
#include "firmware/session/paper.hpp"
#include "firmware/session/submit.hpp"

namespace kiosk::services {

using namespace session;

namespace {

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
  for (;;) {
    const auto people = TRY(gather_owners(s, person, lien));
    if (!people) return explained(s);
    const auto application =
        TRY(sign_application(s, lien, *people, {.lien = other_liens, .owners = !people->others.empty()}));
    if (application) return send(s, *application, lien);
  }
}

}  // namespace

Result<Outcome> cancel_mortgage(Session& s) {
  s.step = {1, 4};
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
