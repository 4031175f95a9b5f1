#include "firmware/services/co_owners.hpp"

#include <algorithm>

#include "firmware/domain/masks.hpp"
#include "firmware/services/what_to_bring.hpp"
#include "firmware/session/identify.hpp"
#include "firmware/session/problem.hpp"
#include "screens/citizen/other_owners.hpp"
#include "screens/citizen/owner_away.hpp"

namespace kiosk::services {

using namespace session;
using screens::OtherOwners;
using screens::OwnerAway;
using What = screens::Working::What;
using State = OtherOwners::Owner::State;
using Reached = OwnerAway::Owner::Reached;

namespace {

OtherOwners page_of(const Session& s, const hal::Mortgage& lien) {
  OtherOwners page{.owners = {}, .can_invite = s.office.invitations};
  for (const auto& party : lien.other_owners)
    page.owners.push_back({party.masked_name, party.agreed ? State::agreed : State::waiting});
  return page;
}

/// Somebody shows a card and a face for this party. `went_back`, also after another person, who was told.
Result<std::optional<hal::Applicant>> join(Session& s, const hal::Applicant& person,
                                           const hal::Mortgage& lien, const hal::Party& party) {
  s.step = {3, 4};
  const auto joined = TRY(identify_other(s, person.card, party.masked_name));
  auto confirmed = ask_registry(
      s, What::asking_registry,
      [&](const Wait& wait) { return s.registry.confirm_party(lien.id, party.id, joined, wait); },
      {Errc::refused});
  if (!confirmed && confirmed.error().code == Errc::refused) {
    TRY(offer_retry(s, Fault::other_person, confirmed.error()));
    return fail(Errc::went_back, "another person");
  }
  TRY(std::move(confirmed));
  TRY(s.note("owner.joined", {{"party", party.id}, {"name", domain::mask_name(joined.card.name)}}));
  return std::optional(joined);
}

/// Who is still waited for, with nothing done about it.
OwnerAway away(const OtherOwners& page) {
  OwnerAway away;
  for (const auto& owner : page.owners) {
    if (owner.state == State::waiting)
      away.owners.push_back({.masked_name = owner.masked_name, .reached = Reached::no});
  }
  return away;
}

/// One message, or the answer that it is on its way already. None without a phone number on the register;
/// when the line fails and the person has had enough of it nobody knows, which is an error only while no
/// other owner was reached.
Result<OwnerAway::Owner> invite_one(Session& s, const hal::Applicant& person, const hal::Mortgage& lien,
                                    const hal::Party& party, bool others_reached) {
  const auto sent =
      ask_registry(s, What::asking_registry,
                   [&](const Wait& wait) { return s.registry.invite_party(lien.id, party.id, person, wait); },
                   {Errc::not_present});
  OwnerAway::Owner owner{.masked_name = party.masked_name};
  if (!sent && sent.error().code != Errc::not_present) {
    s.note_done("owner.invitation_unknown", {{"party", party.id}, {"why", sent.error().what}});
    TRY(s.wait.check());
    if (!others_reached) return std::unexpected(sent.error());
    owner.reached = Reached::uncertain;
    return owner;
  }
  s.note_done("owner.invited", {{"party", party.id}, {"phone_known", sent.has_value()}});
  owner.reached = sent ? Reached::invited : Reached::no_number;
  if (sent) {
    owner.masked_phone = sent->masked_phone;
    owner.valid_to = sent->valid_to;
  }
  return owner;
}

/// A message to everybody who is still waited for, as far as the registry can reach them.
Result<OwnerAway> invite(Session& s, const hal::Applicant& person, const hal::Mortgage& lien,
                         const OtherOwners& waiting) {
  OwnerAway page;
  bool reached = false, all = true;
  for (std::size_t i = 0; i < lien.other_owners.size(); ++i) {
    if (waiting.owners[i].state != State::waiting) continue;
    auto owner = TRY(invite_one(s, person, lien, lien.other_owners[i], reached));
    const bool invited = owner.reached == Reached::invited;
    reached |= invited;
    all &= invited;
    page.owners.push_back(std::move(owner));
  }
  using enum OwnerAway::What;
  page.what = !reached ? no_phone : all ? invited : partly;
  return page;
}

/// How it goes on without them, until it was read. `went_back`.
Result<void> tell(Session& s, OwnerAway page) {
  documents::OwnersList list{.service = s.service};
  for (const auto& owner : page.owners) list.masked_names.push_back(owner.masked_name);
  return show_or_print(s, std::move(page), list);
}

/// They are invited, or it is a matter for a window. nullopt, once that was read; `went_back`.
Result<std::optional<hal::Applicant>> go_without(Session& s, const hal::Applicant& person,
                                                 const hal::Mortgage& lien, const OtherOwners& waiting,
                                                 OtherOwners::Answer answer) {
  if (answer == OtherOwners::Answer::invite) {
    auto page = TRY(invite(s, person, lien, waiting));
    TRY(tell(s, std::move(page)));
  } else {
    TRY(s.note("owner.to_window"));
    TRY(tell(s, away(waiting)));
  }
  return std::optional<hal::Applicant>();
}

/// One owner, here or not. nullopt: not. `went_back` out of the question itself.
Result<std::optional<hal::Applicant>> ask_for(Session& s, const hal::Applicant& person,
                                              const hal::Mortgage& lien, const hal::Party& party,
                                              const OtherOwners& page) {
  for (;;) {
    const auto answer = TRY(s.ui.ask(page, s.wait));
    auto joined = answer == OtherOwners::Answer::here_now ? join(s, person, lien, party)
                                                          : go_without(s, person, lien, page, answer);
    if (joined || joined.error().code != Errc::went_back) return joined;
  }
}

}  // namespace

Result<std::optional<Applicants>> gather_owners(Session& s, const hal::Applicant& person,
                                                const hal::Mortgage& lien) {
  Applicants all{.first = person};
  auto page = page_of(s, lien);
  for (std::size_t i = 0; i < lien.other_owners.size(); ++i) {
    const auto& party = lien.other_owners[i];
    if (party.agreed) continue;
    const auto other = TRY(ask_for(s, person, lien, party, page));
    if (!other) return std::optional<Applicants>();
    all.others.emplace_back(party.id, *other);
    page.owners[i].state = State::confirmed;
  }
  return std::optional(std::move(all));
}

}  // namespace kiosk::services
