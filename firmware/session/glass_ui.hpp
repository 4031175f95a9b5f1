#pragma once
// The Ui port on the real glass: pages go to the shell, answers come back by mailbox.

#include <cstdint>
#include <functional>

#include "firmware/session/ui.hpp"
#include "firmware/shell/effect.hpp"
#include "firmware/shell/event.hpp"
#include "hal/base/latest.hpp"
#include "hal/base/mailbox.hpp"

namespace kiosk::session {

class GlassUi final : public Ui {
 public:
  /// `to_shell` takes events from any thread and lives longer than this.
  explicit GlassUi(std::function<void(shell::Event)> to_shell) : to_shell_(std::move(to_shell)) {}

  /// From the UI thread: the shell's answer.
  void take(shell::Answer answer);

  void stands(bool identified, bool submitted) override;

 protected:
  void present(const screens::Screen& screen, Expect expect, Back back) override;
  Result<Given> await(const Wait& wait) override;
  std::optional<Given> answered() override;
  void stop_on_answer(std::stop_source source) override;

 private:
  /// What an answer to the page with this ticket stops. An answer to another page stops nothing: the UI
  /// thread may still be handing it in while the session shows the next page.
  struct Interrupt {
    std::uint64_t ticket = 0;
    std::stop_source source{std::nostopstate};
  };
  std::optional<Given> current(shell::Answer answer) const;

  std::function<void(shell::Event)> to_shell_;
  Mailbox<shell::Answer> answers_;
  Latest<Interrupt> interrupt_;
  std::optional<Given> early_;  ///< came before its page's work could be stopped by it
  std::uint64_t ticket_ = 0;
};

}  // namespace kiosk::session
