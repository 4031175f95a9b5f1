#include "hal/base/result.hpp"

#include <memory>

#include <gtest/gtest.h>

namespace kiosk {
namespace {

Result<int> half(int number) {
  if (number % 2 != 0) return fail(Errc::malformed, "odd");
  return number / 2;
}

Result<int> quarter(int number) {
  const int first = TRY(half(number));
  return TRY(half(first));
}

Result<void> check(int number) {
  TRY(half(number));
  return {};
}

TEST(Result, TryHandsTheValueOn) {
  EXPECT_EQ(quarter(12), 3);
}

TEST(Result, TryReturnsTheFirstError) {
  EXPECT_EQ(quarter(6).error(), (Error{Errc::malformed, "odd"}));
  EXPECT_EQ(check(3).error().code, Errc::malformed);
  EXPECT_TRUE(check(4));
}

TEST(Result, AnErrorSaysWhereItHappened) {
  EXPECT_EQ(Error(Errc::unplugged, "no answer").in("port").in("reader").what, "reader: port: no answer");
}

TEST(Result, TryMovesWhatCannotBeCopied) {
  const auto make = []() -> Result<std::unique_ptr<int>> { return std::make_unique<int>(5); };
  const auto pass = [&]() -> Result<std::unique_ptr<int>> {
    auto value = TRY(make());
    return value;
  };
  EXPECT_EQ(**pass(), 5);
}

}  // namespace
}  // namespace kiosk
