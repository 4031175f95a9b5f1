#include "drivers/samv/reader.hpp"

#include <thread>

#include <gtest/gtest.h>

#include "drivers/link/serial.hpp"
#include "tests/lobby/samv/serial_id_reader.hpp"

namespace kiosk::drivers {
namespace {

using namespace std::chrono_literals;
using lobby::SamFault;

class SamvReader : public ::testing::Test {
 protected:
  static Wait patience() { return Wait::of(30s); }

  /// Whether a card is read now, all the way.
  void expect_reads() {
    device.sam().place(lobby::zhang_san());
    const auto card = reader->read(patience());
    ASSERT_TRUE(card) << name_of(card.error().code) << ": " << card.error().what;
    EXPECT_TRUE(*card == lobby::as_id_card(lobby::zhang_san()));
  }

  void TearDown() override {
    reader.reset();
    const auto complaints = device.sam().complaints();
    EXPECT_TRUE(complaints.empty()) << complaints.front();
  }

  lobby::SerialIdReader device;
  std::unique_ptr<hal::IdReader> reader = make_samv(serial_link(device.path(), 115200));
};

class AnyFault : public SamvReader,
                 public ::testing::WithParamInterface<std::tuple<SamFault, std::uint16_t>> {};

TEST_P(AnyFault, OfOneAnswerIsOvercome) {
  const auto [fault, command] = GetParam();
  device.sam().set_rereading(true);
  device.sam().misbehave(fault, 1, command);
  expect_reads();
}

class LastingFault : public AnyFault {};

TEST_P(LastingFault, OfTwoAnswersIsOvercomeToo) {
  const auto [fault, command] = GetParam();
  device.sam().set_rereading(true);
  device.sam().misbehave(fault, 2, command);
  expect_reads();
}

INSTANTIATE_TEST_SUITE_P(
    SamvReader, AnyFault,
    ::testing::Combine(::testing::Values(SamFault::garbage_in_front, SamFault::first_byte_lost,
                                         SamFault::checksum_wrong, SamFault::half_an_answer,
                                         SamFault::impossible_length, SamFault::time_out_frame,
                                         SamFault::noise, SamFault::silence, SamFault::too_late,
                                         SamFault::request_damaged, SamFault::restart),
                       ::testing::Values(0x12FF, 0x2001, 0x2002, 0x3001)));

INSTANTIATE_TEST_SUITE_P(SamvReader, LastingFault,
                         ::testing::Combine(::testing::Values(SamFault::checksum_wrong, SamFault::noise,
                                                              SamFault::silence),
                                            ::testing::Values(0x2001, 0x3001)));

TEST_F(SamvReader, ADamagedTextThatTheSamWillNotRepeatMeansPlaceItAgain) {
  device.sam().misbehave(SamFault::checksum_wrong, 1, 0x3001);
  device.sam().place(lobby::zhang_san());
  EXPECT_EQ(reader->read(patience()).error().code, Errc::refused);
  expect_reads();
}

TEST_F(SamvReader, ASilentReaderIsGone) {
  ASSERT_TRUE(reader->card_present(patience()));
  device.sam().misbehave(SamFault::silence, 3);
  EXPECT_EQ(reader->read(patience()).error().code, Errc::unplugged);
  EXPECT_EQ(reader->status().state, hal::DeviceState::no_device);
  EXPECT_EQ(reader->status().actor, hal::Actor::maintenance);
  expect_reads();
  EXPECT_TRUE(reader->status().usable());
}

TEST_F(SamvReader, CardsThatDoNotAuthenticateAreRefused) {
  for (const std::uint8_t status : std::initializer_list<std::uint8_t>{0x31, 0x32, 0x33, 0x40, 0x41, 0x24}) {
    device.sam().refuse(0x3001, status);
    device.sam().place(lobby::zhang_san());
    EXPECT_EQ(reader->read(patience()).error().code, Errc::refused) << int{status};
    EXPECT_TRUE(reader->status().usable());
  }
  expect_reads();
}

TEST_F(SamvReader, ACardOfAnotherSortIsRefused) {
  device.sam().place_other_card();
  EXPECT_EQ(reader->read(patience()).error().code, Errc::refused);
  auto unknown = lobby::zhang_san();
  unknown.letter = u'Q';
  device.sam().place(unknown);
  EXPECT_EQ(reader->read(patience()).error().code, Errc::refused);
}

TEST_F(SamvReader, ACardThatContradictsItselfIsMalformed) {
  auto forged = lobby::zhang_san();
  forged.number = "110105194912310021";
  device.sam().place(forged);
  EXPECT_EQ(reader->read(patience()).error().code, Errc::malformed);
}

TEST_F(SamvReader, SeveralCardsAtOnceAreNoCard) {
  device.sam().place_several();
  EXPECT_EQ(reader->read(Wait::of(50ms)).error().code, Errc::timed_out);
  expect_reads();
}

TEST_F(SamvReader, ACardThatSlipsIsLookedForAgainAndThenRefused) {
  device.sam().refuse(0x2002, 0x81);
  expect_reads();
  device.sam().misbehave(SamFault::restart, 3, 0x2002);
  device.sam().place(lobby::zhang_san());
  EXPECT_EQ(reader->read(patience()).error().code, Errc::refused);
}

TEST_F(SamvReader, ABrokenSamIsAMatterForAnEngineer) {
  for (const std::uint8_t status : std::initializer_list<std::uint8_t>{0x60, 0x66, 0x47}) {
    device.sam().break_down(status);
    EXPECT_EQ(reader->read(patience()).error().code, Errc::internal);
    EXPECT_EQ(reader->status().state, hal::DeviceState::hardware_error);
    EXPECT_EQ(reader->status().actor, hal::Actor::maintenance);
    EXPECT_FALSE(reader->status().detail.empty());
  }
  device.sam().break_down(0);
  expect_reads();
  EXPECT_TRUE(reader->status().usable());
}

TEST_F(SamvReader, PresenceFallsBackToTheAddressWhereTheBodyNumberIsUnknown) {
  device.sam().set_body_number_known(false);
  expect_reads();
  EXPECT_EQ(reader->card_present(patience()), true);
  device.sam().remove();
  EXPECT_EQ(reader->card_present(patience()), false);
  device.sam().set_address_command_old(true);
  expect_reads();
  EXPECT_EQ(reader->card_present(patience()), true);
  EXPECT_EQ(reader->card_present(patience()), true);
  device.sam().remove();
  EXPECT_EQ(reader->card_present(patience()), false);
}

TEST_F(SamvReader, AnAnswerThatComesAfterTheSessionEndedIsNotTakenForTheNext) {
  device.sam().set_thinking_time(300ms);
  device.sam().place(lobby::zhang_san());
  EXPECT_EQ(reader->read(Wait::of(150ms)).error().code, Errc::timed_out);  // in the middle of the find
  device.sam().place(lobby::permit_holder());
  const auto card = reader->read(patience());
  ASSERT_TRUE(card) << card.error().what;
  EXPECT_EQ(card->kind, hal::CardKind::hk_mo_tw_permit);
}

TEST_F(SamvReader, AStopEndsAReadInTheMiddleOfAnExchange) {
  device.sam().set_thinking_time(900ms);
  device.sam().place(lobby::zhang_san());
  std::stop_source source;
  std::jthread ender([&] {
    (void)Wait{}.sleep(50ms);
    source.request_stop();
  });
  const auto start = Steady::now();
  EXPECT_EQ(reader->read(Wait{.stop = source.get_token()}).error().code, Errc::cancelled);
  EXPECT_LT(Steady::now() - start, 800ms);
}

TEST_F(SamvReader, UnplugInTheMiddleOfTheTextIsUnplugged) {
  device.sam().set_thinking_time(100ms);
  device.sam().place(lobby::zhang_san());
  std::jthread hand([&] {
    (void)Wait{}.sleep(250ms);  // find and select took 200 ms
    device.unplug();
  });
  EXPECT_EQ(reader->read(patience()).error().code, Errc::unplugged);
  hand.join();
  device.plug();
  expect_reads();
}

TEST_F(SamvReader, ALineThatIsHeldByAnotherProgramIsAMatterOfConfiguration) {
  reader.reset();
  const auto other = serial_link(device.path(), 9600)->open(patience());
  ASSERT_TRUE(other);
  reader = make_samv(serial_link(device.path(), 115200));
  EXPECT_EQ(reader->read(patience()).error().code, Errc::unplugged);
  EXPECT_EQ(reader->status().state, hal::DeviceState::offline);
  EXPECT_EQ(reader->status().actor, hal::Actor::configuration);
}

}  // namespace
}  // namespace kiosk::drivers
