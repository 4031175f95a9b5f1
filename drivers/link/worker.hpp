#pragma once
// The thread that owns a device: it does what others ask, one thing after another, and looks after the device
// when nobody asks.

#include <functional>
#include <memory>
#include <thread>
#include <utility>

#include "hal/base/mailbox.hpp"
#include "hal/base/thread_name.hpp"

namespace kiosk::drivers {

class Worker {
 public:
  /// Looks after the device for a moment, then says how long it may be left alone. Runs at once, and again
  /// after that time without a job. Must end soon when the token is stopped.
  using Idle = std::function<Steady::duration(std::stop_token)>;

  Worker(const char* name, Idle idle)
      : thread_([this, name, idle = std::move(idle)](const std::stop_token& stop) {
          name_thread(name);
          run(idle, stop);
        }) {}

  /// Runs `job` on the worker's thread with this wait and returns its result. Returns as soon as the wait
  /// ends even if the job has not noticed yet; whatever the job captures must live until this Worker has
  /// ended.
  template <class T>
  Result<T> ask(const Wait& wait, std::function<Result<T>(const Wait&)> job) {
    auto answer = std::make_shared<Mailbox<Result<T>>>();
    jobs_.post([answer, wait, job = std::move(job)] { answer->post(job(wait)); });
    auto result = TRY(answer->take(wait));
    return result;
  }

 private:
  void run(const Idle& idle, const std::stop_token& stop) {
    auto pause = idle(stop);
    while (!stop.stop_requested()) {
      if (auto job = jobs_.take(Wait::of(pause, stop))) {
        (*job)();
      } else if (!stop.stop_requested()) {
        pause = idle(stop);
      }
    }
  }

  Mailbox<std::function<void()>> jobs_;
  std::jthread thread_;  // last: it uses what stands above
};

}  // namespace kiosk::drivers
