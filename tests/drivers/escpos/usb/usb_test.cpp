// The same printer on USB. A program of its own: it runs under umockdev.

#include <gtest/gtest.h>

#include "drivers/escpos/usb_port.hpp"
#include "tests/drivers/escpos/rigs.hpp"
#include "tests/lobby/usb/emulated_usb.hpp"
#include "tests/support/receipt_printer_conformance.hpp"

namespace kiosk::testing {
namespace {

using namespace std::chrono_literals;
using hal::PrintOutcome;

[[maybe_unused]] const bool under_umockdev = lobby::restart_under_umockdev();

constexpr std::uint16_t vendor = 0x0416, product = 0x5011;

struct UsbRig : LobbyRig {
  UsbRig()
      : LobbyRig(lobby::ReceiptPrinter::on_usb(lobby::emulated_usb(), vendor, product),
                 [](const lobby::ReceiptPrinter&) { return drivers::escpos::usb_port(vendor, product); },
                 {}) {}
};

INSTANTIATE_TYPED_TEST_SUITE_P(EscposUsb, ReceiptPrinterConformance, UsbRig);

TEST(EscposUsb, UnpluggedInTheJobLeavesDoubtAndAWholeNextSlip) {
  UsbRig rig;
  rig.forgiven = "a real-time command inside a picture";
  rig.device().set_speed(500);
  std::jthread hand([&] {
    while (rig.device().rows_printed() < 10) std::this_thread::sleep_for(1ms);
    rig.unplug();
  });
  EXPECT_EQ(rig.printer().print(striped_slip(576, 2500), Wait::of(20s)), PrintOutcome::in_doubt);
  hand.join();
  rig.device().set_speed(0);
  rig.plug_in();
  for (int i = 0; i < 2000 && !rig.printer().status().usable(); ++i) std::this_thread::sleep_for(5ms);
  const auto slip = striped_slip(576, 300);
  ASSERT_EQ(rig.printer().print(slip, Wait::of(20s)), PrintOutcome::printed);
  const auto last = rig.slips().back().rows;
  ASSERT_GE(last.size(), slip.rows.size());
  EXPECT_TRUE(std::equal(slip.rows.begin(), slip.rows.end(), last.begin()));
}

TEST(EscposUsb, APrinterWithoutAnswersIsAskedOverTheControlPipe) {
  UsbRig rig;
  rig.turn([](auto& knobs) { knobs.silent = true; });
  EXPECT_EQ(rig.printer().print(striped_slip(576, 200), Wait::of(20s)), PrintOutcome::printed);
  EXPECT_EQ(rig.slips().size(), 1U);
  rig.out_of_paper();
  EXPECT_EQ(rig.printer().print(striped_slip(576, 200), Wait::of(20s)).error().code, Errc::out_of_supply);
  rig.refill();
  rig.open_cover();
  for (int i = 0; i < 2000 && !rig.printer().status().detail.starts_with("error"); ++i)
    std::this_thread::sleep_for(5ms);
  EXPECT_EQ(rig.printer().print(striped_slip(576, 200), Wait::of(20s)).error().code, Errc::busy);
}

}  // namespace
}  // namespace kiosk::testing
