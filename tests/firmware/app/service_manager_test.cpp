#include "firmware/app/service_manager.hpp"

#include <array>
#include <cstdlib>
#include <cstring>

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "hal/base/fd.hpp"
#include "tests/support/temporary_folder.hpp"

namespace kiosk::app {
namespace {

using namespace std::chrono_literals;

/// The manager's end: a datagram socket, and the variables that it gives a service.
class Manager {
 public:
  explicit Manager(const char* watchdog_usec = nullptr) {
    const auto path = (folder_.path() / "notify").string();
    sockaddr_un address{.sun_family = AF_UNIX, .sun_path = {}};
    std::strncpy(address.sun_path, path.c_str(), sizeof address.sun_path - 1);
    EXPECT_EQ(::bind(socket_.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
    ::setenv("NOTIFY_SOCKET", path.c_str(), 1);
    if (watchdog_usec != nullptr) ::setenv("WATCHDOG_USEC", watchdog_usec, 1);
  }
  ~Manager() {
    for (const auto* name : {"NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID"}) ::unsetenv(name);
  }
  Manager(const Manager&) = delete;
  Manager& operator=(const Manager&) = delete;

  /// The next message; empty when there is none.
  std::string heard() const {
    std::array<char, 200> bytes{};
    const auto size = ::recv(socket_.get(), bytes.data(), bytes.size(), MSG_DONTWAIT);
    return size > 0 ? std::string(bytes.data(), static_cast<std::size_t>(size)) : "";
  }

 private:
  testing::TemporaryFolder folder_;
  Fd socket_{::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0)};
};

TEST(ServiceManager, HearsOnceThatThePictureCanBeSeen) {
  const Manager manager;
  auto ours = ServiceManager::from_environment();
  ours.ready();
  ours.ready();
  EXPECT_TRUE(manager.heard().starts_with("READY=1\n"));
  EXPECT_EQ(manager.heard(), "");
}

TEST(ServiceManager, HearsAtHalfTimeThatTheLoopTurns) {
  const Manager manager("20000000");
  auto ours = ServiceManager::from_environment();
  const auto now = Steady::now();
  ours.alive(now);
  EXPECT_EQ(manager.heard(), "") << "too early";
  EXPECT_NEAR(std::chrono::duration<double>(ours.next_alive() - now).count(), 10, 1);
  ours.alive(now + 11s);
  EXPECT_EQ(manager.heard(), "WATCHDOG=1");
  EXPECT_EQ(ours.next_alive(), now + 21s);
}

TEST(ServiceManager, WithoutOneNothingIsDue) {
  auto ours = ServiceManager::from_environment();
  ours.ready();
  ours.alive(Steady::now() + 1h);
  EXPECT_EQ(ours.next_alive(), Steady::time_point::max());
}

TEST(ServiceManager, AWatchdogForAnotherProcessIsNotOurs) {
  const Manager manager("20000000");
  ::setenv("WATCHDOG_PID", "1", 1);
  EXPECT_EQ(ServiceManager::from_environment().next_alive(), Steady::time_point::max());
}

TEST(ServiceManager, OneThatWentAwayHoldsNobodyUp) {
  {
    const Manager manager;
  }
  ::setenv("NOTIFY_SOCKET", "/nowhere/notify", 1);
  auto ours = ServiceManager::from_environment();
  ours.ready();
  ::unsetenv("NOTIFY_SOCKET");
}

}  // namespace
}  // namespace kiosk::app
