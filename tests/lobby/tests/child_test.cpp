#include "tests/lobby/wire/child.hpp"

#include <csignal>
#include <filesystem>
#include <fstream>
#include <thread>

#include <gtest/gtest.h>

namespace kiosk::lobby {
namespace {

using namespace std::chrono_literals;
namespace fs = std::filesystem;

Wait patience() {
  return Wait::of(20s);
}

std::string temporary_file(const std::string& name) {
  return (fs::path(testing::TempDir()) / (name + std::to_string(::getpid()))).string();
}

std::string text_of(const std::string& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

TEST(Child, TellsHowItEnded) {
  auto child = Child::start({.command = {"/bin/sh", "-c", "exit 7"}});
  ASSERT_TRUE(child) << child.error().what;
  EXPECT_EQ(child->wait(patience()).value(), 7);
  EXPECT_FALSE(child->running());
  EXPECT_EQ(child->wait(patience()).value(), 7) << "and keeps telling";
}

TEST(Child, OfAProgramThatIsNotThereIsAnError) {
  const auto child = Child::start({.command = {"/no/such/program"}});
  ASSERT_FALSE(child);
  EXPECT_EQ(child.error().code, Errc::not_present);
}

TEST(Child, IsEndedWithItsOwner) {
  pid_t pid = 0;
  {
    auto child = Child::start({.command = {"/bin/sleep", "600"}});
    ASSERT_TRUE(child);
    pid = child->pid();
    EXPECT_TRUE(child->running());
  }
  EXPECT_EQ(::kill(pid, 0), -1);
}

TEST(Child, ThatIgnoresTheRequestIsKilled) {
  auto child = Child::start({.command = {"/bin/sleep", "600"}});
  ASSERT_TRUE(child);
  child->kill();
  EXPECT_EQ(child->wait(patience()).value(), 128 + SIGKILL);
}

TEST(Child, EndsWithTheThreadThatStartedIt) {
  Child child;
  std::thread starter([&] { child = Child::start({.command = {"/bin/sleep", "600"}}).value(); });
  starter.join();
  EXPECT_EQ(child.wait(patience()).value(), 128 + SIGKILL);
}

TEST(Child, GetsItsEnvironmentAndItsLog) {
  const auto log = temporary_file("child-log-");
  ::setenv("CHILD_TEST", "theirs", 1);
  auto child =
      Child::start({.command = {"/bin/sh", "-c", "echo $CHILD_TEST $(ps -o pgid= -p $$ | tr -d ' ') $$"},
                    .environment = {"CHILD_TEST=ours"},
                    .log = log});
  ASSERT_TRUE(child);
  const auto pid = std::to_string(child->pid());
  EXPECT_EQ(child->wait(patience()).value(), 0);
  EXPECT_EQ(text_of(log), "ours " + pid + " " + pid + "\n") << "in a process group of its own";
  fs::remove(log);
}

}  // namespace
}  // namespace kiosk::lobby
