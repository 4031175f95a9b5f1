#pragma once
// What every receipt printer must do, run over the fake and over each driver with its emulator.
//
// A rig stands for printer and world: `hal::ReceiptPrinter& printer()`, `out_of_paper()`, `refill()`,
// `open_cover()`, `close_cover()`, `unplug()`, `plug_in()`, `paper_ends_in_job()`, `cover_opens_in_job()`,
// and `std::vector<hal::Raster> slips()`, each row as wide as the paper and perhaps with white feed rows at
// the end.

#include <chrono>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "hal/receipt_printer.hpp"

namespace kiosk::testing {

/// A picture of stripes, no two rows alike.
inline hal::Raster striped_slip(int width, int height) {
  hal::Raster slip{.width = width, .height = height, .rows = {}};
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < slip.row_bytes(); ++x)
      slip.rows.push_back(static_cast<std::uint8_t>((y * 7 + x * 3) | 1));
  return slip;
}

template <class Rig>
class ReceiptPrinterConformance : public ::testing::Test {
 protected:
  Rig rig;

  Result<hal::PrintOutcome> print(const hal::Raster& slip) {
    return rig.printer().print(slip, Wait::of(std::chrono::seconds(20)));
  }
  hal::Raster small_slip() { return striped_slip(rig.printer().paper().dots, 300); }

  /// A status follows the world within 5 s (hal::Device), given twice here for a busy machine.
  template <class Condition>
  ::testing::AssertionResult becomes(Condition condition) {
    for (int i = 0; i < 1000; ++i) {
      if (condition(rig.printer().status())) return ::testing::AssertionSuccess();
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    return ::testing::AssertionFailure() << "the last status was: " << rig.printer().status().detail;
  }
  ::testing::AssertionResult becomes_usable() {
    return becomes([](const hal::DeviceStatus& status) { return status.usable(); });
  }
};

TYPED_TEST_SUITE_P(ReceiptPrinterConformance);

TYPED_TEST_P(ReceiptPrinterConformance, PrintsEveryRowAndCuts) {
  const auto slip = striped_slip(this->rig.printer().paper().dots, 600);
  EXPECT_EQ(this->print(slip), hal::PrintOutcome::printed);
  const auto slips = this->rig.slips();
  ASSERT_EQ(slips.size(), 1U);
  ASSERT_GE(slips[0].rows.size(), slip.rows.size());
  EXPECT_EQ(Bytes(slips[0].rows.begin(), slips[0].rows.begin() + std::ssize(slip.rows)), slip.rows);
}

TYPED_TEST_P(ReceiptPrinterConformance, PrintsOneSlipAfterTheOther) {
  for (int i = 0; i < 3; ++i) EXPECT_EQ(this->print(this->small_slip()), hal::PrintOutcome::printed);
  EXPECT_EQ(this->rig.slips().size(), 3U);
}

TYPED_TEST_P(ReceiptPrinterConformance, BecomesUsableByItself) {
  EXPECT_TRUE(this->becomes_usable());
}

TYPED_TEST_P(ReceiptPrinterConformance, RefusesARasterThatDoesNotFit) {
  const auto too_wide = striped_slip(this->rig.printer().paper().dots + 8, 10);
  EXPECT_EQ(this->print(too_wide).error().code, Errc::malformed);
  auto too_short = this->small_slip();
  too_short.rows.pop_back();
  EXPECT_EQ(this->print(too_short).error().code, Errc::malformed);
  EXPECT_EQ(this->print({}).error().code, Errc::malformed);
  EXPECT_TRUE(this->rig.slips().empty());
}

TYPED_TEST_P(ReceiptPrinterConformance, SaysWhenPaperIsOutAndWorksAgainAfterARefill) {
  this->rig.out_of_paper();
  EXPECT_EQ(this->print(this->small_slip()).error().code, Errc::out_of_supply);
  EXPECT_TRUE(this->becomes([](const hal::DeviceStatus& status) {
    return status.paper == hal::Supply::out && status.actor == hal::Actor::clear && !status.usable();
  }));
  EXPECT_TRUE(this->rig.slips().empty());
  this->rig.refill();
  EXPECT_TRUE(this->becomes_usable());
  EXPECT_EQ(this->print(this->small_slip()), hal::PrintOutcome::printed);
}

TYPED_TEST_P(ReceiptPrinterConformance, SaysWhenTheCoverIsOpen) {
  this->rig.open_cover();
  EXPECT_EQ(this->print(this->small_slip()).error().code, Errc::jammed);
  EXPECT_TRUE(this->becomes([](const hal::DeviceStatus& status) {
    return status.state == hal::DeviceState::user_error && status.actor == hal::Actor::clear;
  }));
  this->rig.close_cover();
  EXPECT_EQ(this->print(this->small_slip()), hal::PrintOutcome::printed);
}

TYPED_TEST_P(ReceiptPrinterConformance, NoticesUnplugging) {
  EXPECT_TRUE(this->becomes_usable());
  this->rig.unplug();
  const auto printed = this->print(this->small_slip());
  ASSERT_FALSE(printed.has_value());
  EXPECT_TRUE(printed.error().code == Errc::unplugged || printed.error().code == Errc::unreachable)
      << name_of(printed.error().code);
  EXPECT_TRUE(this->becomes(
      [](const hal::DeviceStatus& status) { return status.state == hal::DeviceState::no_device; }));
  this->rig.plug_in();
  EXPECT_TRUE(this->becomes_usable());
  EXPECT_EQ(this->print(this->small_slip()), hal::PrintOutcome::printed);
}

TYPED_TEST_P(ReceiptPrinterConformance, PaperEndingInTheJobLeavesDoubt) {
  this->rig.paper_ends_in_job();
  EXPECT_EQ(this->print(striped_slip(this->rig.printer().paper().dots, 900)), hal::PrintOutcome::in_doubt);
  EXPECT_EQ(this->print(this->small_slip()).error().code, Errc::out_of_supply);
}

TYPED_TEST_P(ReceiptPrinterConformance, ACoverOpenedInTheJobLeavesDoubt) {
  this->rig.cover_opens_in_job();
  EXPECT_EQ(this->print(striped_slip(this->rig.printer().paper().dots, 900)), hal::PrintOutcome::in_doubt);
  EXPECT_EQ(this->print(this->small_slip()).error().code, Errc::jammed);
}

TYPED_TEST_P(ReceiptPrinterConformance, PrintsNothingForAWaitThatIsOver) {
  std::stop_source ended;
  ended.request_stop();
  auto& printer = this->rig.printer();
  EXPECT_EQ(printer.print(this->small_slip(), Wait{.stop = ended.get_token()}).error().code, Errc::cancelled);
  EXPECT_EQ(printer.print(this->small_slip(), Wait::of({})).error().code, Errc::timed_out);
  EXPECT_EQ(this->print(this->small_slip()), hal::PrintOutcome::printed);
  EXPECT_EQ(this->rig.slips().size(), 1U);
}

REGISTER_TYPED_TEST_SUITE_P(ReceiptPrinterConformance, PrintsEveryRowAndCuts, PrintsOneSlipAfterTheOther,
                            BecomesUsableByItself, RefusesARasterThatDoesNotFit,
                            SaysWhenPaperIsOutAndWorksAgainAfterARefill, SaysWhenTheCoverIsOpen,
                            NoticesUnplugging, PaperEndingInTheJobLeavesDoubt,
                            ACoverOpenedInTheJobLeavesDoubt, PrintsNothingForAWaitThatIsOver);

}  // namespace kiosk::testing
