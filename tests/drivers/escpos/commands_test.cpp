#include "drivers/escpos/commands.hpp"

#include <gtest/gtest.h>

namespace kiosk::drivers::escpos {
namespace {

TEST(Commands, OneSmallSlipByteForByte) {
  const auto blocks = slip_blocks({.width = 16, .height = 2, .rows = {0xAA, 0x01, 0xBB, 0x02}}, 384);
  ASSERT_TRUE(blocks);
  ASSERT_EQ(blocks->size(), 2U);
  EXPECT_EQ(to_hex((*blocks)[0]),
            "1b40"
            "1d76300002000200"
            "aa01bb02");
  EXPECT_EQ(to_hex((*blocks)[1]), "1d564200");
}

TEST(Commands, BandsHaveAtMost255Rows) {
  const auto blocks = slip_blocks({.width = 576, .height = 600, .rows = Bytes(72 * 600)}, 576);
  ASSERT_TRUE(blocks);
  ASSERT_EQ(blocks->size(), 4U);
  EXPECT_EQ(to_hex(BytesView((*blocks)[0]).first(10)),
            "1b40"
            "1d7630004800ff00");
  EXPECT_EQ(to_hex(BytesView((*blocks)[2]).first(8)), "1d76300048005a00");
  EXPECT_EQ((*blocks)[2].size(), 8U + 72 * 90);
}

TEST(Commands, RefusesWhatDoesNotFit) {
  EXPECT_FALSE(slip_blocks({.width = 577, .height = 1, .rows = Bytes(73)}, 576));
  EXPECT_FALSE(slip_blocks({.width = 576, .height = 1, .rows = Bytes(71)}, 576));
  EXPECT_FALSE(slip_blocks({.width = 576, .height = 1, .rows = Bytes(73)}, 576));
  EXPECT_FALSE(slip_blocks({.width = 0, .height = 1, .rows = {}}, 576));
  EXPECT_FALSE(slip_blocks({.width = 8, .height = -1, .rows = {}}, 576));
}

TEST(Commands, NoPictureHoldsACommandThatThePrinterObeysAnywhere) {
  for (const auto& [before, after] : {std::pair{"100401", "180401"},
                                      {"100500", "180500"},
                                      {"101408", "181408"},
                                      {"10100402", "10180402"},
                                      {"100409", "100409"},
                                      {"1004", "1004"}}) {
    auto picture = *from_hex(before);
    defuse(picture);
    EXPECT_EQ(to_hex(picture), after);
  }
}

}  // namespace
}  // namespace kiosk::drivers::escpos
