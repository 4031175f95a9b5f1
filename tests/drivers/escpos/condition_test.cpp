#include "drivers/escpos/condition.hpp"

#include <gtest/gtest.h>

#include "hal/base/bytes.hpp"

namespace kiosk::drivers::escpos {
namespace {

using hal::Actor;
using hal::DeviceState;
using hal::Supply;

TEST(Condition, AllWell) {
  const auto condition = condition_of({});
  ASSERT_TRUE(condition);
  EXPECT_EQ(*condition, Condition{});
  EXPECT_TRUE(status_of(*condition).usable());
  EXPECT_TRUE(ready(*condition));
}

/// The bytes that printers out of paper answer to n = 1, 2, 4: 1A 32 7E.
TEST(Condition, PaperOut) {
  const auto condition = condition_of({.printer = 0x1A, .cause = 0x32, .paper = 0x7E});
  ASSERT_TRUE(condition);
  EXPECT_TRUE(condition->consistent());
  const auto status = status_of(*condition);
  EXPECT_EQ(status.state, DeviceState::user_error);
  EXPECT_EQ(status.paper, Supply::out);
  EXPECT_EQ(status.actor, Actor::clear);
  EXPECT_EQ(ready(*condition).error().code, Errc::out_of_supply);
}

struct Row {
  const char* what;
  StatusBytes bytes;
  Errc refusal;
  Actor actor;
  DeviceState state;
};

TEST(Condition, EachFaultHasItsErrorAndItsPerson) {
  const Row rows[] = {
      {"cover", {.printer = 0x1A, .cause = 0x16}, Errc::jammed, Actor::clear, DeviceState::user_error},
      {"cutter",
       {.printer = 0x3A, .cause = 0x52, .error = 0x1A},
       Errc::jammed,
       Actor::clear,
       DeviceState::user_error},
      {"broken",
       {.printer = 0x1A, .cause = 0x52, .error = 0x32},
       Errc::refused,
       Actor::maintenance,
       DeviceState::hardware_error},
      {"hot", {.printer = 0x1A, .cause = 0x52, .error = 0x52}, Errc::busy, Actor::none, DeviceState::offline},
      {"feed button", {.printer = 0x1A, .cause = 0x1A}, Errc::busy, Actor::none, DeviceState::offline},
      {"feed button, said to be on line",
       {.printer = 0x12, .cause = 0x1A},
       Errc::busy,
       Actor::none,
       DeviceState::offline},
      {"hot, said to be on line",
       {.printer = 0x12, .cause = 0x12, .error = 0x52},
       Errc::busy,
       Actor::none,
       DeviceState::offline},
      {"off line, no cause", {.printer = 0x1A}, Errc::busy, Actor::clear, DeviceState::offline},
      {"error, no cause",
       {.printer = 0x1A, .cause = 0x52},
       Errc::busy,
       Actor::clear,
       DeviceState::user_error},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.what);
    const auto condition = condition_of(row.bytes);
    ASSERT_TRUE(condition);
    ASSERT_FALSE(ready(*condition));
    EXPECT_EQ(ready(*condition).error().code, row.refusal);
    EXPECT_EQ(status_of(*condition).actor, row.actor);
    EXPECT_EQ(status_of(*condition).state, row.state);
  }
}

TEST(Condition, LowPaperPrintsAndCallsTheStaff) {
  const auto condition = condition_of({.paper = 0x1E});
  ASSERT_TRUE(condition && ready(*condition));
  EXPECT_EQ(status_of(*condition).paper, Supply::low);
  EXPECT_EQ(status_of(*condition).actor, Actor::clear);
  EXPECT_TRUE(status_of(*condition).usable());
}

TEST(Condition, AFaultOfAPrinterOnLineIsAContradiction) {
  EXPECT_FALSE(condition_of({.printer = 0x12, .cause = 0x16})->consistent());
  EXPECT_FALSE(condition_of({.printer = 0x12, .paper = 0x72})->consistent());
  EXPECT_TRUE(condition_of({.printer = 0x12, .paper = 0x1E})->consistent()) << "near end is no fault";
}

TEST(Condition, WrongFixedBitsAreNoStatus) {
  for (int value = 0; value < 256; ++value) {
    const auto byte = static_cast<std::uint8_t>(value);
    const bool valid = (value & 0x93) == 0x12;
    EXPECT_EQ(condition_of({.printer = byte}).has_value(), valid) << value;
    EXPECT_EQ(condition_of({.cause = byte}).has_value(), valid) << value;
    EXPECT_EQ(condition_of({.error = byte}).has_value(), valid) << value;
    if (valid) continue;
    EXPECT_EQ(condition_of({.paper = byte}).error().code, Errc::malformed) << value;
  }
}

TEST(Condition, PaperSensorsReportedTwiceMustAgree) {
  for (const auto byte : Bytes{0x16, 0x1A, 0x32, 0x52, 0x36}) EXPECT_FALSE(condition_of({.paper = byte}));
}

}  // namespace
}  // namespace kiosk::drivers::escpos
