#include "firmware/session/identify.hpp"

#include "firmware/domain/masks.hpp"
#include "firmware/session/card.hpp"
#include "firmware/session/face.hpp"
#include "firmware/session/problem.hpp"
#include "firmware/session/staff.hpp"
#include "screens/citizen/consent.hpp"
#include "screens/citizen/other_ways.hpp"

namespace kiosk::session {

using screens::OtherWays;

namespace {

constexpr int age_of_consent =
    16;  // 身份证法: from 16 on one applies for a card oneself; below, a guardian asks

constexpr std::chrono::milliseconds look_at_camera_again{500};

hal::Applicant applicant(const hal::IdCard& card, hal::Applicant::Proof proof, std::string evidence) {
  return {.card = card, .proof = proof, .evidence = std::move(evidence)};
}

/// Whether this card may be used to change the register at all.
Result<void> may_act(Session& s, const hal::IdCard& card) {
  if (!still_valid(card, s.clock)) {
    return std::unexpected(explain_and_end(s, Fault::expired_card, {Errc::refused, "the card has expired"}));
  }
  if (age(card, s.clock) < age_of_consent) {
    return std::unexpected(explain_and_end(s, Fault::too_young, {Errc::refused, "the holder is under 16"}));
  }
  return {};
}

OtherWays::Why why(FaceFailure failure) {
  switch (failure) {
    case FaceFailure::other_way_chosen:
      return OtherWays::Why::chosen;
    case FaceFailure::not_the_same:
      return OtherWays::Why::face_failed;
    case FaceFailure::camera_down:
      return OtherWays::Why::camera_down;
    case FaceFailure::registry_silent:
      return OtherWays::Why::registry_silent;
  }
  std::unreachable();
}

/// Face first if the person agreed to it, then whatever they choose, until one of the ways has worked.
Result<hal::Applicant> prove(Session& s, const hal::IdCard& card, bool with_face) {
  using Proof = hal::Applicant::Proof;
  OtherWays page{.why = OtherWays::Why::chosen, .step = s.step};
  for (;;) {
    if (with_face) {
      auto face = TRY(verify_live_face(s, card));
      if (auto* evidence = std::get_if<std::string>(&face))
        return applicant(card, Proof::card_and_face, *evidence);
      page.why = why(std::get<FaceFailure>(face));
    }
    page.face_possible = s.devices.camera.status().usable() && page.why != OtherWays::Why::face_failed;
    page.staff_possible = s.devices.scanner.status().usable();
    switch (TRY(s.ui.ask(page, s.wait))) {
      case OtherWays::Answer::face:
        TRY(s.note("consent.given", {{"face", true}}));  // by choosing it now
        with_face = true;
        break;
      case OtherWays::Answer::window:
        TRY(s.note("identity.sent_to_window"));
        return fail(Errc::cancelled, "the person goes to a window");
      case OtherWays::Answer::staff: {
        with_face = false;
        const auto witness = witness_by_staff(s, card);
        if (witness) return applicant(card, Proof::card_and_staff, witness->evidence);
        const auto code = witness.error().code;
        if (code != Errc::not_present && code != Errc::went_back) return std::unexpected(witness.error());
        page.why = OtherWays::Why::chosen;
      }
    }
  }
}

Result<bool> consent_to_face(Session& s) {
  using screens::Consent;
  const auto camera_works = [&s] { return s.devices.camera.status().usable(); };
  for (;;) {
    const bool works = camera_works();
    // What is agreed to is what will be done: a camera that comes or goes asks anew.
    const auto change = [&](const Wait& wait) -> Result<bool> {
      while (camera_works() == works) TRY(wait.sleep(look_at_camera_again));
      return true;
    };
    const auto given = TRY(s.ui.ask_while(Consent{.camera_works = works, .step = s.step}, s.wait, change));
    const auto* answer = std::get_if<0>(&given);
    if (answer == nullptr) continue;
    if (*answer == Consent::Answer::decline) return fail(Errc::went_back, "no consent");
    const bool with_face = *answer == Consent::Answer::with_face;
    TRY(s.note("consent.given", {{"face", with_face}}));
    return with_face;
  }
}

}  // namespace

Result<hal::Applicant> identify(Session& s, Identity need) {
  bool with_face = false;
  if (need == Identity::card_and_face) with_face = TRY(consent_to_face(s));
  const auto card = TRY(read_card(s));
  s.actor = domain::mask_name(card.name);
  s.ui.stands(true, false);
  TRY(s.records.journal.step(s.id, "card_read"));
  if (need == Identity::card_only) return applicant(card, hal::Applicant::Proof::card_only, {});

  TRY(may_act(s, card));
  auto person = TRY(prove(s, card, with_face));
  TRY(s.records.journal.step(s.id, "identified"));
  return person;
}

Result<hal::Applicant> identify_other(Session& s, const hal::IdCard& first, const PersonalText& masked_name) {
  const ActingAs nobody(s, {});                    // until their card is read
  const bool with_face = TRY(consent_to_face(s));  // everybody's own
  for (;;) {
    const auto card = TRY(read_card(s, masked_name));
    s.actor = domain::mask_name(card.name);
    if (card.number == first.number) {
      const Error same{Errc::refused, "the applicant's own card again"};
      TRY(offer_retry(s, Fault::same_person, same));
      continue;
    }
    TRY(may_act(s, card));
    return prove(s, card, with_face);
  }
}

}  // namespace kiosk::session
