// Who is answered at the side door: root, the program's own user and group, and nobody else, even where the
// file system lets everybody knock.

#include <array>

#include <gtest/gtest.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "drivers/side_door/lines.hpp"
#include "drivers/side_door/side_door.hpp"
#include "drivers/side_door/wire.hpp"
#include "tests/support/fake_citizens_side.hpp"
#include "tests/support/must.hpp"
#include "tests/support/temporary_folder.hpp"

namespace kiosk::drivers {
namespace {

using namespace side_door;
using kiosk::testing::must;

constexpr uid_t nobody = 65534;
constexpr gid_t nogroup = 65534;

int status_of(pid_t child) {
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

enum Told { answered, hung_up, not_let_in };

/// What a program of this user and group is told when it knocks.
int told(const std::filesystem::path& socket, uid_t user, gid_t group) {
  const auto address = address_of(socket).value();
  const auto line = ask_attendance();
  const pid_t child = ::fork();
  if (child != 0) return status_of(child);
  // The door's thread was left behind in the middle of something: system calls only.
  const int fd = ::socket(AF_UNIX, SOCK_STREAM, 0);
  if (::setgid(group) != 0 || ::setuid(user) != 0 ||
      ::connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    ::_exit(not_let_in);
  }
  char first = 0;
  const bool asked = ::send(fd, line.data(), line.size(), MSG_NOSIGNAL) > 0;
  ::_exit(asked && ::recv(fd, &first, 1, 0) == 1 ? answered : hung_up);
}

TEST(SideDoorAskers, OnlyRootAndItsOwnUserAndGroupAreAnswered) {
  const kiosk::testing::TemporaryFolder folder;
  const auto socket = folder / "side";
  kiosk::testing::FakeCitizensSide side;
  const auto door = must(SideDoor::open(socket, side));
  ASSERT_EQ(::chmod(folder.path().c_str(), 0755), 0);
  ASSERT_EQ(::chmod(socket.c_str(), 0666), 0);
  EXPECT_EQ(told(socket, ::geteuid(), ::getegid()), answered);
  if (::geteuid() == 0) {  // who is not root can be nobody else
    EXPECT_EQ(told(socket, nobody, ::getegid()), answered);
    EXPECT_EQ(told(socket, nobody, nogroup), hung_up);
  }
}

TEST(SideDoorAskers, RootIsAnsweredByAProgramOfAnotherUser) {
  if (::geteuid() != 0) GTEST_SKIP() << "only root can be two users";
  const kiosk::testing::TemporaryFolder folder;
  ASSERT_EQ(::chown(folder.path().c_str(), nobody, nobody), 0);
  std::array<int, 2> opened{}, enough{};
  ASSERT_TRUE(::pipe(opened.data()) == 0 && ::pipe(enough.data()) == 0);
  const pid_t program = ::fork();
  if (program == 0) {
    ::close(enough[1]);
    if (::setuid(nobody) != 0) ::_exit(1);
    kiosk::testing::FakeCitizensSide side;
    const auto door = SideDoor::open(folder / "side", side);
    char byte = 0;
    const bool told_so = door && ::write(opened[1], &byte, 1) == 1;
    ::_exit(told_so && ::read(enough[0], &byte, 1) == 0 ? 0 : 1);  // until the other end is closed
  }
  Fd still_needed(enough[1]);
  const Fd its_end(enough[0]), its_word(opened[1]), word(opened[0]);
  ASSERT_TRUE(poll_fd(word.get(), POLLIN, Wait::of(std::chrono::seconds(20))));
  EXPECT_TRUE(make_side_door(folder / "side")->attendance(Wait::of(std::chrono::seconds(20))));
  still_needed.reset();
  EXPECT_EQ(status_of(program), 0);
}

}  // namespace
}  // namespace kiosk::drivers
