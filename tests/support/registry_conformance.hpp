#pragma once
// What every registry must do, whatever carries it. Runs over FakeRegistry and over the HTTPS driver with the
// lobby. What stands on the register, and for whom: registry_entries_conformance.hpp.

#include <algorithm>
#include <string>
#include <thread>

#include <gtest/gtest.h>

#include "hal/registry.hpp"
#include "tests/lobby/registry/authority.hpp"
#include "tests/support/applications.hpp"

namespace kiosk::testing {

/// World: a type with `hal::Registry& registry()`, `lobby::Authority& authority()` (seeded with
/// plain_portrait), `void lose_next_request_of_submit()`, `void lose_next_answer_of_submit()` and `void
/// fall_silent()`.
template <class World>
class RegistryConformance : public ::testing::Test {
 public:
  hal::Registry& registry() { return world_.registry(); }
  lobby::Authority& authority() { return world_.authority(); }
  World& world() { return world_; }
  Wait wait() const { return Wait::of(std::chrono::seconds(30)); }

  PersonalBytes portrait(const std::string& id) const {
    return PersonalBytes(lobby::plain_portrait(lobby::person(id)));
  }
  hal::Applicant checked(const std::string& id) { return testing::checked(registry(), id, portrait(id)); }
  std::vector<hal::Mortgage> mortgages(const hal::Applicant& applicant) {
    const auto mortgages = registry().mortgages(applicant, wait());
    EXPECT_TRUE(mortgages) << mortgages.error().what;
    return mortgages.value_or(std::vector<hal::Mortgage>{});
  }
  hal::Application application_of(const std::string& id) {
    const auto applicant = checked(id);
    return cancellation(mortgages(applicant).at(0), applicant);
  }

