#pragma once
// What every A4 printer must do, run over the fake and over each driver with its emulator.
//
// A rig stands for printer and world: `hal::DocumentPrinter& printer()`, `out_of_paper()`, `refill()`,
// `open_door()`, `close_door()`, `unplug()`, `plug_in()`, `jams_after(pages)`, `clear_jam()`,
// `without_pdf()`, and `std::vector<Bytes> documents()`: what is whole on paper.

#include <algorithm>
#include <chrono>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "hal/document_printer.hpp"

namespace kiosk::testing {

/// Enough of a PDF for printers that do not look inside.
inline hal::Document test_document(int pages) {
  std::string pdf = "%PDF-1.5\n";
  for (int page = 0; page < pages; ++page) pdf += "1 0 obj << /Type /Page >> endobj\n";
  pdf += "%%EOF\n";
  return {.title = "receipt", .pdf = Bytes(pdf.begin(), pdf.end()), .pages = pages};
}

template <class Rig>
class DocumentPrinterConformance : public ::testing::Test {
 protected:
  Rig rig;
  std::vector<int> pages;

  Result<hal::PrintOutcome> print(const hal::Document& document,
                                  const Wait& wait = Wait::of(std::chrono::seconds(30))) {
    return rig.printer().print(document, [this](int done) { pages.push_back(done); }, wait);
  }

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

TYPED_TEST_SUITE_P(DocumentPrinterConformance);

TYPED_TEST_P(DocumentPrinterConformance, PrintsTheDocumentAsItIs) {
  const auto document = test_document(1);
  EXPECT_EQ(this->print(document), hal::PrintOutcome::printed);
  const auto documents = this->rig.documents();
  ASSERT_EQ(documents.size(), 1U);
  EXPECT_EQ(documents[0], document.pdf);
}

TYPED_TEST_P(DocumentPrinterConformance, CountsPagesUpwards) {
  EXPECT_EQ(this->print(test_document(4)), hal::PrintOutcome::printed);
  this->pages.push_back(5);  // beyond the last
  EXPECT_TRUE(std::ranges::is_sorted(this->pages));
  EXPECT_EQ(std::ranges::adjacent_find(this->pages), this->pages.end()) << "each told once";
}

TYPED_TEST_P(DocumentPrinterConformance, PrintsOneDocumentAfterTheOther) {
  for (int i = 0; i < 3; ++i) EXPECT_EQ(this->print(test_document(1)), hal::PrintOutcome::printed);
  EXPECT_EQ(this->rig.documents().size(), 3U);
}

TYPED_TEST_P(DocumentPrinterConformance, SaysWhenPaperIsOutAndWorksAgainAfterARefill) {
  this->rig.out_of_paper();
  EXPECT_EQ(this->print(test_document(1)).error().code, Errc::out_of_supply);
  EXPECT_TRUE(this->becomes([](const hal::DeviceStatus& status) {
    return status.paper == hal::Supply::out && status.actor == hal::Actor::clear && !status.usable();
  }));
  this->rig.refill();
  EXPECT_TRUE(this->becomes_usable());
  EXPECT_EQ(this->print(test_document(1)), hal::PrintOutcome::printed);
  EXPECT_EQ(this->rig.documents().size(), 1U);
}

TYPED_TEST_P(DocumentPrinterConformance, SaysWhenADoorIsOpen) {
  this->rig.open_door();
  EXPECT_EQ(this->print(test_document(1)).error().code, Errc::jammed);
  EXPECT_TRUE(this->becomes(
      [](const hal::DeviceStatus& status) { return status.state == hal::DeviceState::user_error; }));
  this->rig.close_door();
  EXPECT_EQ(this->print(test_document(1)), hal::PrintOutcome::printed);
}

TYPED_TEST_P(DocumentPrinterConformance, NoticesUnplugging) {
  EXPECT_TRUE(this->becomes_usable());
  this->rig.unplug();
  const auto printed = this->print(test_document(1));
  ASSERT_FALSE(printed.has_value());
  EXPECT_TRUE(printed.error().code == Errc::unplugged || printed.error().code == Errc::unreachable);
  EXPECT_TRUE(this->becomes(
      [](const hal::DeviceStatus& status) { return status.state == hal::DeviceState::no_device; }));
  this->rig.plug_in();
  EXPECT_TRUE(this->becomes_usable());
  EXPECT_EQ(this->print(test_document(1)), hal::PrintOutcome::printed);
}

TYPED_TEST_P(DocumentPrinterConformance, AJamLeavesDoubtAndNothingIsPrintedBehindTheNextOnesBack) {
  this->rig.jams_after(1);
  EXPECT_EQ(this->print(test_document(3)), hal::PrintOutcome::in_doubt);
  EXPECT_EQ(this->print(test_document(1)).error().code, Errc::jammed);
  this->rig.clear_jam();
  EXPECT_TRUE(this->becomes_usable());
  EXPECT_EQ(this->print(test_document(1)), hal::PrintOutcome::printed);
  EXPECT_EQ(this->rig.documents().size(), 1U) << "the job in doubt was purged";
}

TYPED_TEST_P(DocumentPrinterConformance, SaysWhenItDoesNotTakePdf) {
  this->rig.without_pdf();
  EXPECT_EQ(this->print(test_document(1)).error().code, Errc::refused);
  EXPECT_TRUE(this->rig.documents().empty());
}

TYPED_TEST_P(DocumentPrinterConformance, PrintsNothingForAWaitThatIsOver) {
  std::stop_source ended;
  ended.request_stop();
  EXPECT_EQ(this->print(test_document(1), {.stop = ended.get_token()}).error().code, Errc::cancelled);
  EXPECT_EQ(this->print(test_document(1), Wait::of({})).error().code, Errc::timed_out);
  EXPECT_TRUE(this->rig.documents().empty());
}

REGISTER_TYPED_TEST_SUITE_P(DocumentPrinterConformance, PrintsTheDocumentAsItIs, CountsPagesUpwards,
                            PrintsOneDocumentAfterTheOther, SaysWhenPaperIsOutAndWorksAgainAfterARefill,
                            SaysWhenADoorIsOpen, NoticesUnplugging,
                            AJamLeavesDoubtAndNothingIsPrintedBehindTheNextOnesBack, SaysWhenItDoesNotTakePdf,
                            PrintsNothingForAWaitThatIsOver);

}  // namespace kiosk::testing
