#include "drivers/sdl/waiting.hpp"

#include <array>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include <sys/eventfd.h>
#include <unistd.h>

namespace kiosk::drivers {
namespace {

int tell(void* fd, SDL_Event*) {
  const std::uint64_t one = 1;
  // A full eventfd is readable already.
  [[maybe_unused]] const auto written = ::write(*static_cast<int*>(fd), &one, sizeof one);
  return 0;
}

/// What SDL's evdev code reads touches and keys from.
std::vector<int> input_files() {
  std::vector<int> files;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator("/proc/self/fd", error)) {
    const auto target = std::filesystem::read_symlink(entry.path(), error).string();
    if (target.starts_with("/dev/input/event")) files.push_back(std::stoi(entry.path().filename().string()));
  }
  return files;
}

}  // namespace

Waiting::Waiting() {
  const std::string_view driver = SDL_GetCurrentVideoDriver();
  sdl_blocks_ = driver == "x11" || driver == "wayland";
  if (sdl_blocks_) return;
  pushed_ = Fd(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
  sources_.push_back({.fd = pushed_.get(), .events = POLLIN, .revents = 0});
  for (const int file : input_files()) sources_.push_back({.fd = file, .events = POLLIN, .revents = 0});
  SDL_AddEventWatch(tell, &sources_.front().fd);
}

Waiting::~Waiting() {
  if (!sdl_blocks_) SDL_DelEventWatch(tell, &sources_.front().fd);
}

std::optional<SDL_Event> Waiting::next(Steady::time_point until) {
  return sdl_blocks_ ? next_of_sdl(until) : next_by_poll(until);
}

std::optional<SDL_Event> Waiting::next_of_sdl(Steady::time_point until) {
  SDL_Event event;
  do {
    if (SDL_WaitEventTimeout(&event, Wait{.until = until}.left_ms()) != 0) return event;
  } while (Steady::now() < until);
  return std::nullopt;
}

std::optional<SDL_Event> Waiting::next_by_poll(Steady::time_point until) {
  // SDL tells its watchers of an event before it is in the queue: after such a word look again soon, for a
  // while.
  constexpr int looks_after_word = 50;
  int soon = 0;
  while (true) {
    std::uint64_t count = 0;
    // First empty the eventfd, then look: an event pushed in between fills it again.
    if (::read(pushed_.get(), &count, sizeof count) > 0) soon = looks_after_word;
    SDL_Event event;
    // Not SDL_PollEvent: it puts a sentinel behind every look, which would wake us again.
    SDL_PumpEvents();
    if (SDL_PeepEvents(&event, 1, SDL_GETEVENT, SDL_FIRSTEVENT, SDL_LASTEVENT) > 0) return event;
    if (Steady::now() >= until) return std::nullopt;
    const int wait_ms = soon > 0 ? 1 : Wait{.until = until}.left_ms();
    if (::poll(sources_.data(), sources_.size(), wait_ms) == 0 && soon > 0) --soon;
    for (auto& source : sources_) {
      if ((source.revents & (POLLERR | POLLHUP | POLLNVAL)) != 0) source.fd = -1;  // unplugged: poll skips it
    }
  }
}

}  // namespace kiosk::drivers
