#include "firmware/updater/turn.hpp"

#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include "hal/base/bytes.hpp"
#include "hal/base/file.hpp"

namespace kiosk::updater {
namespace {

using namespace std::chrono_literals;

constexpr const char* turn_file = "turn";      ///< locked by who works; its text is who that is
constexpr const char* claim_file = "claimed";  ///< locked by a person who waits for it

/// The lock on a file, `how` as flock(2) has it; `busy` another one has it.
Result<Fd> lock(const std::filesystem::path& file, int how = LOCK_EX) {
  Fd fd(::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (!fd) return fail(Errc::storage, file.string() + ": " + std::strerror(errno));
  if (::flock(fd.get(), how | LOCK_NB) == 0) return fd;
  if (errno != EWOULDBLOCK) return fail(Errc::storage, file.string() + ": " + std::strerror(errno));
  const auto who = read_file(file, 256);
  return fail(Errc::busy, (who && !who->empty() ? *who : "another program") + " is at work");
}

Result<Fd> lock_as(const std::filesystem::path& file, const std::string& who) {
  Fd fd = TRY(lock(file));
  if (::ftruncate(fd.get(), 0) != 0) return fail(Errc::storage, file.string() + ": " + std::strerror(errno));
  TRY(write_all(fd.get(), as_bytes(who)));
  return fd;
}

/// The same as soon as another one gives it up.
Result<Fd> await_lock(const std::filesystem::path& file, const std::string& who, const Wait& wait) {
  for (;;) {
    auto held = lock_as(file, who);
    if (held || held.error().code != Errc::busy) return held;
    const auto slept = wait.sleep(100ms);
    if (slept) continue;
    return slept.error().code == Errc::timed_out ? std::move(held) : std::unexpected(slept.error());
  }
}

}  // namespace

Result<Turn> Turn::take(const std::filesystem::path& folder, const std::string& who) {
  TRY(lock(folder / claim_file));  // for this moment only: a person goes first
  Fd held = TRY(lock_as(folder / turn_file, who));
  return Turn(folder, std::move(held));
}

Result<Turn> Turn::claim(const std::filesystem::path& folder, const std::string& who, const Wait& wait) {
  // Who works locks the claim for moments, to see whether there is one.
  const Fd claimed = TRY(await_lock(folder / claim_file, who, wait));
  Fd held = TRY(await_lock(folder / turn_file, who, wait));
  return Turn(folder, std::move(held));
}

bool Turn::wanted() const {
  const auto free = lock(folder_ / claim_file, LOCK_SH);  // so that two who only look see nobody
  return !free && free.error().code == Errc::busy;
}

}  // namespace kiosk::updater
