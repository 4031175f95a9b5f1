#pragma once
// What every registry must do with what stands on it: whom it shows a mortgage, by what it is found, and who
// of its owners must agree. Runs where registry_conformance.hpp runs.

#include <array>

#include <fmt/format.h>

#include "tests/support/registry_conformance.hpp"

namespace kiosk::testing {

template <class World>
class RegistryEntries : public RegistryConformance<World> {};

TYPED_TEST_SUITE_P(RegistryEntries);

TYPED_TEST_P(RegistryEntries, lists_mortgages_only_to_who_was_checked) {
  const auto weak = this->registry().mortgages(with_card("zhang"), this->wait());
  ASSERT_FALSE(weak);
  EXPECT_EQ(weak.error().code, Errc::refused);
  auto borrowed = this->checked("li");
  borrowed.card = lobby::person("zhang").card;
  EXPECT_EQ(this->registry().mortgages(borrowed, this->wait()).error().code, Errc::refused);
  EXPECT_TRUE(this->mortgages(this->checked("zheng")).empty());
}

TYPED_TEST_P(RegistryEntries, gives_every_field_of_a_mortgage_as_it_stands) {
  for (const auto& deed : lobby::deeds()) {
    if (std::ranges::count(deed.under_old_number, deed.owners.front()) > 0)
      continue;  // no search by person finds it
    const auto mortgages = this->mortgages(this->checked(deed.owners.front()));
    const auto found = std::ranges::find(mortgages, deed.mortgage.id, &hal::Mortgage::id);
    ASSERT_NE(found, mortgages.end()) << deed.mortgage.id;
    EXPECT_EQ(found->other_owners.size(), deed.owners.size() - 1);
    EXPECT_EQ(found->owner_name, lobby::person(deed.owners.front()).card.name);
    EXPECT_FALSE(found->version.empty());
    auto expected = deed.mortgage;
    expected.version = found->version;
    expected.owner_name = found->owner_name;
    expected.other_owners = found->other_owners;
    EXPECT_TRUE(*found == expected) << deed.mortgage.id;
  }
}

TYPED_TEST_P(RegistryEntries, finds_by_certificate_what_stands_under_an_old_number) {
  const auto wu = this->checked("wu");
  EXPECT_TRUE(this->mortgages(wu).empty());
  const auto by = [&](const hal::Applicant& applicant, const std::string& number) {
    return this->registry().mortgages_by_certificate(applicant, PersonalText(number), this->wait());
  };
  for (const auto* number : {"鲁（2019）济南市不动产证明第0200884号", "鲁(2019)济南市不动产证明第200884号",
                             "鲁（2019）济南市不动产权第0100468号"}) {
    const auto found = by(wu, number);
    ASSERT_TRUE(found) << found.error().what;
    ASSERT_EQ(found->size(), 1U) << number;
    EXPECT_EQ(found->front().id, "m-0014");
  }
  const auto found = by(wu, "鲁（2019）济南市不动产证明第0200884号");
  const auto reply = this->registry().submit(cancellation(found->front(), wu), this->wait());
  ASSERT_TRUE(reply) << reply.error().what;
  EXPECT_EQ(reply->decision, hal::Decision::registered);
}

TYPED_TEST_P(RegistryEntries, never_shows_by_certificate_what_is_another_persons) {
  const PersonalText zhangs("鲁（2019）济南市不动产证明第0200481号"),
      nobodys("鲁（2019）济南市不动产证明第0000001号");
  const auto li = this->checked("li");
  const auto of_another = this->registry().mortgages_by_certificate(li, zhangs, this->wait());
  const auto of_nobody = this->registry().mortgages_by_certificate(li, nobodys, this->wait());
  ASSERT_TRUE(of_another && of_nobody);
  EXPECT_TRUE(of_another->empty() && of_nobody->empty()) << "and the answers are the same";
  const auto weak = this->registry().mortgages_by_certificate(with_card("zhang"), zhangs, this->wait());
  ASSERT_FALSE(weak);
  EXPECT_EQ(weak.error().code, Errc::refused);
  EXPECT_EQ(this->registry().mortgages_by_certificate(this->checked("zhang"), zhangs, this->wait())->size(),
            1U);
}

/// Numbers that are nobody's, of both kinds.
inline std::array<PersonalText, 2> nobodys_certificates(int number) {
  return {PersonalText(fmt::format("鲁（2019）济南市不动产权第{:07}号", number)),
          PersonalText(fmt::format("鲁（2019）济南市不动产证明第{:07}号", number))};
}

TYPED_TEST_P(RegistryEntries, looks_up_no_more_certificates_for_who_guesses) {
  const auto zhang = this->checked("zhang"), li = this->checked("li");
  const PersonalText zhangs("鲁（2019）济南市不动产证明第0200481号");
  const auto by = [&](const hal::Applicant& applicant, const PersonalText& number) {
    return this->registry().mortgages_by_certificate(applicant, number, this->wait());
  };
  for (int tries = 1; tries <= lobby::Authority::most_misses; ++tries) {
    for (const auto& either : nobodys_certificates(tries))
      ASSERT_TRUE(by(zhang, either)) << "both kinds are one try";
  }
  const auto right = by(zhang, zhangs);
  ASSERT_FALSE(right) << "a right number among many wrong ones is a guess too";
  EXPECT_EQ(right.error().code, Errc::busy);
  EXPECT_TRUE(by(zhang, nobodys_certificates(1).front())) << "what was tried is answered as before";
  EXPECT_TRUE(by(li, nobodys_certificates(1).front())) << "others are served on";
}

TYPED_TEST_P(RegistryEntries, counts_one_certificate_as_one_try) {
  const auto zhang = this->checked("zhang");
  const auto by = [&](const PersonalText& number) {
    return this->registry().mortgages_by_certificate(zhang, number, this->wait());
  };
  for (int times = 0; times <= lobby::Authority::most_misses; ++times) {
    for (const auto& either : nobodys_certificates(7)) ASSERT_TRUE(by(either));
  }
  const PersonalText certificate("鲁（2019）济南市不动产证明第0200481号"),
      as_title("鲁（2019）济南市不动产权第0200481号");
  for (int tries = 1; tries < lobby::Authority::most_misses - 1; ++tries)
    ASSERT_TRUE(by(nobodys_certificates(100 + tries).front()));
  ASSERT_TRUE(by(as_title)) << "the last but one";
  EXPECT_EQ(by(certificate).value().size(), 1U);
  EXPECT_TRUE(by(nobodys_certificates(200).front())) << "what was found in the end was no miss";
  EXPECT_EQ(by(nobodys_certificates(201).front()).error().code, Errc::busy);
}

TYPED_TEST_P(RegistryEntries, wants_every_owner_confirmed_before_it_decides) {
  const auto chen = this->checked("chen"), liu = this->checked("liu"), li = this->checked("li");
  const auto mortgage = this->mortgages(chen).at(0);
  const auto party = mortgage.other_owners.at(0);
  EXPECT_EQ(party.masked_name, PersonalText("刘*"));
  const auto alone = this->registry().submit(cancellation(mortgage, chen), this->wait());
  EXPECT_TRUE(!alone && alone.error().what.starts_with("owner_missing"));
  EXPECT_EQ(this->registry().confirm_party(mortgage.id, party.id, li, this->wait()).error().code,
            Errc::refused);
  const auto early = this->registry().submit(cancellation(mortgage, chen, {{party.id, liu}}), this->wait());
  EXPECT_TRUE(!early && early.error().what.starts_with("owner_unconfirmed"));
  ASSERT_TRUE(this->registry().confirm_party(mortgage.id, party.id, liu, this->wait()));
  const auto reply = this->registry().submit(cancellation(mortgage, chen, {{party.id, liu}}), this->wait());
  ASSERT_TRUE(reply) << reply.error().what;
  EXPECT_EQ(reply->decision, hal::Decision::registered);
}

TYPED_TEST_P(RegistryEntries, takes_nobody_twice) {
  const auto chen = this->checked("chen"), liu = this->checked("liu");
  const auto mortgage = this->mortgages(chen).at(0), seen_by_liu = this->mortgages(liu).at(0);
  const auto lius = mortgage.other_owners.at(0).id, chens = seen_by_liu.other_owners.at(0).id;
  ASSERT_TRUE(this->registry().confirm_party(mortgage.id, lius, liu, this->wait()));
  ASSERT_TRUE(this->registry().confirm_party(mortgage.id, chens, chen, this->wait()));
  using Others = std::vector<std::pair<std::string, hal::Applicant>>;
  for (const auto& others : {Others{{lius, liu}, {lius, liu}}, Others{{lius, liu}, {chens, chen}},
                             Others{{lius, liu}, {lius, chen}}, Others{{lius, liu}, {chens, liu}}}) {
    const auto reply = this->registry().submit(cancellation(mortgage, chen, others), this->wait());
    ASSERT_FALSE(reply);
    EXPECT_EQ(reply.error().code, Errc::refused);
    EXPECT_TRUE(reply.error().what.starts_with("owner_twice")) << reply.error().what;
  }
  EXPECT_EQ(this->authority().recorded(), 0U);
  EXPECT_TRUE(this->registry().submit(cancellation(mortgage, chen, {{lius, liu}}), this->wait()));
}

TYPED_TEST_P(RegistryEntries, confirms_an_owner_who_stands_there_under_an_old_number) {
  const auto he = this->checked("he"), gao = this->checked("gao");
  const auto mortgage = this->mortgages(he).at(0);
  ASSERT_EQ(mortgage.other_owners.size(), 1U);
  const auto party = mortgage.other_owners.at(0);
  EXPECT_EQ(party.masked_name, PersonalText("高*英"));
  EXPECT_EQ(this->registry().confirm_party(mortgage.id, party.id, he, this->wait()).error().code,
            Errc::refused);
  ASSERT_TRUE(this->registry().confirm_party(mortgage.id, party.id, gao, this->wait()));
  const auto reply = this->registry().submit(cancellation(mortgage, he, {{party.id, gao}}), this->wait());
  ASSERT_TRUE(reply) << reply.error().what;
  EXPECT_EQ(reply->decision, hal::Decision::registered);
}

TYPED_TEST_P(RegistryEntries, invites_an_owner_who_stands_there_under_an_old_number) {
  const auto he = this->checked("he");
  const auto mortgage = this->mortgages(he).at(0);
  const auto invitation =
      this->registry().invite_party(mortgage.id, mortgage.other_owners.at(0).id, he, this->wait());
  ASSERT_TRUE(invitation) << invitation.error().what;
  EXPECT_EQ(invitation->masked_phone, PersonalText("138****0015"));
}

TYPED_TEST_P(RegistryEntries, takes_an_owner_under_an_old_number_for_no_other_owner) {
  const auto gao = this->checked("gao"), he = this->checked("he");
  EXPECT_TRUE(this->mortgages(gao).empty());
  const auto found = this->registry().mortgages_by_certificate(
      gao, this->mortgages(he).at(0).certificate_number, this->wait());
  ASSERT_TRUE(found) << found.error().what;
  ASSERT_EQ(found->size(), 1U);
  const auto& mortgage = found->front();
  EXPECT_EQ(mortgage.owner_name, gao.card.name);
  ASSERT_EQ(mortgage.other_owners.size(), 1U);
  const auto party = mortgage.other_owners.at(0);
  EXPECT_EQ(party.masked_name, PersonalText("何*国"));
  ASSERT_TRUE(this->registry().confirm_party(mortgage.id, party.id, he, this->wait()));
  EXPECT_TRUE(this->registry().submit(cancellation(mortgage, gao, {{party.id, he}}), this->wait()));
}

TYPED_TEST_P(RegistryEntries, invites_an_owner_who_may_then_stay_away) {
  const auto chen = this->checked("chen"), li = this->checked("li");
  const auto mortgage = this->mortgages(chen).at(0);
  const auto party = mortgage.other_owners.at(0);
  EXPECT_FALSE(party.agreed);
  EXPECT_FALSE(this->authority().agree(party.id)) << "nobody has invited them";
  const auto invitation = this->registry().invite_party(mortgage.id, party.id, chen, this->wait());
  ASSERT_TRUE(invitation) << invitation.error().what;
  EXPECT_EQ(invitation->masked_phone, PersonalText("139****0052"));
  EXPECT_EQ(invitation->valid_to.size(), 10U);
  const auto again = this->registry().invite_party(mortgage.id, party.id, chen, this->wait());
  EXPECT_TRUE(again && *again == *invitation);
  EXPECT_NE(this->authority().invited_json().find("\"messages\":1"), std::string::npos) << "twice is once";
  EXPECT_EQ(this->registry().invite_party(mortgage.id, party.id, li, this->wait()).error().code,
            Errc::refused);
  EXPECT_EQ(
      this->registry().invite_party(mortgage.id, party.id, with_card("chen"), this->wait()).error().code,
      Errc::refused);
  const auto early = this->registry().submit(cancellation(mortgage, chen), this->wait());
  EXPECT_TRUE(!early && early.error().what.starts_with("owner_missing"));
  EXPECT_TRUE(this->authority().agree(party.id));
  const auto now = this->mortgages(chen).at(0);
  EXPECT_TRUE(now.other_owners.at(0).agreed);
  const auto reply = this->registry().submit(cancellation(now, chen), this->wait());
  ASSERT_TRUE(reply) << reply.error().what;
  EXPECT_EQ(reply->decision, hal::Decision::registered);
}

TYPED_TEST_P(RegistryEntries, cannot_invite_without_a_phone_number) {
  const auto liu = this->checked("liu");
  const auto mortgage = this->mortgages(liu).at(0);
  const auto invitation =
      this->registry().invite_party(mortgage.id, mortgage.other_owners.at(0).id, liu, this->wait());
  ASSERT_FALSE(invitation);
  EXPECT_EQ(invitation.error().code, Errc::not_present);
}

TYPED_TEST_P(RegistryEntries, reaches_of_three_owners_the_one_with_a_phone_number) {
  const auto lin = this->checked("lin");
  const auto mortgage = this->mortgages(lin).at(0);
  ASSERT_EQ(mortgage.other_owners.size(), 2U);
  const auto xie = mortgage.other_owners[0], tang = mortgage.other_owners[1];
  const auto reached = this->registry().invite_party(mortgage.id, xie.id, lin, this->wait());
  ASSERT_TRUE(reached) << reached.error().what;
  EXPECT_EQ(reached->masked_phone, PersonalText("137****0066"));
  EXPECT_EQ(this->registry().invite_party(mortgage.id, tang.id, lin, this->wait()).error().code,
            Errc::not_present);
  ASSERT_TRUE(this->authority().agree(xie.id));
  EXPECT_FALSE(this->authority().agree(tang.id)) << "nobody has invited them";
  const auto now = this->mortgages(lin).at(0);
  const auto early = this->registry().submit(cancellation(now, lin), this->wait());
  EXPECT_TRUE(!early && early.error().what.starts_with("owner_missing")) << "one of three is still missing";
  const auto here = this->checked("tang");
  ASSERT_TRUE(this->registry().confirm_party(mortgage.id, tang.id, here, this->wait()));
  const auto reply = this->registry().submit(cancellation(now, lin, {{tang.id, here}}), this->wait());
  ASSERT_TRUE(reply) << reply.error().what;
  EXPECT_EQ(reply->decision, hal::Decision::registered);
}

REGISTER_TYPED_TEST_SUITE_P(RegistryEntries, lists_mortgages_only_to_who_was_checked,
                            gives_every_field_of_a_mortgage_as_it_stands,
                            finds_by_certificate_what_stands_under_an_old_number,
                            never_shows_by_certificate_what_is_another_persons,
                            looks_up_no_more_certificates_for_who_guesses, counts_one_certificate_as_one_try,
                            wants_every_owner_confirmed_before_it_decides, takes_nobody_twice,
                            confirms_an_owner_who_stands_there_under_an_old_number,
                            invites_an_owner_who_stands_there_under_an_old_number,
                            takes_an_owner_under_an_old_number_for_no_other_owner,
                            invites_an_owner_who_may_then_stay_away, cannot_invite_without_a_phone_number,
                            reaches_of_three_owners_the_one_with_a_phone_number);

}  // namespace kiosk::testing
