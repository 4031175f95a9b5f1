#include "firmware/services/mortgage_cancellation.hpp"

#include <set>
#include <sstream>

#include <gtest/gtest.h>

#include "firmware/domain/masks.hpp"
#include "firmware/records/recovery.hpp"
#include "screens/citizen/check_answers.hpp"
#include "screens/citizen/decided.hpp"
#include "screens/citizen/enter_certificate.hpp"
#include "screens/citizen/goodbye.hpp"
#include "screens/citizen/lien_blocked.hpp"
#include "screens/citizen/no_liens.hpp"
#include "screens/citizen/other_owners.hpp"
#include "screens/citizen/outcome_unknown.hpp"
#include "screens/citizen/owner_away.hpp"
#include "screens/citizen/problem.hpp"
#include "screens/citizen/read_document.hpp"
#include "screens/citizen/release_missing.hpp"
#include "tests/lobby/camera/face.hpp"
#include "tests/support/hall.hpp"
#include "tests/support/pdf_text.hpp"

namespace kiosk::services {
namespace {

using testing::FakeRegistry;
using testing::Hall;
using testing::ScriptUi;
using Pages = std::vector<std::string>;

void cancel(Hall& hall) {
  hall.serve("mortgage_cancellation");
}

/// What must be true however a session ended.
void expect_a_clean_end(Hall& hall, const std::string& person) {
  EXPECT_LE(hall.registry.authority().recorded(), 1U);
  EXPECT_EQ(hall.camera.open_streams(), 0);
  const auto kept = hall.everything_kept();
  const auto& card = lobby::person(person).card;
  EXPECT_EQ(kept.find(card.number.reveal()), std::string::npos);
  EXPECT_EQ(kept.find(card.name.reveal()), std::string::npos);
  EXPECT_EQ(kept.find(card.address.reveal()), std::string::npos);
}

/// The digests that the trail has under "form.signed", each once.
std::set<std::string> signed_digests(const Hall& hall) {
  std::set<std::string> digests;
  std::istringstream lines(hall.everything_kept());
  for (std::string line; std::getline(lines, line);) {
    constexpr std::string_view name = "\"sha256\":\"";
    const auto at = line.find(name);
    if (line.find("form.signed") != std::string::npos && at != std::string::npos)
      digests.insert(line.substr(at + name.size(), 64));
  }
  return digests;
}

TEST(MortgageCancellation, WithTheReleaseItIsRegisteredAndTheReceiptPrinted) {
  Hall hall("zhang");
  cancel(hall);
  EXPECT_EQ(hall.outcome(), "done");
  EXPECT_EQ(hall.ui.pages(),
            (Pages{"before_you_start", "consent", "place_card", "card_read", "look_at_camera", "working",
                   "working", "choose_lien", "check_answers", "point_of_no_return", "sign", "working",
                   "working", "decided", "rate", "goodbye"}));
  EXPECT_EQ(hall.ui.newest<screens::Decided>()->decision, screens::Decided::Decision::registered);
  EXPECT_EQ(hall.registry.authority().recorded(), 1U);
  EXPECT_EQ(hall.slips.slips().size(), 1U);
  EXPECT_TRUE(hall.papers_owed().empty());
  EXPECT_TRUE(hall.pending().empty());
  EXPECT_TRUE(hall.unfinished().empty());
  expect_a_clean_end(hall, "zhang");
}

TEST(MortgageCancellation, WithoutTheReleaseItNamesTheBankAndSubmitsNothing) {
  Hall hall("li");
  hall.ui.first("release_missing", [](const auto&) { return ScriptUi::chosen(0); });
  cancel(hall);
  EXPECT_EQ(hall.outcome(), "explained");
  EXPECT_FALSE(hall.ui.newest<screens::ReleaseMissing>()->lender.empty());
  EXPECT_EQ(hall.slips.slips().size(), 1U) << "the materials list";
  EXPECT_EQ(hall.registry.authority().recorded(), 0U);
}

TEST(MortgageCancellation, ASeizureIsAPageWithItsReason) {
  Hall hall("wang");
  cancel(hall);
  EXPECT_EQ(hall.outcome(), "explained");
  const auto* page = hall.ui.newest<screens::LienBlocked>();
  ASSERT_NE(page, nullptr);
  EXPECT_EQ(page->why, screens::LienBlocked::Why::seizure);
  EXPECT_FALSE(page->document.empty());
  EXPECT_EQ(hall.registry.authority().recorded(), 0U);
}

TEST(MortgageCancellation, AMaximumAmountMortgageNeedsAWindow) {
  Hall hall("zhao");
  cancel(hall);
  EXPECT_EQ(hall.ui.newest<screens::LienBlocked>()->why, screens::LienBlocked::Why::maximum_amount);
}

TEST(MortgageCancellation, ACaseUnderWayIsNotBegunTwice) {
  Hall hall("zhou");
  cancel(hall);
  EXPECT_EQ(hall.ui.newest<screens::LienBlocked>()->why, screens::LienBlocked::Why::under_way);
  EXPECT_EQ(hall.registry.authority().recorded(), 0U);
}

TEST(MortgageCancellation, ACoOwnerShowsCardAndFaceAndSignsToo) {
  Hall hall("chen");
  hall.ui.on("other_owners", [&](const auto&) {
    hall.reader.place(lobby::person("liu").card);
    hall.faces.set_portrait(FakeRegistry::portrait("liu"));
    return ScriptUi::chosen(0);
  });
  cancel(hall);
  EXPECT_EQ(hall.outcome(), "done");
  EXPECT_EQ(std::ranges::count(hall.ui.pages(), "sign"), 2);
  EXPECT_EQ(hall.registry.authority().recorded(), 1U);
  expect_a_clean_end(hall, "liu");
}

std::vector<assets::Text> changeable_rows(const Hall& hall) {
  std::vector<assets::Text> fields;
  for (const auto& row : hall.ui.newest<screens::CheckAnswers>()->rows) {
    if (row.change >= 0) fields.push_back(row.field);
  }
  return fields;
}

constexpr int invite = static_cast<int>(screens::OtherOwners::Answer::invite);
constexpr int window = static_cast<int>(screens::OtherOwners::Answer::window);

TEST(MortgageCancellation, ACoOwnerWhoIsNotHereIsInvitedAndThenNeedNotCome) {
  Hall hall("chen");
  hall.ui.choose("other_owners", invite).choose("owner_away", 1);
  cancel(hall);
  EXPECT_EQ(hall.outcome(), "explained");
  const auto* told = hall.ui.newest<screens::OwnerAway>();
  ASSERT_NE(told, nullptr);
  EXPECT_EQ(told->what, screens::OwnerAway::What::invited);
  EXPECT_EQ(told->owners.front().masked_phone, PersonalText("139****0052"));
  EXPECT_FALSE(told->valid_to.empty());
  EXPECT_NE(hall.everything_kept().find("owner.invited"), std::string::npos);
  EXPECT_EQ(hall.registry.authority().recorded(), 0U);

  hall.registry.authority().agree("m-0004", "m-0004-p2");
  hall.reader.place(lobby::person("chen").card);
  cancel(hall);
  EXPECT_EQ(hall.outcome(), "done") << "the case was not lost";
  EXPECT_EQ(std::ranges::count(hall.ui.pages(), "other_owners"), 1) << "nobody else is asked for";
  EXPECT_EQ(std::ranges::count(hall.ui.pages(), "sign"), 1);
  EXPECT_EQ(hall.registry.authority().recorded(), 1U);
  EXPECT_TRUE(changeable_rows(hall).empty()) << "who has agreed cannot be changed here";
  expect_a_clean_end(hall, "liu");
}

TEST(MortgageCancellation, ACoOwnerWithoutAPhoneNumberIsNoDeadEnd) {
  Hall hall("liu");
  hall.ui.choose("other_owners", invite);
  hall.ui.first("owner_away", [](const auto&) { return ScriptUi::back(); });
  hall.ui.choose("owner_away", 0);
  cancel(hall);
  EXPECT_EQ(hall.outcome(), "explained");
  EXPECT_EQ(hall.ui.newest<screens::OwnerAway>()->what, screens::OwnerAway::What::no_phone);
  EXPECT_EQ(std::ranges::count(hall.ui.pages(), "other_owners"), 2) << "back leads to who is here";
  EXPECT_EQ(hall.slips.slips().size(), 1U) << "what to bring";
  EXPECT_EQ(hall.registry.authority().recorded(), 0U);
}

TEST(MortgageCancellation, ForAWindowTheListOfMaterialsIsPrinted) {
  Hall hall("chen");
  hall.ui.choose("other_owners", window).choose("owner_away", 0);
  cancel(hall);
  EXPECT_EQ(hall.outcome(), "explained");
  EXPECT_EQ(hall.ui.newest<screens::OwnerAway>()->what, screens::OwnerAway::What::window);
  EXPECT_EQ(hall.slips.slips().size(), 1U);
  EXPECT_TRUE(hall.ui.newest<screens::Goodbye>()->slip);
}

TEST(MortgageCancellation, AnInvitationThatTheRegistryDoesNotAnswerIsTriedAgain) {
  Hall hall("chen");
  hall.registry.fail(FakeRegistry::Step::invite_party, FakeRegistry::Fault::after_work);
  hall.ui.choose("other_owners", invite).choose("owner_away", 1).choose("problem", 0);
  cancel(hall);
  EXPECT_EQ(hall.outcome(), "explained");
  EXPECT_EQ(hall.ui.newest<screens::OwnerAway>()->what, screens::OwnerAway::What::invited);
}

TEST(MortgageCancellation, WhoeverLeavesWhileTheOwnerIsInvitedLeavesNothingHalfDone) {
  for (int page = 9; page < 13; ++page) {
    Hall hall("chen");
    hall.ui.choose("other_owners", invite).choose("owner_away", 0);
    hall.ui.end_at(page, hall.end);
    cancel(hall);
    EXPECT_EQ(hall.registry.authority().recorded(), 0U);
    expect_a_clean_end(hall, "chen");
  }
}

class OtherCards : public ::testing::TestWithParam<std::string> {};

TEST_P(OtherCards, AreServedLikeResidentCards) {
  Hall hall(GetParam());
  cancel(hall);
  EXPECT_EQ(hall.outcome(), "done");
  EXPECT_EQ(hall.registry.authority().recorded(), 1U);
}

INSTANTIATE_TEST_SUITE_P(MortgageCancellation, OtherCards, ::testing::Values("huang", "martin", "ye"));

TEST(MortgageCancellation, AnExpiredCardIsExplainedBeforeAnythingIsAsked) {
  Hall hall("feng");
  cancel(hall);
  EXPECT_EQ(hall.ui.newest<screens::Problem>()->kind, screens::Problem::Kind::expired_card);
  EXPECT_EQ(hall.ui.newest<screens::Decided>(), nullptr);
}

TEST(MortgageCancellation, WithoutAFaceAMemberOfStaffVouches) {
  Hall hall("zhang");
  hall.ui.choose("consent", 1);
  hall.ui.choose("other_ways", 0);
  hall.scanner.show_next(lobby::staff().badge);
  hall.ui.on("staff_pin",
             [](const auto&) { return ScriptUi::chosen(0, 0, {.typed = PersonalText(lobby::staff().pin)}); });
  cancel(hall);
  EXPECT_EQ(hall.outcome(), "done");
  EXPECT_EQ(std::ranges::count(hall.ui.pages(), "look_at_camera"), 0);
}

TEST(MortgageCancellation, AFaceThatIsNotTheCardsLeadsToTheOtherWaysAfterThreeTries) {
  Hall hall("zhang");
  hall.registry.authority().enrol(lobby::person("zhang").card, lobby::portrait_jpeg(1));
  hall.faces.set_portrait(PersonalBytes(lobby::portrait_jpeg(3)));
  cancel(hall);
  EXPECT_EQ(hall.outcome(), "left");
  EXPECT_EQ(std::ranges::count(hall.ui.pages(), "look_at_camera"), 3);
  EXPECT_EQ(hall.ui.last().name(), "other_ways");
}

TEST(MortgageCancellation, ADeadCameraLeadsToTheOtherWays) {
  Hall hall("zhang");
  hall.camera.set_plugged(false);
  cancel(hall);
  EXPECT_EQ(hall.ui.last().name(), "other_ways");
}

TEST(MortgageCancellation, ALostAnswerIsAskedForAndNeverSentAgain) {
  Hall hall("zhang");
  hall.registry.fail(FakeRegistry::Step::submit, FakeRegistry::Fault::after_work);
  cancel(hall);
  EXPECT_EQ(hall.outcome(), "done");
  EXPECT_EQ(hall.registry.authority().recorded(), 1U);
  EXPECT_EQ(hall.slips.slips().size(), 1U);
}

TEST(MortgageCancellation, AnOutcomeThatStaysUnknownIsKeptAndGivenAsASlip) {
  Hall hall("zhang");
  hall.registry.fail(FakeRegistry::Step::submit, FakeRegistry::Fault::after_work);
  hall.registry.fail(FakeRegistry::Step::outcome, FakeRegistry::Fault::before_work, Errc::unreachable, 0);
  cancel(hall);
  EXPECT_EQ(hall.outcome(), "not_decided");
  ASSERT_EQ(hall.pending().size(), 1U);
  EXPECT_EQ(hall.pending().front().state, records::SubmissionState::unknown);
  EXPECT_TRUE(hall.ui.newest<screens::OutcomeUnknown>()->slip_printed);
  EXPECT_EQ(hall.registry.authority().recorded(), 1U);
}

TEST(MortgageCancellation, AnApplicationThatNeverArrivedIsSaidToBeUnchanged) {
  Hall hall("zhang");
  hall.registry.fail(FakeRegistry::Step::submit, FakeRegistry::Fault::before_work);
  cancel(hall);
  EXPECT_EQ(hall.ui.newest<screens::Problem>()->kind, screens::Problem::Kind::not_taken);
  EXPECT_EQ(hall.registry.authority().recorded(), 0U);
  EXPECT_TRUE(hall.pending().empty());
}

TEST(MortgageCancellation, EachDecisionGivesExactlyOnePaper) {
  using hal::Decision;
  for (const auto decision :
       {Decision::registered, Decision::accepted, Decision::to_be_completed, Decision::refused}) {
    Hall hall("zhang");
    hall.registry.authority().decide("m-0001", decision);
    cancel(hall);
    EXPECT_EQ(hall.outcome(), "done");
    EXPECT_EQ(hall.slips.slips().size() + hall.pages.documents().size(), 1U) << static_cast<int>(decision);
    EXPECT_EQ(static_cast<int>(hall.ui.newest<screens::Decided>()->decision), static_cast<int>(decision));
    EXPECT_TRUE(hall.papers_owed().empty());
  }
}

TEST(MortgageCancellation, WithoutAnA4PrinterTheNoticeComesAsASlip) {
  Hall hall("zhang");
  hall.registry.authority().decide("m-0001", hal::Decision::refused);
  hall.pages.turn([](auto& state) { state.paper_out = true; });
  cancel(hall);
  EXPECT_EQ(hall.slips.slips().size(), 1U);
}

TEST(MortgageCancellation, PaperThatEndsInTheSlipIsInDoubtAndThePersonIsAsked) {
  Hall hall("zhang");
  hall.slips.turn([](auto& state) { state.paper_ends_in_next_job = true; });
  hall.ui.first("did_it_print", [&](const auto&) {
    EXPECT_EQ(hall.papers_owed().front().state, records::PaperState::in_doubt);
    hall.slips.turn([](auto& state) { state.paper_out = false; });  // hall staff put a new roll in
    return ScriptUi::chosen(1);
  });
  cancel(hall);
  EXPECT_EQ(hall.ui.newest<screens::Decided>()->paper, screens::Decided::Paper::reprinted);
  EXPECT_EQ(hall.slips.slips().size(), 1U);
  EXPECT_TRUE(hall.papers_owed().empty());
}

TEST(MortgageCancellation, AReceiptThatTheSlipPrinterDoesNotPrintComesOnA4) {
  Hall hall("zhang");
  hall.slips.turn([](auto& state) { state.next_job_fails = Error{Errc::jammed, "cutter"}; });
  cancel(hall);
  EXPECT_EQ(hall.slips.slips().size(), 0U);
  EXPECT_EQ(hall.pages.documents().size(), 1U);
  EXPECT_EQ(hall.ui.newest<screens::Decided>()->paper, screens::Decided::Paper::printed);
  EXPECT_FALSE(hall.ui.newest<screens::Goodbye>()->slip);
  EXPECT_EQ(hall.ui.newest<screens::Goodbye>()->pages, 1);
  EXPECT_TRUE(hall.papers_owed().empty());
}

TEST(MortgageCancellation, ThePaperNamesThePersonMaskedAndNothingElseOfThem) {
  Hall hall("zhang");
  hall.registry.authority().decide("m-0001", hal::Decision::refused);
  cancel(hall);
  ASSERT_EQ(hall.pages.documents().size(), 1U);
  const auto said = testing::pdf_text(hall.pages.documents().front().pdf);
  const auto& card = lobby::person("zhang").card;
  EXPECT_NE(said.find(domain::mask_name(card.name)), std::string::npos) << said;
  for (const auto* secret : {&card.name, &card.number, &card.address, &card.birth_date})
    EXPECT_EQ(said.find(secret->reveal()), std::string::npos);
}

TEST(MortgageCancellation, ANoticeThatTheA4PrinterDoesNotPrintComesAsASlip) {
  Hall hall("zhang");
  hall.registry.authority().decide("m-0001", hal::Decision::to_be_completed);
  hall.pages.turn([](auto& state) { state.next_job_fails = Error{Errc::busy, "takes no jobs"}; });
  cancel(hall);
  EXPECT_EQ(hall.slips.slips().size(), 1U);
  EXPECT_EQ(hall.pages.documents().size(), 0U);
  EXPECT_TRUE(hall.ui.newest<screens::Goodbye>()->slip);
  EXPECT_EQ(hall.ui.newest<screens::Goodbye>()->pages, 0);
}

TEST(MortgageCancellation, WhatMayBeOnPaperAlreadyIsNotPrintedElsewhereUnasked) {
  Hall hall("zhang");
  hall.slips.turn([](auto& state) { state.cover_opens_in_next_job = true; });
  hall.ui.choose("did_it_print", 0);  // it came out whole
  cancel(hall);
  EXPECT_EQ(hall.pages.documents().size(), 0U);
  EXPECT_TRUE(hall.papers_owed().empty());
}

TEST(MortgageCancellation, AReprintGoesToTheOtherPrinterAndSaysThatItIsOne) {
  Hall hall("zhang");
  hall.slips.turn([](auto& state) { state.paper_ends_in_next_job = true; });
  hall.ui.choose("did_it_print", 1);  // print it again; the roll stays empty
  cancel(hall);
  EXPECT_EQ(hall.pages.documents().size(), 1U);
  EXPECT_EQ(hall.ui.newest<screens::Decided>()->paper, screens::Decided::Paper::reprinted);
  EXPECT_TRUE(hall.papers_owed().empty());
}

TEST(MortgageCancellation, WithoutPaperAnywhereTheReceiptStandsOnTheGlass) {
  Hall hall("zhang");
  hall.pages.turn([](auto& state) { state.paper_out = true; });
  hall.ui.when("point_of_no_return", [&] { hall.slips.turn([](auto& state) { state.paper_out = true; }); });
  cancel(hall);
  const auto* page = hall.ui.newest<screens::Decided>();
  ASSERT_NE(page, nullptr);
  EXPECT_EQ(page->paper, screens::Decided::Paper::electronic);
  EXPECT_FALSE(page->slip_token.empty());
  EXPECT_TRUE(hall.papers_owed().empty());
}

/// The person has the certificate with them: its year and number.
ScriptUi::Answerer typing(const std::string& digits) {
  return [digits](const auto&) { return ScriptUi::chosen(0, 0, {.typed = PersonalText(digits)}); };
}

constexpr int by_certificate = static_cast<int>(screens::NoLiens::Answer::by_certificate);

TEST(MortgageCancellation, WithoutAMortgageItSaysWhatThatCanMean) {
  Hall hall("zheng");
  cancel(hall);
  EXPECT_EQ(hall.outcome(), "explained");
  EXPECT_TRUE(hall.ui.newest<screens::NoLiens>()->can_search);
  Hall elsewhere("zheng");
  elsewhere.office.register_authority.clear();
  cancel(elsewhere);
  EXPECT_FALSE(elsewhere.ui.newest<screens::NoLiens>()->can_search);
}

TEST(MortgageCancellation, ByEitherCertificateItFindsWhatStandsUnderAnOldNumber) {
  for (const auto* digits : {"2019200884", "20190200884", "20190100468"}) {
    Hall hall("wu");
    hall.ui.choose("no_liens", by_certificate).on("enter_certificate", typing(digits));
    cancel(hall);
    EXPECT_EQ(hall.outcome(), "done") << digits;
    EXPECT_NE(hall.registry.authority().latest_json().find("\"m-0014\""), std::string::npos);
    expect_a_clean_end(hall, "wu");
  }
}

TEST(MortgageCancellation, ByCertificateItNeverShowsAnotherPersonsMortgage) {
  Hall hall("zheng");
  hall.ui.choose("no_liens", by_certificate);
  hall.ui.first("enter_certificate", typing("20190200481"));  // the certificate of another person
  hall.ui.first("enter_certificate", typing("20190000001"));  // nobody's
  hall.ui.first("enter_certificate", typing("2019"));         // not typed to its end
  cancel(hall);
  EXPECT_EQ(hall.outcome(), "left") << "the script ends on the page that asks again";
  EXPECT_TRUE(hall.ui.newest<screens::EnterCertificate>()->not_found);
  EXPECT_EQ(std::ranges::count(hall.ui.pages(), "choose_lien"), 0);
  EXPECT_EQ(hall.everything_kept().find("0200481"), std::string::npos) << "what was tried is not kept";
}

TEST(MortgageCancellation, BackOutOfTheCertificateLeadsToWhatItCanMean) {
  Hall hall("wu");
  hall.ui.first("no_liens", [](const auto&) { return ScriptUi::chosen(by_certificate); });
  hall.ui.on("enter_certificate", [](const auto&) { return ScriptUi::back(); });
  cancel(hall);
  EXPECT_EQ(hall.outcome(), "explained");
  EXPECT_EQ(std::ranges::count(hall.ui.pages(), "no_liens"), 2);
}

TEST(MortgageCancellation, ARegistryThatIsSilentAboutACertificateIsAskedAgain) {
  Hall hall("wu");
  hall.registry.fail(FakeRegistry::Step::mortgages_by_certificate, FakeRegistry::Fault::before_work);
  hall.ui.choose("no_liens", by_certificate).on("enter_certificate", typing("20190200884"));
  hall.ui.choose("problem", 0);
  cancel(hall);
  EXPECT_EQ(hall.outcome(), "done");
  EXPECT_EQ(hall.ui.newest<screens::Problem>()->kind, screens::Problem::Kind::registry);
}

using ResultSheet = screens::Decided::ResultSheet;

/// The person asks for the result on A4 the first time that the decision is shown.
void ask_for_the_result(Hall& hall) {
  hall.ui.first("decided", [](const auto& screen) {
    EXPECT_TRUE(screen.template as<screens::Decided>()->can_print_result);
    return ScriptUi::chosen(static_cast<int>(screens::Decided::Answer::print_result));
  });
}

TEST(MortgageCancellation, TheResultOfTheRegistrationIsPrintedForWhoAsks) {
  Hall hall("zhang");
  ask_for_the_result(hall);
  cancel(hall);
  EXPECT_EQ(hall.outcome(), "done");
  EXPECT_EQ(hall.slips.slips().size(), 1U) << "the receipt, as ever";
  ASSERT_EQ(hall.pages.documents().size(), 1U);
  const auto said = testing::pdf_text(hall.pages.documents().front().pdf);
  EXPECT_NE(said.find("不动产登记结果"), std::string::npos) << said;
  EXPECT_EQ(said.find(lobby::person("zhang").card.name.reveal()), std::string::npos);
  const auto* page = hall.ui.newest<screens::Decided>();
  EXPECT_EQ(page->result_sheet, ResultSheet::printed);
  EXPECT_FALSE(page->can_print_result) << "once";
  EXPECT_EQ(hall.ui.newest<screens::Goodbye>()->pages, 1);
  EXPECT_TRUE(hall.ui.newest<screens::Goodbye>()->slip);
  EXPECT_NE(hall.everything_kept().find("pages.printed"), std::string::npos);
  EXPECT_TRUE(hall.papers_owed().empty());
  expect_a_clean_end(hall, "zhang");
}

TEST(MortgageCancellation, TheResultIsOfferedOnlyWhenItIsRegisteredAndThePrinterWorks) {
  Hall accepted("zhang");
  accepted.registry.authority().decide("m-0001", hal::Decision::accepted);
  cancel(accepted);
  EXPECT_FALSE(accepted.ui.newest<screens::Decided>()->can_print_result);
  Hall without_paper("zhang");
  without_paper.pages.turn([](auto& state) { state.paper_out = true; });
  cancel(without_paper);
  EXPECT_FALSE(without_paper.ui.newest<screens::Decided>()->can_print_result);
  EXPECT_EQ(without_paper.outcome(), "done");
}

TEST(MortgageCancellation, AResultThatDoesNotComeOutIsSaidAndTakesNothingAway) {
  Hall hall("zhang");
  ask_for_the_result(hall);
  hall.pages.turn([](auto& state) { state.next_job_fails = Error{Errc::jammed, "tray"}; });
  cancel(hall);
  EXPECT_EQ(hall.outcome(), "done");
  EXPECT_EQ(hall.ui.newest<screens::Decided>()->result_sheet, ResultSheet::not_printed);
  EXPECT_EQ(hall.pages.documents().size(), 0U);
  EXPECT_EQ(hall.slips.slips().size(), 1U);
  EXPECT_EQ(hall.ui.newest<screens::Goodbye>()->pages, 0);
}

TEST(MortgageCancellation, AResultInDoubtIsAskedFor) {
  for (const int answer : {0, 1, 2}) {  // complete, print again, show it here
    Hall hall("zhang");
    ask_for_the_result(hall);
    hall.pages.turn([](auto& state) { state.jams_after_pages = 0; });
    hall.ui.first("did_it_print", [&](const auto&) {
      hall.pages.turn([](auto& state) { state.jammed = false; });
      return ScriptUi::chosen(answer);
    });
    cancel(hall);
    EXPECT_EQ(hall.outcome(), "done");
    EXPECT_EQ(hall.ui.newest<screens::Decided>()->result_sheet,
              answer == 2 ? ResultSheet::not_printed : ResultSheet::printed);
    EXPECT_EQ(hall.ui.newest<screens::Goodbye>()->pages, answer == 2 ? 0 : 1);
    EXPECT_TRUE(hall.papers_owed().empty());
  }
}

TEST(MortgageCancellation, BackLeadsFromEachPageToTheOneBefore) {
  Hall hall("zhang");
  hall.ui.first("sign", [](const auto&) { return ScriptUi::back(); });
  hall.ui.first("point_of_no_return", [](const auto&) { return ScriptUi::chosen(0); });
  hall.ui.first("point_of_no_return", [](const auto&) { return ScriptUi::back(); });
  hall.ui.first("check_answers", [](const auto&) { return ScriptUi::chosen(0); });
  hall.ui.first("check_answers", [](const auto&) { return ScriptUi::back(); });
  cancel(hall);
  EXPECT_EQ(hall.outcome(), "done");
  Pages wanted{"choose_lien",        "check_answers", "point_of_no_return", "sign",
               "point_of_no_return", "check_answers", "choose_lien",        "check_answers",
               "point_of_no_return", "sign"};
  const auto pages = hall.ui.pages();
  EXPECT_NE(std::ranges::search(pages, wanted).begin(), pages.end());
}

using Kind = screens::CheckAnswers::Answer::Kind;

/// The person presses the change button of this row.
ScriptUi::Answerer change(assets::Text field) {
  return [field](const screens::Screen& screen) {
    for (const auto& row : screen.as<screens::CheckAnswers>()->rows) {
      if (row.field == field && row.change >= 0)
        return ScriptUi::chosen(static_cast<int>(Kind::change), row.change);
    }
    ADD_FAILURE() << "the row has no change button";
    return ScriptUi::back();
  };
}

TEST(MortgageCancellation, WhatTheRegisterSaysHasNoChangeButton) {
  Hall hall("zhang");
  cancel(hall);
  EXPECT_TRUE(changeable_rows(hall).empty()) << "one mortgage, one owner";
}

TEST(MortgageCancellation, TheMortgageIsChangedOnTheCheckPageWhenThereAreMore) {
  Hall hall("sun");
  hall.ui.first("choose_lien", [](const auto&) { return ScriptUi::chosen(0, 0); });
  hall.ui.choose("choose_lien", 0, 2);
  hall.ui.first("check_answers", change(assets::Text::field_address));
  cancel(hall);
  EXPECT_EQ(hall.outcome(), "done");
  EXPECT_EQ(changeable_rows(hall), std::vector{assets::Text::field_address});
  EXPECT_NE(hall.registry.authority().latest_json().find("\"m-0009\""), std::string::npos);
  EXPECT_EQ(hall.registry.authority().recorded(), 1U);
}

TEST(MortgageCancellation, AChangedCoOwnerMakesANewFormThatAllSignAnew) {
  Hall hall("chen");
  hall.ui.on("other_owners", [&](const auto&) {
    hall.reader.place(lobby::person("liu").card);
    hall.faces.set_portrait(FakeRegistry::portrait("liu"));
    return ScriptUi::chosen(0);
  });
  // The first has signed, the second goes back to the check page and changes who asks.
  hall.ui.first("sign", [](const auto&) { return ScriptUi::chosen(0, 0, testing::signed_draft()); });
  hall.ui.first("sign", [](const auto&) { return ScriptUi::back(); });
  hall.ui.first("point_of_no_return", [](const auto&) { return ScriptUi::chosen(0); });
  hall.ui.first("point_of_no_return", [](const auto&) { return ScriptUi::back(); });
  hall.ui.first("check_answers", [](const auto&) { return ScriptUi::chosen(0); });
  hall.ui.first("check_answers", change(assets::Text::field_other_owner));
  cancel(hall);
  EXPECT_EQ(hall.outcome(), "done");
  EXPECT_EQ(std::ranges::count(hall.ui.pages(), "other_owners"), 2);
  EXPECT_EQ(std::ranges::count(hall.ui.pages(), "sign"), 4);
  EXPECT_EQ(hall.registry.authority().recorded(), 1U) << "every signature belongs to the form that was sent";
  EXPECT_EQ(signed_digests(hall).size(), 2U) << "the form given up, and the new one";
  expect_a_clean_end(hall, "liu");
}

TEST(MortgageCancellation, TheFormCanBeReadBeforeItIsSigned) {
  Hall hall("zhang");
  hall.ui.first("point_of_no_return", [](const auto&) { return ScriptUi::chosen(1); });
  hall.ui.choose("read_document", 0);
  cancel(hall);
  EXPECT_EQ(hall.outcome(), "done");
  const auto* read = hall.ui.newest<screens::ReadDocument>();
  ASSERT_NE(read, nullptr);
  ASSERT_EQ(read->pages.size(), 1U);
  const auto& sheet = *read->pages.front();
  EXPECT_NEAR(static_cast<double>(sheet.height) / sheet.width, 297.0 / 210, 0.01);
  EXPECT_GT(std::ranges::count(sheet.bgrx, 0), 1000) << "a sheet with nothing on it";
  const Pages wanted{"point_of_no_return", "read_document", "point_of_no_return", "sign"};
  const auto pages = hall.ui.pages();
  EXPECT_NE(std::ranges::search(pages, wanted).begin(), pages.end());
}

TEST(MortgageCancellation, BackOutOfTheFirstPageLeavesTheService) {
  Hall hall("zhang");
  hall.ui.on("before_you_start", [](const auto&) { return ScriptUi::back(); });
  cancel(hall);
  EXPECT_EQ(hall.outcome(), "left");
}

TEST(MortgageCancellation, EndedAtAnyPageItLeavesNothingHalfDone) {
  int page = 0;
  for (;; ++page) {
    Hall hall("zhang");
    hall.ui.end_at(page, hall.end);
    cancel(hall);
    expect_a_clean_end(hall, "zhang");
    if (hall.outcome() == "done") break;
    EXPECT_EQ(hall.outcome(), "ended") << page;
    // A case at the registry means a paper owed or a submission that the outbox goes on asking for.
    if (hall.registry.authority().recorded() == 1 && hall.slips.slips().empty()) {
      EXPECT_EQ(hall.papers_owed().size() + hall.pending().size(), 1U) << page;
    }
  }
  EXPECT_GT(page, 12) << "the sweep must reach every page";
}

TEST(MortgageCancellation, AFullDiskStopsItBeforeAnythingIsSent) {
  Hall hall("zhang");
  hall.ui.when("sign", [&] { hall.store.fill_disk(); });
  cancel(hall);
  EXPECT_EQ(hall.outcome(), "failed");
  EXPECT_EQ(hall.registry.authority().recorded(), 0U);
  EXPECT_EQ(hall.ui.newest<screens::Problem>()->kind, screens::Problem::Kind::storage);
}

TEST(MortgageCancellation, ADiskThatIsFullAfterTheSendingKeepsNothingFromTheCitizen) {
  Hall hall("zhang");
  hall.registry.after(FakeRegistry::Step::submit, [&] { hall.store.fill_disk(); });
  cancel(hall);
  EXPECT_EQ(hall.outcome(), "done");
  ASSERT_NE(hall.ui.newest<screens::Decided>(), nullptr);
  EXPECT_EQ(hall.ui.newest<screens::Decided>()->decision, screens::Decided::Decision::registered);
  EXPECT_EQ(hall.slips.slips().size(), 1U);
  EXPECT_EQ(hall.registry.authority().recorded(), 1U);
  hall.store.fill_disk(false);
  ASSERT_TRUE(records::recover(hall.journal, hall.submissions, hall.papers, hall.audit));
  ASSERT_EQ(hall.pending().size(), 1U) << "the registry is asked again what became of it";
}

TEST(MortgageCancellation, ADiskThatIsFullWhenTheAnswerIsLostStillLeavesTheReference) {
  Hall hall("zhang");
  hall.registry.fail(FakeRegistry::Step::submit, FakeRegistry::Fault::after_work);
  hall.registry.fail(FakeRegistry::Step::outcome, FakeRegistry::Fault::before_work, Errc::unreachable, 0);
  hall.registry.after(FakeRegistry::Step::submit, [&] { hall.store.fill_disk(); });
  cancel(hall);
  EXPECT_EQ(hall.outcome(), "not_decided");
  EXPECT_NE(hall.ui.newest<screens::OutcomeUnknown>(), nullptr);
}

TEST(MortgageCancellation, WhoGivesUpOnThePrinterStillHearsThatTheOutcomeIsUnknown) {
  Hall hall("zhang");
  hall.registry.fail(FakeRegistry::Step::submit, FakeRegistry::Fault::after_work);
  hall.registry.fail(FakeRegistry::Step::outcome, FakeRegistry::Fault::before_work, Errc::unreachable, 0);
  hall.slips.turn([](auto& state) { state.next_job_fails = Error{Errc::jammed, "cutter"}; });
  cancel(hall);
  EXPECT_EQ(hall.outcome(), "not_decided");
  ASSERT_NE(hall.ui.newest<screens::OutcomeUnknown>(), nullptr);
  EXPECT_FALSE(hall.ui.newest<screens::OutcomeUnknown>()->slip_printed);
}

}  // namespace
}  // namespace kiosk::services
