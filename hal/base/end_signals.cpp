#include "hal/base/end_signals.hpp"

#include <csignal>
#include <thread>

namespace kiosk {

std::stop_token stopped_by(std::initializer_list<int> signals) {
  sigset_t ending;
  sigemptyset(&ending);
  for (const int signal : signals) sigaddset(&ending, signal);
  ::pthread_sigmask(SIG_BLOCK, &ending, nullptr);
  std::stop_source stop;
  std::thread([ending, stop]() mutable {
    int signal = 0;
    if (::sigwait(&ending, &signal) == 0) stop.request_stop();
  }).detach();
  return stop.get_token();
}

}  // namespace kiosk
