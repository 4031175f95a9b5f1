// The one paper of a decision: on which printer, in doubt, or on the glass.

#include <gtest/gtest.h>

#include "firmware/domain/masks.hpp"
#include "screens/citizen/decided.hpp"
#include "screens/citizen/goodbye.hpp"
#include "tests/firmware/services/cancellation.hpp"
#include "tests/support/pdf_text.hpp"

namespace kiosk::services {
namespace {

TEST(OnePaper, EachDecisionGivesExactlyOnePaper) {
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

TEST(OnePaper, WithoutAnA4PrinterTheNoticeComesAsASlip) {
  Hall hall("zhang");
  hall.registry.authority().decide("m-0001", hal::Decision::refused);
  hall.pages.turn([](auto& state) { state.paper_out = true; });
  cancel(hall);
  EXPECT_EQ(hall.slips.slips().size(), 1U);
}

TEST(OnePaper, PaperThatEndsInTheSlipIsInDoubtAndThePersonIsAsked) {
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

TEST(OnePaper, AReceiptThatTheSlipPrinterDoesNotPrintComesOnA4) {
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

TEST(OnePaper, ThePaperNamesThePersonMaskedAndNothingElseOfThem) {
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

TEST(OnePaper, ANoticeThatTheA4PrinterDoesNotPrintComesAsASlip) {
  Hall hall("zhang");
  hall.registry.authority().decide("m-0001", hal::Decision::to_be_completed);
  hall.pages.turn([](auto& state) { state.next_job_fails = Error{Errc::busy, "takes no jobs"}; });
  cancel(hall);
  EXPECT_EQ(hall.slips.slips().size(), 1U);
  EXPECT_EQ(hall.pages.documents().size(), 0U);
  EXPECT_TRUE(hall.ui.newest<screens::Goodbye>()->slip);
  EXPECT_EQ(hall.ui.newest<screens::Goodbye>()->pages, 0);
}

TEST(OnePaper, WhatMayBeOnPaperAlreadyIsNotPrintedElsewhereUnasked) {
  Hall hall("zhang");
  hall.slips.turn([](auto& state) { state.cover_opens_in_next_job = true; });
  hall.ui.choose("did_it_print", 0);  // it came out whole
  cancel(hall);
  EXPECT_EQ(hall.pages.documents().size(), 0U);
  EXPECT_TRUE(hall.papers_owed().empty());
}

TEST(OnePaper, AReprintGoesToTheOtherPrinterAndSaysThatItIsOne) {
  Hall hall("zhang");
  hall.slips.turn([](auto& state) { state.paper_ends_in_next_job = true; });
  hall.ui.choose("did_it_print", 1);  // print it again; the roll stays empty
  cancel(hall);
  EXPECT_EQ(hall.pages.documents().size(), 1U);
  EXPECT_EQ(hall.ui.newest<screens::Decided>()->paper, screens::Decided::Paper::reprinted);
  EXPECT_TRUE(hall.papers_owed().empty());
}

TEST(OnePaper, WithoutPaperAnywhereTheReceiptStandsOnTheGlass) {
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

}  // namespace
}  // namespace kiosk::services
