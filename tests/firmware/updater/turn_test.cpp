// The service and a stick never work at once.

#include "firmware/updater/turn.hpp"

#include <thread>

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/file.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/support/temporary_folder.hpp"

namespace kiosk::updater {
namespace {

using namespace std::chrono_literals;

TEST(ATurn, IsOnesAlone) {
  const testing::TemporaryFolder folder;
  {
    const auto service = Turn::take(folder.path(), "the update service");
    ASSERT_TRUE(service);
    const auto second = Turn::take(folder.path(), "another");
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().code, Errc::busy);
    EXPECT_EQ(second.error().what, "the update service is at work");
    const auto claimed = Turn::claim(folder.path(), "a stick", Wait::of(300ms));
    ASSERT_FALSE(claimed);
    EXPECT_EQ(claimed.error().what, "the update service is at work");
  }
  EXPECT_TRUE(Turn::take(folder.path(), "another"));
}

TEST(ATurn, IsGivenToAPersonFirst) {
  const testing::TemporaryFolder folder;
  auto service = Turn::take(folder.path(), "the update service");
  ASSERT_TRUE(service);
  EXPECT_FALSE(service->wanted());
  Result<Turn> stick = fail(Errc::internal, "not yet");
  std::jthread person([&] { stick = Turn::claim(folder.path(), "a stick", Wait::of(60s)); });
  while (!service->wanted()) std::this_thread::yield();
  service = fail(Errc::busy, "given up");
  person.join();
  ASSERT_TRUE(stick) << stick.error().what;
  EXPECT_EQ(Turn::take(folder.path(), "the update service").error().what, "a stick is at work");
}

TEST(ATurn, IsClaimedAlsoAtTheMomentAtWhichSomebodyLooksWhetherItIs) {
  const testing::TemporaryFolder folder;
  Fd looks(::open((folder / "claimed").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
  ASSERT_EQ(::flock(looks.get(), LOCK_SH), 0);
  Result<Turn> stick = fail(Errc::internal, "not yet");
  std::jthread person([&] { stick = Turn::claim(folder.path(), "a stick", Wait::of(60s)); });
  std::this_thread::sleep_for(300ms);  // long enough for a claim that does not wait to have been refused
  looks = Fd();
  person.join();
  EXPECT_TRUE(stick) << stick.error().what;
}

TEST(ATurn, EndsWithItsProgram) {
  const testing::TemporaryFolder folder;
  const auto child = ::fork();
  if (child == 0) {
    const auto turn = Turn::take(folder.path(), "a program that dies");
    ::_exit(turn ? 0 : 1);
  }
  int status = 1;
  ::waitpid(child, &status, 0);
  ASSERT_EQ(status, 0);
  EXPECT_TRUE(Turn::take(folder.path(), "the next"));
}

TEST(ATurn, NeedsAFolder) {
  EXPECT_EQ(Turn::take("/nowhere", "x").error().code, Errc::storage);
  EXPECT_EQ(Turn::claim("/nowhere", "x", Wait::of(1s)).error().code, Errc::storage);
}

}  // namespace
}  // namespace kiosk::updater
