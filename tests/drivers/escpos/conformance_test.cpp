#include "tests/drivers/escpos/rigs.hpp"
#include "tests/support/fake_receipt_printer.hpp"
#include "tests/support/receipt_printer_conformance.hpp"

namespace kiosk::testing {
namespace {

struct FakeRig {
  FakeReceiptPrinter fake;

  hal::ReceiptPrinter& printer() { return fake; }
  void out_of_paper() {
    fake.turn([](auto& state) { state.paper_out = true; });
  }
  void refill() {
    fake.turn([](auto& state) { state.paper_out = false; });
  }
  void open_cover() {
    fake.turn([](auto& state) { state.cover_open = true; });
  }
  void close_cover() {
    fake.turn([](auto& state) { state.cover_open = false; });
  }
  void unplug() {
    fake.turn([](auto& state) { state.plugged = false; });
  }
  void plug_in() {
    fake.turn([](auto& state) { state.plugged = true; });
  }
  void paper_ends_in_job() {
    fake.turn([](auto& state) { state.paper_ends_in_next_job = true; });
  }
  void cover_opens_in_job() {
    fake.turn([](auto& state) { state.cover_opens_in_next_job = true; });
  }
  std::vector<hal::Raster> slips() { return fake.slips(); }
};

using Rigs = ::testing::Types<FakeRig, TcpRig, SerialRig>;
INSTANTIATE_TYPED_TEST_SUITE_P(Escpos, ReceiptPrinterConformance, Rigs);

}  // namespace
}  // namespace kiosk::testing
