#include "hal/base/latest.hpp"

#include <gtest/gtest.h>

namespace kiosk {
namespace {

TEST(Latest, TellsOfAChangeAndOfNothingElse) {
  Latest<int> value(1);
  int told = 0;
  value.on_change([&] { ++told; });
  value.set(1);
  EXPECT_EQ(told, 0);
  value.set(2);
  EXPECT_EQ(told, 1);
  EXPECT_EQ(value.get(), 2);
}

TEST(Latest, TellsNobodyWhoHasGone) {
  Latest<int> value(1);
  int told = 0;
  value.on_change([&] { ++told; });
  value.on_change({});
  value.set(2);
  EXPECT_EQ(told, 0);
}

}  // namespace
}  // namespace kiosk
