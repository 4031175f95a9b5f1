#pragma once
// What every ID reader does, whatever it is made of. A rig brings a reader and the hands that put cards on
// it:
//
//   struct Rig {
//     hal::IdReader& reader();
//     void place(const lobby::ChipCard&); void remove(); void unplug(); void plug();
//     void lift_during_read(const lobby::ChipCard&);  // places a card that is gone before its text was read
//   };

#include <thread>

#include <gtest/gtest.h>

#include "hal/id_reader.hpp"
#include "tests/lobby/samv/chip_card.hpp"

namespace kiosk::testing {

template <class Rig>
class IdReaderConformance : public ::testing::Test {
 protected:
  static Wait patience() { return Wait::of(std::chrono::seconds(20)); }
  static Wait impatience() { return Wait::of(milliseconds(50)); }

  Rig rig;
};

TYPED_TEST_SUITE_P(IdReaderConformance);

TYPED_TEST_P(IdReaderConformance, ReadsEveryKindOfCard) {
  for (const auto& card :
       {lobby::zhang_san(), lobby::permit_holder(), lobby::foreigner_2017(), lobby::foreigner_2023()}) {
    this->rig.place(card);
    const auto read = this->rig.reader().read(this->patience());
    ASSERT_TRUE(read) << read.error().what;
    EXPECT_TRUE(*read == lobby::as_id_card(card)) << "kind " << static_cast<int>(card.kind);
  }
}

TYPED_TEST_P(IdReaderConformance, WaitsForACardThatComesLater) {
  std::jthread hand([this] {
    (void)this->impatience().sleep(milliseconds(20));
    this->rig.place(lobby::zhang_san());
  });
  EXPECT_TRUE(this->rig.reader().read(this->patience()));
}

TYPED_TEST_P(IdReaderConformance, AWaitForACardEndsWithItsTimeAndWithAStop) {
  EXPECT_EQ(this->rig.reader().read(this->impatience()).error().code, Errc::timed_out);
  std::stop_source source;
  std::jthread ender([&] { source.request_stop(); });
  EXPECT_EQ(this->rig.reader().read(Wait{.stop = source.get_token()}).error().code, Errc::cancelled);
  this->rig.place(lobby::zhang_san());
  EXPECT_EQ(this->rig.reader().read(Wait{.stop = source.get_token()}).error().code, Errc::cancelled);
  EXPECT_TRUE(this->rig.reader().read(this->patience()));
}

TYPED_TEST_P(IdReaderConformance, KnowsWhetherTheCardStillLiesThere) {
  EXPECT_EQ(this->rig.reader().card_present(this->patience()), false);
  this->rig.place(lobby::zhang_san());
  ASSERT_TRUE(this->rig.reader().read(this->patience()));
  EXPECT_EQ(this->rig.reader().card_present(this->patience()), true);
  EXPECT_EQ(this->rig.reader().card_present(this->patience()), true);
  this->rig.remove();
  EXPECT_EQ(this->rig.reader().card_present(this->patience()), false);
}

TYPED_TEST_P(IdReaderConformance, WaitsUntilTheCardIsTaken) {
  EXPECT_TRUE(this->rig.reader().wait_removed(this->patience()));
  this->rig.place(lobby::zhang_san());
  ASSERT_TRUE(this->rig.reader().read(this->patience()));
  EXPECT_EQ(this->rig.reader().wait_removed(this->impatience()).error().code, Errc::timed_out);
  std::jthread hand([this] { this->rig.remove(); });
  EXPECT_TRUE(this->rig.reader().wait_removed(this->patience()));
}

TYPED_TEST_P(IdReaderConformance, AnotherCardIsNotTheOneThatWasRead) {
  this->rig.place(lobby::zhang_san());
  ASSERT_TRUE(this->rig.reader().read(this->patience()));
  this->rig.place(lobby::permit_holder());
  EXPECT_EQ(this->rig.reader().card_present(this->patience()), false);
}

TYPED_TEST_P(IdReaderConformance, ACardIsReadAgainOnlyAfterItWasLifted) {
  this->rig.place(lobby::zhang_san());
  ASSERT_TRUE(this->rig.reader().read(this->patience()));
  EXPECT_EQ(this->rig.reader().read(this->impatience()).error().code, Errc::timed_out);
  this->rig.place(lobby::zhang_san());
  EXPECT_TRUE(this->rig.reader().read(this->patience()));
}

TYPED_TEST_P(IdReaderConformance, ACardLiftedDuringTheReadIsNotPresent) {
  this->rig.lift_during_read(lobby::zhang_san());
  EXPECT_EQ(this->rig.reader().read(this->patience()).error().code, Errc::not_present);
  this->rig.place(lobby::zhang_san());
  EXPECT_TRUE(this->rig.reader().read(this->patience()));
}

TYPED_TEST_P(IdReaderConformance, AReaderThatIsGoneSaysSoAndComesBack) {
  this->rig.place(lobby::zhang_san());
  ASSERT_TRUE(this->rig.reader().read(this->patience()));
  EXPECT_TRUE(this->rig.reader().status().usable());
  this->rig.unplug();
  EXPECT_EQ(this->rig.reader().card_present(this->patience()).error().code, Errc::unplugged);
  EXPECT_EQ(this->rig.reader().read(this->patience()).error().code, Errc::unplugged);
  EXPECT_EQ(this->rig.reader().wait_removed(this->patience()).error().code, Errc::unplugged);
  EXPECT_EQ(this->rig.reader().status().state, hal::DeviceState::no_device);
  this->rig.plug();
  // A driver may learn of it a moment later than the hand that did it.
  const Wait soon = this->patience();
  this->rig.place(lobby::permit_holder());
  auto read = this->rig.reader().read(soon);
  while (!read && read.error().code == Errc::unplugged && soon.sleep(milliseconds(5)))
    read = this->rig.reader().read(soon);
  ASSERT_TRUE(read) << read.error().what;
  EXPECT_TRUE(this->rig.reader().status().usable());
}

TYPED_TEST_P(IdReaderConformance, UnplugEndsAWaitForACard) {
  EXPECT_EQ(this->rig.reader().card_present(this->patience()), false);
  std::jthread hand([this] { this->rig.unplug(); });
  EXPECT_EQ(this->rig.reader().read(this->patience()).error().code, Errc::unplugged);
}

TYPED_TEST_P(IdReaderConformance, TellsItsSerialNumber) {
  EXPECT_EQ(this->rig.reader().card_present(this->patience()), false);  // so it has been asked
  EXPECT_EQ(this->rig.reader().serial_number(), "05.01-20101129-0001228293-0296863149");
}

REGISTER_TYPED_TEST_SUITE_P(IdReaderConformance, ReadsEveryKindOfCard, WaitsForACardThatComesLater,
                            AWaitForACardEndsWithItsTimeAndWithAStop, KnowsWhetherTheCardStillLiesThere,
                            WaitsUntilTheCardIsTaken, AnotherCardIsNotTheOneThatWasRead,
                            ACardIsReadAgainOnlyAfterItWasLifted, ACardLiftedDuringTheReadIsNotPresent,
                            AReaderThatIsGoneSaysSoAndComesBack, UnplugEndsAWaitForACard,
                            TellsItsSerialNumber);

}  // namespace kiosk::testing
