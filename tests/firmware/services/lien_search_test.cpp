// Which mortgage: by who the person is, by the number of a certificate, and what may stand in its way.

#include <gtest/gtest.h>

#include "hal/base/log.hpp"
#include "screens/citizen/enter_certificate.hpp"
#include "screens/citizen/lien_blocked.hpp"
#include "screens/citizen/no_liens.hpp"
#include "screens/citizen/problem.hpp"
#include "screens/citizen/release_missing.hpp"
#include "tests/firmware/services/cancellation.hpp"

namespace kiosk::services {
namespace {

constexpr int by_certificate = static_cast<int>(screens::NoLiens::Answer::by_certificate);

TEST(LienSearch, WithoutTheReleaseItNamesTheBankAndSubmitsNothing) {
  Hall hall("li");
  hall.ui.first("release_missing", [](const auto&) { return ScriptUi::chosen(0); });
  cancel(hall);
  EXPECT_EQ(hall.outcome(), "explained");
  EXPECT_FALSE(hall.ui.newest<screens::ReleaseMissing>()->lender.empty());
  EXPECT_EQ(hall.slips.slips().size(), 1U) << "the materials list";
  EXPECT_EQ(hall.registry.authority().recorded(), 0U);
}

TEST(LienSearch, ASeizureIsAPageWithItsReason) {
  Hall hall("wang");
  cancel(hall);
  EXPECT_EQ(hall.outcome(), "explained");
  const auto* page = hall.ui.newest<screens::LienBlocked>();
  ASSERT_NE(page, nullptr);
  EXPECT_EQ(page->why, screens::LienBlocked::Why::seizure);
  EXPECT_FALSE(page->document.empty());
  EXPECT_EQ(hall.registry.authority().recorded(), 0U);
}

TEST(LienSearch, AMaximumAmountMortgageNeedsAWindow) {
  Hall hall("zhao");
  cancel(hall);
  EXPECT_EQ(hall.ui.newest<screens::LienBlocked>()->why, screens::LienBlocked::Why::maximum_amount);
}

TEST(LienSearch, ACaseUnderWayIsNotBegunTwice) {
  Hall hall("zhou");
  cancel(hall);
  EXPECT_EQ(hall.ui.newest<screens::LienBlocked>()->why, screens::LienBlocked::Why::under_way);
  EXPECT_EQ(hall.registry.authority().recorded(), 0U);
}

TEST(LienSearch, WithoutAMortgageItSaysWhatThatCanMean) {
  Hall hall("zheng");
  cancel(hall);
  EXPECT_EQ(hall.outcome(), "explained");
  EXPECT_TRUE(hall.ui.newest<screens::NoLiens>()->can_search);
  Hall elsewhere("zheng");
  elsewhere.office.register_authority.clear();
  cancel(elsewhere);
  EXPECT_FALSE(elsewhere.ui.newest<screens::NoLiens>()->can_search);
}

TEST(LienSearch, ByEitherCertificateItFindsWhatStandsUnderAnOldNumber) {
  for (const auto* digits : {"2019200884", "20190200884", "20190100468"}) {
    Hall hall("wu");
    hall.ui.choose("no_liens", by_certificate).on("enter_certificate", ScriptUi::typing(digits));
    cancel(hall);
    EXPECT_EQ(hall.outcome(), "done") << digits;
    EXPECT_NE(hall.registry.authority().latest_json().find("\"m-0014\""), std::string::npos);
    expect_a_clean_end(hall, "wu");
  }
}

TEST(LienSearch, ByCertificateItNeverShowsAnotherPersonsMortgage) {
  Hall hall("zheng");
  hall.ui.choose("no_liens", by_certificate);
  hall.ui.first("enter_certificate", ScriptUi::typing("20190200481"));  // the certificate of another person
  hall.ui.first("enter_certificate", ScriptUi::typing("20190000001"));  // nobody's
  cancel(hall);
  EXPECT_EQ(hall.outcome(), "left") << "the script ends on the page that asks again";
  EXPECT_EQ(hall.ui.newest<screens::EnterCertificate>()->not_found, PersonalText("2019 0000001"));
  EXPECT_EQ(std::ranges::count(hall.ui.pages(), "choose_lien"), 0);
  EXPECT_EQ(hall.everything_kept().find("0200481"), std::string::npos) << "what was tried is not kept";
}

TEST(LienSearch, BackOutOfTheCertificateLeadsToWhatItCanMean) {
  Hall hall("wu");
  hall.ui.first("no_liens", [](const auto&) { return ScriptUi::chosen(by_certificate); });
  hall.ui.on("enter_certificate", [](const auto&) { return ScriptUi::back(); });
  cancel(hall);
  EXPECT_EQ(hall.outcome(), "explained");
  EXPECT_EQ(std::ranges::count(hall.ui.pages(), "no_liens"), 2);
}

TEST(LienSearch, WhoGuessesCertificatesWaitsAlsoAfterGoingBack) {
  Hall hall("zheng");
  hall.ui.choose("no_liens", by_certificate);
  hall.ui.on("enter_certificate", [](const screens::Screen& screen) {
    return screen.as<screens::EnterCertificate>()->not_found.empty() ? ScriptUi::typing("20190000001")(screen)
                                                                     : ScriptUi::back();
  });
  int shown = 0;
  hall.ui.when("enter_certificate", [&] {
    if (hall.ui.newest<screens::EnterCertificate>()->wait_s > 0 || ++shown > 20) hall.end.request_stop();
  });
  cancel(hall);
  EXPECT_EQ(hall.outcome(), "ended");
  EXPECT_EQ(hall.ui.newest<screens::EnterCertificate>()->wait_s, 60);
  EXPECT_EQ(std::ranges::count(hall.faults.calls(), "registry.mortgages_by_certificate"), 10)
      << "five numbers, each as a title and as a mortgage certificate";
}

TEST(LienSearch, ACertificateNumberIsNeitherLoggedNorKept) {
  std::string said;
  log::set_sink([&said](log::Level, std::string_view line) { said += line; });
  for (const auto* person : {"wu", "zheng"}) {
    Hall hall(person);
    hall.registry.fail(FakeRegistry::Step::mortgages_by_certificate, FakeRegistry::Fault::before_work);
    hall.ui.choose("no_liens", by_certificate).choose("problem", 0);
    hall.ui.first("enter_certificate", ScriptUi::typing("20190200884"));
    cancel(hall);
    EXPECT_EQ((said + hall.everything_kept()).find("0200884"), std::string::npos);
  }
  log::set_sink([](log::Level, std::string_view) {});
  EXPECT_FALSE(said.empty());
}

TEST(LienSearch, ARegistryThatIsSilentAboutACertificateIsAskedAgain) {
  Hall hall("wu");
  hall.registry.fail(FakeRegistry::Step::mortgages_by_certificate, FakeRegistry::Fault::before_work);
  hall.ui.choose("no_liens", by_certificate).on("enter_certificate", ScriptUi::typing("20190200884"));
  hall.ui.choose("problem", 0);
  cancel(hall);
  EXPECT_EQ(hall.outcome(), "done");
  EXPECT_EQ(hall.ui.newest<screens::Problem>()->kind, screens::Problem::Kind::registry);
}

/// The page that a registry's own no leads to, on its way out of this step.
screens::Problem told_of(FakeRegistry::Step step, Errc code) {
  Hall hall("wu");
  hall.registry.fail(step, FakeRegistry::Fault::before_work, code, 0);
  hall.ui.choose("no_liens", by_certificate).on("enter_certificate", ScriptUi::typing("20190200884"));
  cancel(hall);
  EXPECT_EQ(hall.outcome(), "left");
  EXPECT_EQ(std::ranges::count(hall.ui.pages(), "problem"), 1) << "no other try would change it";
  EXPECT_EQ(hall.registry.authority().recorded(), 0U);
  expect_a_clean_end(hall, "wu");
  const auto* page = hall.ui.newest<screens::Problem>();
  return page != nullptr ? *page : screens::Problem{};
}

TEST(LienSearch, WhoHasTriedTooManyNumbersIsToldSoAndSentToAWindow) {
  const auto page = told_of(FakeRegistry::Step::mortgages_by_certificate, Errc::busy);
  EXPECT_EQ(page.kind, screens::Problem::Kind::asked_too_often);
  EXPECT_FALSE(page.can_retry);
}

TEST(LienSearch, ARegistryThatAsksToComeLaterIsAskedLater) {
  Hall hall("zhang");
  hall.registry.fail(FakeRegistry::Step::mortgages, FakeRegistry::Fault::before_work, Errc::busy);
  hall.ui.choose("problem", 0);
  cancel(hall);
  EXPECT_EQ(hall.outcome(), "done");
  EXPECT_EQ(hall.ui.newest<screens::Problem>()->kind, screens::Problem::Kind::registry_busy);
}

TEST(LienSearch, ARefusalOfTheRegistryIsNoFaultOfTheMachine) {
  for (const auto step : {FakeRegistry::Step::mortgages_by_certificate, FakeRegistry::Step::mortgages}) {
    const auto page = told_of(step, Errc::refused);
    EXPECT_EQ(page.kind, screens::Problem::Kind::declined);
    EXPECT_FALSE(page.can_retry);
    EXPECT_FALSE(page.incident.empty());
  }
}

}  // namespace
}  // namespace kiosk::services
