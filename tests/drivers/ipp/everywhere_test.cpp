// The driver against a printer that other people wrote.

#include "tests/lobby/ipp/everywhere.hpp"

#include <future>

#include <gtest/gtest.h>

#include "drivers/ipp/document_printer.hpp"
#include "tests/support/document_printer_conformance.hpp"
#include "tests/support/must.hpp"

namespace kiosk::testing {
namespace {

using namespace std::chrono_literals;
using hal::PrintOutcome;

class IppEverywhere : public ::testing::Test {
 protected:
  std::unique_ptr<lobby::IppEverywhere> device = must(lobby::IppEverywhere::start());
  std::unique_ptr<hal::DocumentPrinter> printer = drivers::make_ipp(device->uri());
  std::vector<int> pages;

  Result<PrintOutcome> print(int page_count = 1) {
    return printer->print(
        test_document(page_count), [this](int done) { pages.push_back(done); }, Wait::of(30s));
  }
  template <class Condition>
  bool comes(Condition condition) {
    for (int i = 0; i < 1500 && !condition(); ++i) std::this_thread::sleep_for(10ms);
    return condition();
  }
};

TEST_F(IppEverywhere, PrintsAndCountsPages) {
  device->set_page_time(400ms);
  EXPECT_EQ(print(3), PrintOutcome::printed);
  EXPECT_EQ(pages, (std::vector{1, 2, 3}));
  ASSERT_EQ(device->documents().size(), 1U);
  EXPECT_EQ(device->documents()[0], test_document(3).pdf);
  EXPECT_EQ(print(), PrintOutcome::printed);
  EXPECT_EQ(device->documents().size(), 2U);
}

TEST_F(IppEverywhere, AJamLeavesDoubt) {
  device->jam(true);
  EXPECT_EQ(print(2), PrintOutcome::in_doubt);
  EXPECT_EQ(print().error().code, Errc::jammed);
  device->jam(false);
  EXPECT_TRUE(comes([&] { return printer->status().usable(); }));
}

TEST_F(IppEverywhere, AJobThatThePrinterGivesUpIsInDoubt) {
  device->fail_jobs(true);
  EXPECT_EQ(print(), PrintOutcome::in_doubt);
}

TEST_F(IppEverywhere, AnEmptyTrayAndARefill) {
  ASSERT_TRUE(device->load_paper(false));
  EXPECT_EQ(print().error().code, Errc::out_of_supply);
  ASSERT_TRUE(device->load_paper(true));
  EXPECT_EQ(print(), PrintOutcome::printed);
}

TEST_F(IppEverywhere, SwitchedOffAndOn) {
  device->unplug();
  EXPECT_EQ(print().error().code, Errc::unreachable);
  EXPECT_EQ(printer->status().state, hal::DeviceState::no_device);
  ASSERT_TRUE(device->plug_in());
  EXPECT_EQ(print(), PrintOutcome::printed);
}

TEST(IppEverywhereWithoutPdf, Refuses) {
  const auto device = must(lobby::IppEverywhere::start(0, "image/pwg-raster"));
  const auto printer = drivers::make_ipp(device->uri());
  EXPECT_EQ(printer->print(test_document(1), {}, Wait::of(10s)).error().code, Errc::refused);
}

}  // namespace
}  // namespace kiosk::testing
