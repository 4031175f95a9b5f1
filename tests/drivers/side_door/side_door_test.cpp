#include "drivers/side_door/side_door.hpp"

#include <thread>

#include <gtest/gtest.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>

#include "drivers/side_door/lines.hpp"
#include "drivers/side_door/wire.hpp"
#include "tests/support/fake_citizens_side.hpp"
#include "tests/support/must.hpp"
#include "tests/support/temporary_folder.hpp"

namespace kiosk::drivers {
namespace {

using namespace std::chrono_literals;
using namespace side_door;
using kiosk::testing::must;

class Door : public ::testing::Test {
 protected:
  Wait patience() const { return Wait::of(20s); }

  Fd knock() {
    Fd fd(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    const auto address = address_of(socket).value();
    EXPECT_EQ(::connect(fd.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
    return fd;
  }

  /// What the program says to a line that somebody writes by hand.
  std::string says_to(const std::string& line) {
    const auto fd = knock();
    EXPECT_TRUE(send_line(fd, line, patience()));
    const auto answer = receive_line(fd, patience());
    return answer ? *answer : std::string(name_of(answer.error().code));
  }

  kiosk::testing::TemporaryFolder folder;
  std::filesystem::path socket = folder / "side";
  kiosk::testing::FakeCitizensSide side;
  std::unique_ptr<SideDoor> door = must(SideDoor::open(socket, side));
  std::unique_ptr<hal::CitizensSide> outside = make_side_door(socket);
};

TEST_F(Door, WhatIsAskedOutsideIsAnsweredInside) {
  side.now = {.somebody = false, .nobody_for = 61s};
  EXPECT_EQ(must(outside->attendance(patience())), side.now);
  side.now = {.somebody = true};
  EXPECT_EQ(must(outside->attendance(patience())), side.now);
  EXPECT_EQ(must(outside->vitals(patience())), side.well);
  side.well = {};
  EXPECT_EQ(must(outside->vitals(patience())), side.well);
}

TEST_F(Door, ClosesForATimeAndOpensAgain) {
  ASSERT_TRUE(outside->stay_closed(5min, patience()));
  EXPECT_EQ(side.closed_for(), 5min);
  ASSERT_TRUE(outside->stay_closed(120min, patience()));
  EXPECT_EQ(side.closed_for(), 120min);
  ASSERT_TRUE(outside->open(patience()));
  EXPECT_FALSE(side.closed_for());
}

TEST_F(Door, TheRecordsAreSettledFromOutside) {
  side.program_schema = 4;
  ASSERT_TRUE(outside->settle(patience()));
  EXPECT_EQ(must(outside->vitals(patience())).data_schema, 4);
  EXPECT_EQ(read_done(R"({"error":"storage","what":"the disk is full"})").error().code, Errc::storage);
}

TEST_F(Door, WhoeverIsServedIsNotDisturbed) {
  side.now = {.somebody = true};
  EXPECT_EQ(outside->stay_closed(5min, patience()).error().code, Errc::busy);
  EXPECT_FALSE(side.was_closed());
}

TEST_F(Door, WhatNobodyUnderstandsIsSaidSoAndTheNextIsServed) {
  for (const std::string line :
       {"", "{", "[]", "null", R"({"ask":7})", R"({"ask":"dance"})", R"({"ask":"stay_closed"})",
        R"({"ask":"stay_closed","minutes":0})", R"({"ask":"stay_closed","minutes":121})",
        R"({"ask":"stay_closed","minutes":-3})", R"({"ask":"stay_closed","minutes":"5"})",
        R"({"ask":"stay_closed","minutes":1e300})", "\xFF\xFE"}) {
    EXPECT_NE(says_to(line + "\n").find(R"("error":"malformed")"), std::string::npos) << line;
    EXPECT_FALSE(side.was_closed()) << line;
  }
  EXPECT_EQ(says_to(std::string(100'000, 'x')), "unreachable") << "it hangs up";
  EXPECT_TRUE(outside->attendance(patience()));
}

TEST_F(Door, WhoeverSaysNothingDoesNotBlockItForLong) {
  const auto mute = knock();
  EXPECT_TRUE(outside->attendance(patience()));
}

TEST_F(Door, WhoeverHangsUpBeforeTheyHeardItHasNotClosedIt) {
  for (const bool answer_was_there : {false, true}) {
    {
      const auto asker = knock();
      ASSERT_TRUE(send_line(asker, ask_stay_closed(5min), patience()));
      if (answer_was_there) {
        ASSERT_TRUE(poll_fd(asker.get(), POLLIN, patience()));
      }
    }
    ASSERT_TRUE(outside->attendance(patience()));  // one after the other: that one has been attended to
    EXPECT_TRUE(side.was_closed());
    EXPECT_FALSE(side.closed_for());
  }
}

TEST_F(Door, OthersMayNotEvenKnock) {
  struct stat about{};
  ASSERT_EQ(::stat(socket.c_str(), &about), 0);
  EXPECT_EQ(about.st_mode & 0777U, 0660U);
}

TEST_F(Door, AProgramThatDoesNotRunOrDoesNotAnswerIsUnreachable) {
  door.reset();
  EXPECT_EQ(outside->attendance(patience()).error().code, Errc::unreachable);
  EXPECT_EQ(make_side_door("/nowhere/side")->vitals(patience()).error().code, Errc::unreachable);
  EXPECT_EQ(make_side_door(std::string(200, 'x'))->vitals(patience()).error().code, Errc::unreachable);
  door = must(SideDoor::open(socket, side));  // over what was left there
  EXPECT_TRUE(outside->attendance(patience()));
  side.answers = false;
  EXPECT_EQ(outside->vitals(patience()).error().code, Errc::unreachable);
}

TEST_F(Door, AStopIsHeeded) {
  std::stop_source stop;
  stop.request_stop();
  EXPECT_EQ(outside->attendance({.stop = stop.get_token()}).error().code, Errc::cancelled);
}

TEST(SideDoorAnswers, WhatIsNoAnswerIsMalformed) {
  for (const std::string_view line : {"", "{", "[]", "{}", R"({"somebody":1,"nobody_for_ms":1})",
                                      R"({"somebody":true})", R"({"somebody":false,"nobody_for_ms":-1})",
                                      R"({"somebody":false,"nobody_for_ms":18446744073709551615})",
                                      R"({"error":"no such word"})", R"({"error":7})"}) {
    EXPECT_EQ(read_attendance(line).error().code, Errc::malformed) << line;
    EXPECT_EQ(read_vitals(line).error().code, Errc::malformed) << line;
  }
  EXPECT_EQ(read_done(R"({"error":"busy","what":"somebody"})").error().code, Errc::busy);
  EXPECT_EQ(read_done(R"({"error":"busy","what":[]})").error().code, Errc::busy);
  EXPECT_TRUE(read_done("{}"));
}

}  // namespace
}  // namespace kiosk::drivers
