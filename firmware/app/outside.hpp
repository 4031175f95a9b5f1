#pragma once
// The outside worker: asks the registry how it is, settles what is open from earlier, keeps the records once
// a day, calls staff, and tells the shell what can be offered.

#include <atomic>
#include <functional>
#include <thread>
#include <variant>

#include "firmware/health/offer.hpp"
#include "firmware/records/papers.hpp"
#include "firmware/records/submissions.hpp"
#include "firmware/records/upkeep.hpp"
#include "firmware/session/session.hpp"
#include "firmware/shell/effect.hpp"
#include "firmware/shell/event.hpp"
#include "hal/base/mailbox.hpp"

namespace kiosk::app {

class Outside {
 public:
  struct Needs {
    session::Devices devices;  ///< watched for their status only: that never blocks
    hal::Registry& registry;   ///< this worker's own
    session::Records records;
    const Clock& clock;
    std::string hall_name;  ///< as the configuration has it
    records::Upkeep& upkeep;
    Options::Texts offered;
    std::function<bool()> quiet;                 ///< no session runs; from any thread
    std::function<void(shell::Event)> to_shell;  ///< from any thread
  };

  explicit Outside(Needs needs);
  ~Outside();
  Outside(const Outside&) = delete;
  Outside& operator=(const Outside&) = delete;

  /// From any thread; returns at once. The shell hears StaffCall.
  void call_staff(shell::CallStaff call) { errands_.post(std::move(call)); }
  void withdraw_call(shell::WithdrawCall call) { errands_.post(std::move(call)); }

  /// At the last attempt. From any thread.
  bool registry_reached() const { return registry_reached_; }

 private:
  struct LookAround {};  ///< a device's status has changed
  using Errand = std::variant<shell::CallStaff, shell::WithdrawCall, LookAround>;

  void watch(const std::function<void()>& told);
  void work(const Wait& wait);
  void look_around();
  void count_faults(const health::Condition& before);
  void ask_registry(const Wait& wait);
  std::optional<Errand> next_errand(const Wait& wait);
  void find_open_ends();
  void settle_one(const Wait& wait);
  void keep_records(WallTime registry_now);
  void place_call(const shell::CallStaff& call, const Wait& wait);
  void withdraw_call(const shell::WithdrawCall& call, const Wait& wait);

  Needs needs_;
  health::Condition condition_;
  std::optional<health::Condition> told_;
  std::atomic<bool> registry_reached_ = false;  ///< as in condition_, for others
  std::string hall_name_;                       ///< as the registry has it
  Steady::time_point ask_again_;
  Mailbox<Errand> errands_;
  std::vector<records::Submission> to_settle_;  ///< asked for one by one
  std::jthread thread_;
};

}  // namespace kiosk::app
