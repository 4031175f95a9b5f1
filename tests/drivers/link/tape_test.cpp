#include "drivers/link/tape.hpp"

#include <sstream>

#include <gtest/gtest.h>

#include "drivers/link/serial.hpp"
#include "tests/lobby/wire/pty.hpp"

namespace kiosk::drivers {
namespace {

using namespace std::chrono_literals;

Wait patience() {
  return Wait::of(10s);
}

TEST(Tape, WhatWasRecordedPlaysAgain) {
  std::ostringstream tape;
  {
    lobby::Pty pty;
    const auto link = recorded_link(serial_link(pty.path(), 9600), tape)->open(patience());
    ASSERT_TRUE(link);
    ASSERT_TRUE((*link)->write(as_bytes("question"), patience()));
    ASSERT_TRUE(pty.write(as_bytes("answer"), patience()));
    for (std::size_t got = 0; got < 6;) got += (*link)->read(6 - got, patience())->size();
    pty.unplug();
    EXPECT_EQ((*link)->read(1, patience()).error().code, Errc::unplugged);
  }
  const auto entries = parse_tape(tape.str());
  ASSERT_TRUE(entries) << entries.error().what;
  const auto link = replayed_link(*entries)->open(patience());
  ASSERT_TRUE(link);
  EXPECT_TRUE((*link)->write(as_bytes("question"), patience()));
  std::string got;
  while (got.size() < 6) got += as_text(*(*link)->read(4, patience()));
  EXPECT_EQ(got, "answer");
  EXPECT_EQ((*link)->read(1, patience()).error().code, Errc::unplugged);
}

TEST(Tape, AnotherWriteThanTheRecordedIsMalformed) {
  const auto link = replayed_link(*parse_tape("> 01 02\n< 03\n"))->open(patience());
  ASSERT_TRUE((*link)->write(Bytes{1}, patience()));  // in pieces, as the driver likes
  EXPECT_EQ((*link)->write(Bytes{7}, patience()).error().code, Errc::malformed);
}

TEST(Tape, AReadBeforeItsTimeWaitsInVain) {
  const auto link = replayed_link(*parse_tape("# note\n\n> 01\n< 02\n! timed_out\n< 03\n"))->open(patience());
  EXPECT_EQ((*link)->read(1, Wait::of(5ms)).error().code, Errc::timed_out);
  ASSERT_TRUE((*link)->write(Bytes{1}, patience()));
  EXPECT_EQ((*link)->read(9, patience()), Bytes{2});
  EXPECT_EQ((*link)->read(9, patience()).error().code, Errc::timed_out);
  (*link)->drain();
  EXPECT_EQ((*link)->read(9, patience()).error().code, Errc::unplugged);
}

TEST(Tape, ATapeIsPlayedOnce) {
  const auto opener = replayed_link({});
  EXPECT_TRUE(opener->open(patience()));
  EXPECT_EQ(opener->open(patience()).error().code, Errc::unplugged);
}

TEST(Tape, ABrokenLineIsNamed) {
  for (const auto* text :
       {"> 01\n< 0g\n", "> 01\n>\n", "> 01\n? 02\n", "> 01\n! jammed\n", "> 01\n< 012\n"}) {
    const auto tape = parse_tape(text);
    ASSERT_FALSE(tape) << text;
    EXPECT_EQ(tape.error().code, Errc::malformed);
    EXPECT_EQ(tape.error().what.find("line 2"), 0u) << tape.error().what;
  }
}

}  // namespace
}  // namespace kiosk::drivers
