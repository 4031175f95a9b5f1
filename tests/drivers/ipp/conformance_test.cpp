#include "tests/drivers/ipp/rig.hpp"
#include "tests/support/document_printer_conformance.hpp"
#include "tests/support/fake_document_printer.hpp"

namespace kiosk::testing {
namespace {

struct FakeRig {
  FakeDocumentPrinter fake;

  hal::DocumentPrinter& printer() { return fake; }
  void out_of_paper() {
    fake.turn([](auto& state) { state.paper_out = true; });
  }
  void refill() {
    fake.turn([](auto& state) { state.paper_out = false; });
  }
  void open_door() {
    fake.turn([](auto& state) { state.door_open = true; });
  }
  void close_door() {
    fake.turn([](auto& state) { state.door_open = false; });
  }
  void unplug() {
    fake.turn([](auto& state) { state.plugged = false; });
  }
  void plug_in() {
    fake.turn([](auto& state) { state.plugged = true; });
  }
  void jams_after(int pages) {
    fake.turn([pages](auto& state) { state.jams_after_pages = pages; });
  }
  void clear_jam() {
    fake.turn([](auto& state) { state.jammed = false; });
  }
  void without_pdf() {
    fake.turn([](auto& state) { state.takes_pdf = false; });
  }
  std::vector<Bytes> documents() {
    std::vector<Bytes> all;
    for (const auto& document : fake.documents()) all.push_back(document.pdf);
    return all;
  }
};

using Rigs = ::testing::Types<FakeRig, ResponderRig>;
INSTANTIATE_TYPED_TEST_SUITE_P(Ipp, DocumentPrinterConformance, Rigs);

}  // namespace
}  // namespace kiosk::testing
