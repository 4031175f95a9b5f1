#include "drivers/ipp/reasons.hpp"

#include <gtest/gtest.h>

namespace kiosk::drivers::ipp {
namespace {

using hal::Actor;
using hal::DeviceState;
using hal::Supply;

PrinterState with(std::vector<std::string> reasons, int state = 3) {
  return {.state = state, .reasons = std::move(reasons)};
}

TEST(PrinterReasons, NoneIsFine) {
  for (const auto& printer : {with({"none"}), with({}), with({"none"}, 4)}) {
    EXPECT_TRUE(ready(printer));
    EXPECT_TRUE(status_of(printer).usable());
    EXPECT_EQ(status_of(printer).actor, Actor::none);
  }
  EXPECT_EQ(status_of(with({"none"}, 4)).state, DeviceState::busy);
}

TEST(PrinterReasons, WarningsGoOnAndCallTheTechnician) {
  for (const char* reason : {"media-low", "toner-low", "marker-supply-low", "marker-waste-almost-full",
                             "opc-near-eol", "output-area-almost-full"}) {
    EXPECT_TRUE(ready(with({reason}))) << reason;
    EXPECT_TRUE(status_of(with({reason})).usable()) << reason;
    EXPECT_NE(status_of(with({reason})).actor, Actor::none) << reason;
  }
  EXPECT_EQ(status_of(with({"media-low-report"})).paper, Supply::low);
  EXPECT_EQ(status_of(with({"toner-low-warning"})).toner, Supply::low);
}

TEST(PrinterReasons, TheseStopPrinting) {
  const std::pair<const char*, Errc> rows[] = {
      {"media-empty", Errc::out_of_supply},
      {"media-needed", Errc::out_of_supply},
      {"toner-empty", Errc::out_of_supply},
      {"marker-supply-empty", Errc::out_of_supply},
      {"media-jam", Errc::jammed},
      {"cover-open", Errc::jammed},
      {"door-open", Errc::jammed},
      {"interlock-open", Errc::jammed},
      {"input-tray-missing", Errc::jammed},
      {"output-area-full", Errc::jammed},
      {"marker-waste-full", Errc::refused},
      {"opc-life-over", Errc::refused},
      {"fuser-over-temp", Errc::refused},
      {"fuser-under-temp", Errc::refused},
      {"other", Errc::refused},
      {"unknown", Errc::refused},
      {"offline", Errc::unreachable},
      {"shutdown", Errc::unreachable},
      {"connecting-to-device", Errc::unreachable},
      {"timed-out", Errc::unreachable},
      {"stopping", Errc::unreachable},
      {"stopped-partly", Errc::unreachable},
      {"paused", Errc::unreachable},
      {"moving-to-paused", Errc::unreachable},
      {"spool-area-full", Errc::unreachable},
      {"a-vendor-thing-error", Errc::refused},
  };
  for (const auto& [reason, code] : rows)
    for (const char* suffix : {"", "-report", "-warning", "-error"}) {
      if (std::string_view(reason).ends_with("-error") && *suffix != '\0') continue;
      const auto printer = with({std::string(reason) + suffix});
      ASSERT_FALSE(ready(printer)) << reason << suffix;
      EXPECT_EQ(ready(printer).error().code, code) << reason << suffix;
      EXPECT_FALSE(status_of(printer).usable()) << reason << suffix;
      EXPECT_NE(status_of(printer).actor, Actor::none) << reason << suffix;
    }
}

TEST(PrinterReasons, TheWorstDecides) {
  const auto printer = with({"toner-low-report", "media-jam-error", "media-empty-error"}, 5);
  EXPECT_EQ(ready(printer).error().code, Errc::jammed);
  EXPECT_EQ(status_of(printer).paper, Supply::jammed);
  EXPECT_EQ(status_of(printer).toner, Supply::low);
  EXPECT_EQ(status_of(printer).detail, "media-jam");
}

TEST(PrinterReasons, AVendorsOwnNoteDoesNotStopTheKiosk) {
  EXPECT_TRUE(ready(with({"wifi-not-configured-report", "com.example.blinking"})));
}

TEST(PrinterReasons, StoppedWithoutAReasonIsOffLine) {
  EXPECT_EQ(status_of(with({"none"}, 5)).state, DeviceState::offline);
  EXPECT_FALSE(ready(with({"none"}, 5)));
  EXPECT_FALSE(ready(with({"media-low"}, 5)));
}

TEST(PrinterReasons, APrinterThatTakesNoJobsIsBusy) {
  EXPECT_EQ(ready({.reasons = {"none"}, .accepting = false}).error().code, Errc::busy);
}

TEST(PrinterReasons, APrinterWithoutPdfWasChosenWrongly) {
  const PrinterState printer{.reasons = {"none"}, .takes_pdf = false};
  EXPECT_EQ(ready(printer).error().code, Errc::refused);
  EXPECT_EQ(status_of(printer).actor, Actor::configuration);
}

}  // namespace
}  // namespace kiosk::drivers::ipp
