#include "drivers/confined/room.hpp"

#include <array>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <sstream>
#include <thread>

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

namespace kiosk::drivers::confined {
namespace {

using namespace std::chrono_literals;

const Bounds ample{.most_bytes = std::size_t{8} << 20, .longest = 60s};

Room plugin(const std::string& how = "") {
  return Room({.file = "confined-plugin", .arguments = {how}});
}

Result<std::string> ask(Room& room, std::string_view question, const Bounds& bounds = ample,
                        const Wait& wait = Wait::of(60s)) {
  const auto answer = TRY(room.ask({as_bytes(question)}, bounds, wait));
  return std::string(as_text(answer));
}

Errc error_of(const Result<std::string>& answer) {
  return answer ? Errc::went_back : answer.error().code;  // an error that no room gives
}

/// The programs that this one has started and that have not been waited for.
std::set<pid_t> children() {
  std::set<pid_t> all;
  for (const auto& thread : std::filesystem::directory_iterator("/proc/self/task")) {
    std::ifstream list(thread.path() / "children");
    all.insert(std::istream_iterator<pid_t>(list), {});
  }
  return all;
}

bool alive(pid_t pid) {
  std::ifstream file("/proc/" + std::to_string(pid) + "/stat");
  std::string number, name, state;
  return file >> number >> name >> state && state != "Z" && state != "X";
}

/// Whether it computes for a tenth of a second or longer: none here has so much to do but one that hangs.
bool hangs(pid_t pid) {
  std::ifstream file("/proc/" + std::to_string(pid) + "/stat");
  std::string field;
  for (int i = 1; i < 14 && file >> field; i++) {
  }
  long ticks = 0;
  return file >> ticks && ticks * 10 > ::sysconf(_SC_CLK_TCK);
}

/// A question that makes the program send these bytes.
std::string say(const Header& header, std::string_view rest = "") {
  const auto head = bytes_of(header);
  return "say " + std::string(head.begin(), head.end()) + std::string(rest);
}

TEST(Room, AnswersAndStaysForTheNextQuestion) {
  auto room = plugin();
  EXPECT_EQ(ask(room, "echo"), "echo");
  const std::string large = "echo" + std::string(5'000'000, 'x');
  EXPECT_EQ(ask(room, large), large);
  EXPECT_EQ(ask(room, "count"), "3");
}

TEST(Room, AQuestionMayComeInPieces) {
  auto room = plugin();
  const auto answer = room.ask({as_bytes("ec"), {}, as_bytes("ho!")}, ample, Wait::of(60s));
  ASSERT_TRUE(answer) << answer.error().what;
  EXPECT_EQ(as_text(*answer), "echo!");
}

TEST(Room, ARefusalCostsTheQuestionAndNotTheProgram) {
  auto room = plugin();
  EXPECT_EQ(error_of(ask(room, "refuse")), Errc::malformed);
  EXPECT_EQ(error_of(ask(room, "fail")), Errc::internal);
  EXPECT_EQ(ask(room, "count"), "3");
}

class Misbehaviour : public ::testing::TestWithParam<std::string> {};

// One question in a fresh room has the number 1.
TEST_P(Misbehaviour, CostsTheQuestionAndTheNextGoesToANewProgram) {
  auto room = plugin();
  ASSERT_TRUE(room.open(Wait::of(60s)));
  EXPECT_EQ(error_of(ask(room, GetParam(), {.most_bytes = 1000, .longest = 2s})), Errc::malformed);
  EXPECT_EQ(ask(room, "count"), "1");
}

INSTANTIATE_TEST_SUITE_P(
    Room, Misbehaviour,
    ::testing::Values("crash", "leave", "leave badly", "hang", say({.number = 1, .size = 1001}),
                      say({.number = 1, .size = 0xFFFFFFFF}), say({.number = 2}), say({.number = 0}),
                      say({.number = 1}, "more"), say({.number = 1}, say({.number = 1})),
                      say({.number = 1, .size = 9}, "half"), say({.number = 1, .verdict = Verdict{0}}),
                      say({.number = 1, .verdict = Verdict{4}}),
                      say({.number = 1, .verdict = Verdict::refused, .size = 1}, "!"),
                      std::string("say half")));

class Forbidden : public ::testing::TestWithParam<const char*> {};

TEST_P(Forbidden, EndsTheProgramAndNothingElse) {
  auto room = plugin();
  const auto answer = ask(room, GetParam());
  ASSERT_EQ(error_of(answer), Errc::malformed);
  EXPECT_TRUE(answer.error().what.ends_with("signal " + std::to_string(SIGSYS))) << answer.error().what;
  EXPECT_EQ(ask(room, "count"), "1");
}

INSTANTIATE_TEST_SUITE_P(Room, Forbidden,
                         ::testing::Values("open", "socket", "connect", "fork", "exec", "kill", "kill all",
                                           "ptrace", "prctl", "ioctl", "write", "read", "send elsewhere",
                                           "send out of band", "peek", "hand over", "duplicate", "code",
                                           "code later", "map a file"));

TEST(Room, MoreMemoryThanItMayHaveIsNotToBeHad) {
  auto room = plugin();
  EXPECT_EQ(error_of(ask(room, "memory")), Errc::internal);
  EXPECT_EQ(ask(room, "echo"), "echo");
}

TEST(Room, TheProgramHasOneSocketAndNothingOfOurs) {
  const Fd left_open(::dup(2));  // without close-on-exec, as a library may leave one
  ::setenv("KIOSK_SECRET", "of ours", 1);
  auto room = plugin();
  EXPECT_EQ(ask(room, "belongings"), "0\n1\n2\nGLIBC_TUNABLES=glibc.malloc.tcache_count=0\n");
  ::unsetenv("KIOSK_SECRET");
}

TEST(Room, TheKernelSaysThatItIsClosed) {
  auto room = plugin();
  ASSERT_TRUE(room.open(Wait::of(60s)));
  const auto all = children();
  ASSERT_EQ(all.size(), 1U);
  std::ifstream file("/proc/" + std::to_string(*all.begin()) + "/status");
  std::ostringstream status;
  status << file.rdbuf();
  EXPECT_NE(status.str().find("\nSeccomp:\t2\n"), std::string::npos) << status.str();
  EXPECT_NE(status.str().find("\nNoNewPrivs:\t1\n"), std::string::npos) << status.str();
}

TEST(Room, AProgramThatCannotStartIsInternal) {
  for (const auto* how : {"early", "babble"}) {
    auto room = plugin(how);
    EXPECT_EQ(error_of(ask(room, "echo")), Errc::internal) << how;
    EXPECT_EQ(children(), std::set<pid_t>()) << how;
  }
  Room nowhere({.file = "no-such-program"});
  EXPECT_EQ(error_of(ask(nowhere, "echo")), Errc::internal);
}

TEST(Room, AProgramThatIsNeverReadyIsNotWaitedForLongerThanTheCallerWaits) {
  auto room = plugin("mute");
  EXPECT_EQ(error_of(ask(room, "echo", ample, Wait::of(100ms))), Errc::timed_out);
  EXPECT_EQ(children(), std::set<pid_t>());
}

TEST(Room, AStopEndsAQuestionAndTheProgram) {
  auto room = plugin();
  ASSERT_TRUE(room.open(Wait::of(60s)));
  std::stop_source session;
  std::jthread citizen([&session] {
    std::this_thread::sleep_for(50ms);
    session.request_stop();
  });
  EXPECT_EQ(error_of(ask(room, "hang", ample, Wait::of(60s, session.get_token()))), Errc::cancelled);
  EXPECT_EQ(children(), std::set<pid_t>());
  EXPECT_EQ(ask(room, "count"), "1");
}

TEST(Room, AProgramThatNobodyAsksGoesAndComesBack) {
  auto room = plugin("restless");
  EXPECT_EQ(ask(room, "count"), "1");
  const auto deadline = Wait::of(60s);
  while (!children().empty()) ASSERT_TRUE(deadline.sleep(20ms)) << "it is still there";
  EXPECT_EQ(ask(room, "count"), "1");
}

TEST(Room, TheProgramEndsWithTheRoom) {
  {
    auto room = plugin();
    ASSERT_TRUE(room.open(Wait::of(60s)));
    EXPECT_EQ(children().size(), 1U);
  }
  EXPECT_EQ(children(), std::set<pid_t>());
}

TEST(Room, TheThreadThatOpenedItMayEnd) {
  auto room = plugin();
  std::jthread([&room] { EXPECT_EQ(ask(room, "count"), "1"); }).join();
  EXPECT_EQ(ask(room, "count"), "2");
}

// Even one that is busy and would not see its socket's end.
TEST(Room, TheProgramDiesWithUs) {
  std::array<int, 2> ends{-1, -1};
  ASSERT_EQ(::pipe(ends.data()), 0);
  const Fd from(ends[0]);
  const Fd to(ends[1]);
  const pid_t parent = ::fork();
  ASSERT_GE(parent, 0);
  if (parent == 0) {
    auto room = plugin();
    if (!room.open(Wait::of(60s))) ::_exit(1);
    const pid_t program = *children().begin();
    (void)!::write(to.get(), &program, sizeof(program));
    (void)ask(room, "hang");
    ::_exit(2);
  }
  pid_t program = 0;
  ASSERT_EQ(::read(from.get(), &program, sizeof(program)), ssize_t{sizeof(program)});
  const auto deadline = Wait::of(20s);
  while (!hangs(program)) ASSERT_TRUE(deadline.sleep(20ms)) << "it does not hang";
  ::kill(parent, SIGKILL);
  ::waitpid(parent, nullptr, 0);
  while (alive(program) && deadline.sleep(20ms)) {
  }
  const bool outlived = alive(program);
  if (outlived) ::kill(program, SIGKILL);  // nobody else would
  EXPECT_FALSE(outlived);
}

}  // namespace
}  // namespace kiosk::drivers::confined
