#include "tests/image/run.hpp"

#include <chrono>
#include <cstdlib>

#include <fcntl.h>
#include <net/if.h>
#include <sched.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

namespace kiosk::image {

namespace fs = std::filesystem;

fs::path claims() {
  const auto* folder = std::getenv("KIOSK_CLAIMS");
  return folder == nullptr ? "" : folder;
}

Result<void> leave_network() {
  if (::unshare(CLONE_NEWNET) != 0) return fail(Errc::refused, "only root may leave the machine's network");
  const Fd socket(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));
  ifreq loopback{};
  loopback.ifr_name[0] = 'l';
  loopback.ifr_name[1] = 'o';
  loopback.ifr_flags = IFF_UP;
  if (::ioctl(socket.get(), SIOCSIFFLAGS, &loopback) != 0) return fail(Errc::refused, "there is no loopback");
  return {};
}

Result<Fd> lock(const fs::path& made, const Wait& wait) {
  fs::create_directories(made.parent_path());
  const auto file = made.string() + ".lock";
  Fd held(::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
  if (!held) return fail(Errc::storage, "cannot write " + file);
  while (::flock(held.get(), LOCK_EX | LOCK_NB) != 0) TRY(wait.sleep(std::chrono::milliseconds(500)));
  return held;
}

}  // namespace kiosk::image
