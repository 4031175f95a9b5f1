#include <thread>

#include <gtest/gtest.h>

#include "drivers/samv/usb_pipes.hpp"
#include "tests/lobby/samv/usb_id_reader.hpp"
#include "tests/support/id_reader_conformance.hpp"

namespace kiosk::testing {
namespace {

using namespace std::chrono_literals;
using Pipes = lobby::UsbIdReader::Pipes;

[[maybe_unused]] const bool under_umockdev = lobby::restart_under_umockdev();

template <Pipes pipes, bool interrupt>
struct UsbRig {
  hal::IdReader& reader() { return *driver; }
  void place(const lobby::ChipCard& card) { device.sam().place(card); }
  void remove() { device.sam().remove(); }
  void unplug() { device.unplug(); }
  void plug() { device.plug(); }
  void lift_during_read(const lobby::ChipCard& card) {
    device.sam().misbehave(lobby::SamFault::lift_card, 1, 0x3001);
    place(card);
  }
  ~UsbRig() { EXPECT_TRUE(device.sam().complaints().empty()) << device.sam().complaints().front(); }

  lobby::UsbIdReader device{pipes, interrupt};
  std::unique_ptr<hal::IdReader> driver = drivers::make_samv_usb();
};

using TwoBulk = UsbRig<Pipes::two, false>;
using TwoInterrupt = UsbRig<Pipes::two, true>;
using FourBulk = UsbRig<Pipes::four, false>;
using FourInterrupt = UsbRig<Pipes::four, true>;
INSTANTIATE_TYPED_TEST_SUITE_P(SamvUsbTwoBulk, IdReaderConformance, TwoBulk);
INSTANTIATE_TYPED_TEST_SUITE_P(SamvUsbTwoInterrupt, IdReaderConformance, TwoInterrupt);
INSTANTIATE_TYPED_TEST_SUITE_P(SamvUsbFourBulk, IdReaderConformance, FourBulk);
INSTANTIATE_TYPED_TEST_SUITE_P(SamvUsbFourInterrupt, IdReaderConformance, FourInterrupt);

template <class Rig>
class SamvUsb : public ::testing::Test {
 protected:
  static Wait patience() { return Wait::of(30s); }

  void expect_reads() {
    rig.place(lobby::zhang_san());
    const auto card = rig.reader().read(patience());
    ASSERT_TRUE(card) << name_of(card.error().code) << ": " << card.error().what;
    EXPECT_TRUE(*card == lobby::as_id_card(lobby::zhang_san()));
  }

  Rig rig;
};

using Arrangements = ::testing::Types<TwoBulk, FourInterrupt>;
TYPED_TEST_SUITE(SamvUsb, Arrangements);

TYPED_TEST(SamvUsb, AnAnswerInManySmallTransfersIsReadOn) {
  this->rig.device.set_largest_transfer(64);
  this->expect_reads();
  this->rig.device.set_largest_transfer(61);
  this->expect_reads();
}

TYPED_TEST(SamvUsb, DamagedAnswersAreAskedForAgain) {
  this->rig.device.sam().set_rereading(true);
  using enum lobby::SamFault;
  for (const auto fault : {garbage_in_front, first_byte_lost, checksum_wrong, half_an_answer,
                           impossible_length, time_out_frame, noise, silence}) {
    this->rig.device.sam().misbehave(fault, 1, 0x3001);
    this->expect_reads();
  }
}

TYPED_TEST(SamvUsb, AStallIsClearedAndOvercome) {
  this->expect_reads();
  this->rig.device.usb().stall(0x81);
  this->expect_reads();
  this->rig.device.usb().stall(0x02);
  this->expect_reads();
}

TYPED_TEST(SamvUsb, UnplugInMidTransferIsUnpluggedAndReplugReads) {
  this->expect_reads();
  for (int i = 0; i < 3; ++i) {
    this->rig.device.sam().set_thinking_time(100ms);
    this->rig.place(lobby::zhang_san());
    std::jthread hand([this] {
      (void)Wait{}.sleep(250ms);  // find and select took 200 ms: the read is under way
      this->rig.unplug();
    });
    EXPECT_EQ(this->rig.reader().read(this->patience()).error().code, Errc::unplugged);
    hand.join();
    EXPECT_EQ(this->rig.reader().status().state, hal::DeviceState::no_device);
    this->rig.device.sam().set_thinking_time(0ms);
    this->rig.plug();
    while (!this->rig.reader().card_present(this->patience())) (void)Wait{}.sleep(5ms);
    this->expect_reads();
  }
}

TYPED_TEST(SamvUsb, AStopEndsATransferAtOnce) {
  this->expect_reads();
  this->rig.device.sam().misbehave(lobby::SamFault::silence, 1, 0x2001);
  std::stop_source source;
  std::jthread ender([&] {
    (void)Wait{}.sleep(50ms);
    source.request_stop();
  });
  EXPECT_EQ(this->rig.reader().read(Wait{.stop = source.get_token()}).error().code, Errc::cancelled);
  this->expect_reads();
}

}  // namespace
}  // namespace kiosk::testing