 private:
  World world_;
};

TYPED_TEST_SUITE_P(RegistryConformance);

TYPED_TEST_P(RegistryConformance, says_what_time_it_is_and_what_is_closed) {
  this->authority().close_service("change_name", true);
  const auto status = this->registry().status(this->wait());
  ASSERT_TRUE(status) << status.error().what;
  EXPECT_GT(status->now.time_since_epoch().count(), 0);
  EXPECT_EQ(status->closed_services, std::vector<std::string>{"change_name"});
}

TYPED_TEST_P(RegistryConformance, knows_a_face_and_knows_another_ones) {
  const auto card = lobby::person("zhang").card;
  const auto same = this->registry().verify_face(card, this->portrait("zhang"), this->wait());
  ASSERT_TRUE(same) << same.error().what;
  EXPECT_TRUE(same->same_person);
  EXPECT_FALSE(same->evidence.empty());
  const auto other = this->registry().verify_face(card, PersonalBytes(Bytes{1, 2, 3}), this->wait());
  ASSERT_FALSE(other);
  EXPECT_EQ(other.error().code, Errc::refused);
}

TYPED_TEST_P(RegistryConformance, refuses_an_expired_card_and_a_wrong_number) {
  auto card = lobby::person("feng").card;
  const auto expired = this->registry().verify_face(card, this->portrait("feng"), this->wait());
  ASSERT_FALSE(expired);
  EXPECT_EQ(expired.error().code, Errc::refused);
  EXPECT_TRUE(expired.error().what.starts_with("card_expired")) << expired.error().what;
  card = lobby::person("zhang").card;
  card.number = PersonalText("370102198503070019");
  const auto wrong = this->registry().verify_face(card, this->portrait("zhang"), this->wait());
  ASSERT_FALSE(wrong);
  EXPECT_TRUE(wrong.error().what.starts_with("card_invalid")) << wrong.error().what;
}

TYPED_TEST_P(RegistryConformance, takes_a_staff_badge_and_locks_after_five_wrong_pins) {
  const auto card = lobby::person("zhang").card;
  const PersonalText badge(lobby::staff().badge), pin(lobby::staff().pin), wrong("000000");
  const auto vouched = this->registry().verify_staff(card, badge, pin, this->wait());
  ASSERT_TRUE(vouched) << vouched.error().what;
  EXPECT_EQ(vouched->staff_id, lobby::staff().id);
  hal::Applicant applicant{card, hal::Applicant::Proof::card_and_staff, vouched->evidence};
  EXPECT_EQ(this->mortgages(applicant).size(), 1U);
  for (int i = 0; i < 5; ++i) {
    EXPECT_EQ(this->registry().verify_staff(card, badge, wrong, this->wait()).error().code, Errc::refused);
  }
  EXPECT_EQ(this->registry().verify_staff(card, badge, pin, this->wait()).error().code, Errc::busy);
}

TYPED_TEST_P(RegistryConformance, registers_a_released_mortgage_at_once) {
  const auto application = this->application_of("zhang");
  const auto reply = this->registry().submit(application, this->wait());
  ASSERT_TRUE(reply) << reply.error().what;
  EXPECT_EQ(reply->decision, hal::Decision::registered);
  EXPECT_EQ(reply->certificate_status, "cancelled");
  EXPECT_FALSE(reply->slip_token.empty());
  EXPECT_TRUE(this->mortgages(this->checked("zhang")).empty());
  const auto progress = this->registry().case_by_token(reply->slip_token, this->wait());
  ASSERT_TRUE(progress) << progress.error().what;
  EXPECT_EQ(progress->acceptance_number, reply->acceptance_number);
  EXPECT_NE(this->authority().cases_json(reply->acceptance_number), "{}");
}

TYPED_TEST_P(RegistryConformance, answers_with_the_paper_that_was_decided) {
  using hal::Decision;
  for (const auto decision : {Decision::accepted, Decision::to_be_completed, Decision::refused}) {
    const auto applicant = this->checked("sun");
    const auto mortgages = this->mortgages(applicant);
    const auto open = std::ranges::find_if(mortgages, [](const auto& m) { return m.open_case.empty(); });
    ASSERT_NE(open, mortgages.end());
    this->authority().decide(open->id, decision);
    const auto reply = this->registry().submit(cancellation(*open, applicant), this->wait());
    ASSERT_TRUE(reply) << reply.error().what;
    EXPECT_EQ(reply->decision, decision);
    EXPECT_EQ(reply->acceptance_number.empty(), decision == Decision::refused);
    EXPECT_EQ(reply->due_date.empty(), decision != Decision::accepted);
    EXPECT_EQ(reply->defects.empty(), decision != Decision::to_be_completed);
    EXPECT_EQ(reply->remedy.empty(), decision != Decision::refused);
    EXPECT_EQ(reply->certificate_status, "unchanged");
  }
}

TYPED_TEST_P(RegistryConformance, records_one_case_for_an_application_sent_twice) {
  const auto application = this->application_of("zhang");
  const auto first = this->registry().submit(application, this->wait());
  const auto second = this->registry().submit(application, this->wait());
  ASSERT_TRUE(first && second);
  EXPECT_TRUE(*first == *second);
  EXPECT_EQ(this->authority().recorded(), 1U);
}

TYPED_TEST_P(RegistryConformance, refuses_another_application_under_a_used_key) {
  const auto application = this->application_of("zhang");
  ASSERT_TRUE(this->registry().submit(application, this->wait()));
  auto other = this->application_of("huang");
  other.key = application.key;
  auto with_another_owner = application;
  with_another_owner.other_owners.emplace_back("m-0001-p2", other.applicant);
  for (const auto& changed : {other, with_another_owner}) {
    const auto reply = this->registry().submit(changed, this->wait());
    ASSERT_FALSE(reply);
    EXPECT_EQ(reply.error().code, Errc::refused);
    EXPECT_TRUE(reply.error().what.starts_with("key_reused")) << reply.error().what;
  }
}

TYPED_TEST_P(RegistryConformance, tells_the_outcome_when_the_answer_was_lost) {
  const auto application = this->application_of("zhang");
  this->world().lose_next_answer_of_submit();
  const auto reply = this->registry().submit(application, this->wait());
  ASSERT_FALSE(reply);
  EXPECT_EQ(reply.error().code, Errc::unreachable);
  const auto outcome = this->registry().outcome(application.key, this->wait());
  ASSERT_TRUE(outcome) << outcome.error().what;
  EXPECT_EQ(outcome->decision, hal::Decision::registered);
  EXPECT_EQ(this->authority().recorded(), 1U);
}

TYPED_TEST_P(RegistryConformance, buries_a_key_that_it_never_received) {
  const auto application = this->application_of("zhang");
  this->world().lose_next_request_of_submit();
  EXPECT_EQ(this->registry().submit(application, this->wait()).error().code, Errc::unreachable);
  EXPECT_EQ(this->registry().outcome(application.key, this->wait()).error().code, Errc::not_present);
  const auto late = this->registry().submit(application, this->wait());
  ASSERT_FALSE(late);
  EXPECT_EQ(late.error().code, Errc::refused);
  EXPECT_EQ(this->authority().recorded(), 0U);
  auto anew = this->application_of("zhang");
  EXPECT_TRUE(this->registry().submit(anew, this->wait()));
}

TYPED_TEST_P(RegistryConformance, refuses_an_application_that_does_not_hold_together) {
  const auto good = this->application_of("zhang");
  const auto refused = [&](const char* rule, auto change) {
    auto application = good;
    SystemRandom random;
    application.key = new_uuid(random);
    change(application);
    const auto reply = this->registry().submit(application, this->wait());
    ASSERT_FALSE(reply) << rule;
    EXPECT_EQ(reply.error().code, Errc::refused) << rule;
    EXPECT_TRUE(reply.error().what.starts_with(rule)) << reply.error().what;
  };
  refused("invalid_request", [](auto& a) { a.key = "not-a-uuid"; });
  refused("service_unknown", [](auto& a) { a.service = "divorce"; });
  refused("evidence_unknown", [](auto& a) { a.applicant.evidence = "ev-made-up"; });
  refused("proof_too_weak", [](auto& a) { a.applicant.proof = hal::Applicant::Proof::card_only; });
  refused("mortgage_unknown", [](auto& a) { a.mortgage_id = "m-0002"; });
  refused("version_changed", [](auto& a) { a.mortgage_version = "v0"; });
  refused("document_invalid", [](auto& a) { a.document_pdf = PersonalBytes(Bytes{'P', 'K'}); });
  refused("document_digest_mismatch",
          [](auto& a) { a.signatures[0].document_sha256 = std::string(64, '0'); });
  refused("signature_missing", [](auto& a) { a.signatures.clear(); });
  refused("signature_invalid",
          [](auto& a) { a.signatures[0].strokes_json = PersonalBytes(Bytes{'[', ']'}); });
  EXPECT_EQ(this->authority().recorded(), 0U);
}

TYPED_TEST_P(RegistryConformance, decides_against_what_the_rules_forbid) {
  for (const auto* id : {"li", "wang", "zhao"}) {
    const auto reply = this->registry().submit(this->application_of(id), this->wait());
    ASSERT_TRUE(reply) << reply.error().what;
    EXPECT_EQ(reply->decision, hal::Decision::refused) << id;
  }
  const auto open = this->registry().submit(this->application_of("zhou"), this->wait());
  EXPECT_TRUE(!open && open.error().what.starts_with("case_open"));
}

TYPED_TEST_P(RegistryConformance, shows_cases_with_the_address_only_to_the_card) {
  const auto cases = this->registry().cases(with_card("wu"), this->wait());
  ASSERT_TRUE(cases) << cases.error().what;
  ASSERT_EQ(cases->size(), 3U);
  EXPECT_EQ(std::ranges::count(*cases, true, &hal::CaseProgress::overdue), 1);
  EXPECT_EQ(std::ranges::count(*cases, hal::NextAction::collect, &hal::CaseProgress::next), 1);
  EXPECT_EQ(std::ranges::count(*cases, hal::NextAction::complete_documents, &hal::CaseProgress::next), 1);
  for (const auto& progress : *cases) {
    EXPECT_FALSE(progress.address.empty());
    const auto by_number = this->registry().case_by_number(progress.acceptance_number, this->wait());
    const auto by_token = this->registry().case_by_token(progress.slip_token, this->wait());
    ASSERT_TRUE(by_number && by_token);
    EXPECT_TRUE(by_number->address.empty() && by_token->address.empty());
    EXPECT_EQ(by_number->stages, progress.stages);
    EXPECT_EQ(by_token->stages, progress.stages);
  }
}

TYPED_TEST_P(RegistryConformance, does_not_find_what_it_never_issued) {
  EXPECT_EQ(this->registry().case_by_number("2026010199999", this->wait()).error().code, Errc::not_present);
  for (const auto* token :
       {"", "T1", "T1..", "T1.MjAyNnwx.AAAAAAAAAAAAAAAAAAAAAA", "T2.x.y", "https://example.cn/"}) {
    EXPECT_EQ(this->registry().case_by_token(token, this->wait()).error().code, Errc::not_present) << token;
  }
}

TYPED_TEST_P(RegistryConformance, takes_one_rating_a_case) {
  const std::string number = "2026110200008";
  EXPECT_EQ(this->registry().rate(number, 6, this->wait()).error().code, Errc::refused);
  EXPECT_TRUE(this->registry().rate(number, 5, this->wait()));
  EXPECT_EQ(this->registry().rate(number, 1, this->wait()).error().code, Errc::refused);
  EXPECT_EQ(this->registry().rate("0", 5, this->wait()).error().code, Errc::not_present);
}

TYPED_TEST_P(RegistryConformance, calls_staff_with_a_number) {
  const auto first = this->registry().call_staff("printer", this->wait());
  const auto second = this->registry().call_staff("help", this->wait());
  ASSERT_TRUE(first && second);
  EXPECT_NE(*first, *second);
  EXPECT_TRUE(this->registry().withdraw_call(*first, this->wait()));
  EXPECT_TRUE(this->registry().withdraw_call(*first, this->wait())) << "twice is once";
  EXPECT_EQ(this->registry().withdraw_call("HJ9999", this->wait()).error().code, Errc::not_present);
}

TYPED_TEST_P(RegistryConformance, ends_with_the_wait) {
  std::stop_source stop;
  stop.request_stop();
  EXPECT_EQ(this->registry().status({.stop = stop.get_token()}).error().code, Errc::cancelled);
  EXPECT_EQ(this->registry().status(Wait::of({})).error().code, Errc::timed_out);
  this->world().fall_silent();
  EXPECT_EQ(this->registry().status(Wait::of(std::chrono::milliseconds(100))).error().code, Errc::timed_out);
  std::stop_source later;
  const std::jthread stopper([&] { later.request_stop(); });
  EXPECT_EQ(this->registry().status({.stop = later.get_token()}).error().code, Errc::cancelled);
}

REGISTER_TYPED_TEST_SUITE_P(RegistryConformance, says_what_time_it_is_and_what_is_closed,
                            knows_a_face_and_knows_another_ones, refuses_an_expired_card_and_a_wrong_number,
                            takes_a_staff_badge_and_locks_after_five_wrong_pins,
                            registers_a_released_mortgage_at_once, answers_with_the_paper_that_was_decided,
                            records_one_case_for_an_application_sent_twice,
                            refuses_another_application_under_a_used_key,
                            tells_the_outcome_when_the_answer_was_lost, buries_a_key_that_it_never_received,
                            refuses_an_application_that_does_not_hold_together,
                            decides_against_what_the_rules_forbid,
                            shows_cases_with_the_address_only_to_the_card, does_not_find_what_it_never_issued,
                            takes_one_rating_a_case, calls_staff_with_a_number, ends_with_the_wait);

}  // namespace kiosk::testing
