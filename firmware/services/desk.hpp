#pragma once
// The session thread: one service for one citizen at a time, and everything that must be true when they have
// gone.

#include <atomic>
#include <functional>
#include <stop_token>
#include <thread>

#include "firmware/services/service.hpp"
#include "firmware/session/glass_ui.hpp"
#include "firmware/shell/event.hpp"

namespace kiosk::services {

/// What every session stands on; outlives the desk.
struct Counter {
  session::Devices devices;
  hal::Registry& registry;  ///< the session thread's own
  session::Records records;
  const Clock& clock;
  Random& random;
  const session::Office& office;
};

class Desk {
 public:
  /// `to_shell` takes events from any thread.
  Desk(const Counter& counter, std::function<void(shell::Event)> to_shell);

  /// Ends a running session, waits for its end, and forgets it.
  ~Desk();

  /// Starts a session. From the UI thread, when none runs; returns at once.
  void start(const std::string& service);

  /// Asks the session to end. Returns at once; the shell hears SessionEnded.
  void end(shell::EndReason reason);

  /// Whether no session runs. From any thread.
  bool quiet() const { return !serving_; }

  /// Hands the person's answer to the session.
  void answer(shell::Answer answer) { ui_.take(std::move(answer)); }

 private:
  void serve(const Service& service, const std::stop_token& stop);

  Counter counter_;
  std::function<void(shell::Event)> to_shell_;
  session::GlassUi ui_;
  std::atomic<bool> serving_ = false;
  std::stop_source leaving_;  ///< the program ends
  std::jthread thread_;
};

/// Runs one service from journal entry to farewell on this thread, and says how it ended ("done", "left",
/// "ended", "failed"...). What is still open then stands in the journal. Separate from the thread, for tests.
std::string serve_one(Session& s, const Service& service);

}  // namespace kiosk::services
