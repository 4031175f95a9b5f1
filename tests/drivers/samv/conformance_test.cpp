#include "drivers/link/serial.hpp"
#include "drivers/samv/reader.hpp"
#include "tests/lobby/samv/serial_id_reader.hpp"
#include "tests/support/fake_id_reader.hpp"
#include "tests/support/id_reader_conformance.hpp"

namespace kiosk::testing {
namespace {

struct FakeRig {
  hal::IdReader& reader() { return fake; }
  void place(const lobby::ChipCard& card) { fake.place(lobby::as_id_card(card)); }
  void remove() { fake.remove(); }
  void unplug() { fake.unplug(); }
  void plug() { fake.plug(); }
  void lift_during_read(const lobby::ChipCard& card) {
    place(card);
    fake.fail_next({Errc::not_present, "lifted"});
  }

  FakeIdReader fake;
};

struct SerialRig {
  hal::IdReader& reader() { return *driver; }
  void place(const lobby::ChipCard& card) { device.sam().place(card); }
  void remove() { device.sam().remove(); }
  void unplug() { device.unplug(); }
  void plug() { device.plug(); }
  void lift_during_read(const lobby::ChipCard& card) {
    device.sam().misbehave(lobby::SamFault::lift_card, 1, 0x3001);
    place(card);
  }
  ~SerialRig() { EXPECT_TRUE(device.sam().complaints().empty()) << device.sam().complaints().front(); }

  lobby::SerialIdReader device;
  std::unique_ptr<hal::IdReader> driver = drivers::make_samv(drivers::serial_link(device.path(), 115200));
};

INSTANTIATE_TYPED_TEST_SUITE_P(Fake, IdReaderConformance, FakeRig);
INSTANTIATE_TYPED_TEST_SUITE_P(SamvSerial, IdReaderConformance, SerialRig);

}  // namespace
}  // namespace kiosk::testing
