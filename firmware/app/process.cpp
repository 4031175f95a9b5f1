#include "firmware/app/process.hpp"

#include <csignal>
#include <cstdlib>

#include <malloc.h>
#include <poll.h>
#include <sys/signalfd.h>

#include "firmware/app/glass.hpp"
#include "hal/base/thread_name.hpp"

namespace kiosk::app {

void settle_process() {
  // What libraries read from the environment is not a kiosk's to choose: its language is its own setting, and
  // X11's table of composed keys takes longer to read than the first picture has.
  ::setenv("LC_ALL", "C", 1);
  ::setenv("XCOMPOSEFILE", "/dev/null", 1);
  // Pictures of 8 MB go back to the system when they are freed, and eight threads that mostly sleep need no
  // heaps of their own.
  ::mallopt(M_MMAP_THRESHOLD, 256 * 1024);
  ::mallopt(M_ARENA_MAX, 2);
}

EndSignals::EndSignals() {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGTERM);
  sigaddset(&set, SIGINT);
  ::pthread_sigmask(SIG_BLOCK, &set, nullptr);
  fd_ = Fd(::signalfd(-1, &set, SFD_CLOEXEC));
}

std::jthread EndSignals::watch(Glass& glass) const {
  return std::jthread([&glass, fd = fd_.get()](const std::stop_token& stop) {
    name_thread("signals");
    if (poll_fd(fd, POLLIN, Wait{.stop = stop})) glass.stop();
  });
}

}  // namespace kiosk::app
