#include "drivers/escpos/answers.hpp"

#include <random>
#include <vector>

#include <gtest/gtest.h>

namespace kiosk::drivers::escpos {
namespace {

using Kind = Answer::Kind;

std::vector<Answer> answers_in(const std::vector<std::uint8_t>& bytes, int* noise = nullptr) {
  AnswerFilter filter;
  std::vector<Answer> all;
  for (const auto byte : bytes)
    if (const auto answer = filter.next(byte)) all.push_back(*answer);
  if (noise != nullptr) *noise = filter.noise();
  return all;
}

TEST(Answers, TellsTheThreeKindsApart) {
  const auto all = answers_in({0x12, 0x00, 0x14, 0x00, 0x00, 0x0F, 0x1A});
  ASSERT_EQ(all.size(), 4U);
  EXPECT_EQ(all[0].kind, Kind::realtime);
  EXPECT_EQ(all[1].kind, Kind::sensor);
  EXPECT_EQ(all[2].kind, Kind::unasked);
  EXPECT_EQ(all[3].kind, Kind::realtime);
  EXPECT_EQ(all[3].byte, 0x1A);
}

TEST(Answers, UnaskedStatusTellsOfCoverAndPaper) {
  EXPECT_EQ(answers_in({0x14, 0x00, 0x03, 0x0F}).at(0).byte, 0) << "near end only";
  EXPECT_EQ(answers_in({0x3C, 0x00, 0x00, 0x0F}).at(0).byte, 1) << "cover open";
  EXPECT_EQ(answers_in({0x1C, 0x00, 0x0C, 0x0F}).at(0).byte, 1) << "paper end";
}

TEST(Answers, ABrokenOffUnaskedStatusDoesNotSwallowWhatFollows) {
  int noise = 0;
  const auto all = answers_in({0x14, 0x00, 0x12}, &noise);
  ASSERT_EQ(all.size(), 1U);
  EXPECT_EQ(all[0].kind, Kind::realtime);
  EXPECT_EQ(noise, 2);
}

TEST(Answers, CountsWhatNoPrinterSends) {
  int noise = 0;
  EXPECT_TRUE(answers_in({0xE3, 0x80, 0xFF, 0x01, 0x11, 0x13}, &noise).empty());
  EXPECT_EQ(noise, 6);
}

TEST(Answers, AnyBytesEndInAnswersOrNoise) {
  std::mt19937 random(1);
  for (int round = 0; round < 1000; ++round) {
    std::vector<std::uint8_t> bytes(64);
    for (auto& byte : bytes) byte = static_cast<std::uint8_t>(random());
    int noise = 0;
    std::size_t accounted = 3;  // at most, in an unasked status that has begun
    for (const auto& answer : answers_in(bytes, &noise)) accounted += answer.kind == Kind::unasked ? 4 : 1;
    EXPECT_GE(accounted + static_cast<std::size_t>(noise), bytes.size());
  }
}

}  // namespace
}  // namespace kiosk::drivers::escpos
