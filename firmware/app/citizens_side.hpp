#pragma once
// What the kiosk's own program says to whoever works on the machine (hal/citizens_side.hpp). Whether anybody
// is there is asked of the glass's loop; the rest is looked up.

#include <functional>

#include "firmware/session/session.hpp"
#include "firmware/shell/effect.hpp"
#include "firmware/shell/event.hpp"
#include "hal/base/clock.hpp"
#include "hal/base/mailbox.hpp"
#include "hal/citizens_side.hpp"
#include "hal/store.hpp"

namespace kiosk::app {

class CitizensSide final : public hal::CitizensSide {
 public:
  struct Needs {
    session::Devices devices;  ///< watched for their status only
    const Clock& clock;
    hal::Store& store;                           ///< the records'
    std::function<bool()> seen;                  ///< a picture was where a person could see it
    std::function<bool()> quiet;                 ///< no session runs
    std::function<bool()> registry_reached;      ///< at the last attempt
    std::function<void(shell::Event)> to_shell;  ///< all four from any thread
  };

  explicit CitizensSide(Needs needs) : needs_(std::move(needs)) {}

  Result<hal::Attendance> attendance(const Wait& wait) override;
  Result<void> stay_closed(std::chrono::minutes about, const Wait& wait) override;
  Result<void> open(const Wait& wait) override;
  Result<hal::Vitals> vitals(const Wait& wait) override;
  Result<void> settle(const Wait& wait) override;

  /// The shell's answer; on the UI thread, which it never holds up.
  void attended(const shell::Attended& attended) { answers_.post(attended); }

 private:
  template <class Question>
  Result<shell::Attended> ask(Question question, const Wait& wait);

  Needs needs_;
  const Steady::time_point began_ = Steady::now();
  std::uint64_t request_ = 0;  ///< the newest; of whoever asks, one thread at a time
  Mailbox<shell::Attended> answers_;
};

}  // namespace kiosk::app
