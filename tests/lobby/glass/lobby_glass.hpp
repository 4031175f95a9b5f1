#pragma once
// The kiosk's end of a glass that a lobby looks at and touches. Only developers' programs have it.

#include <memory>
#include <optional>
#include <string>
#include <thread>

#include "hal/base/mailbox.hpp"
#include "hal/display.hpp"
#include "screens/layout.hpp"
#include "tests/lobby/glass/shared_glass.hpp"
#include "tests/lobby/glass/wire.hpp"

namespace kiosk::lobby {

/// A display around another one: what is painted there is shown to the lobby as well, and the lobby's fingers
/// and keys come in beside its own. A lobby that is not there, or no longer, changes nothing.
class LobbyGlass final : public hal::Display {
 public:
  /// `socket` is the path where the lobby listens.
  LobbyGlass(std::unique_ptr<hal::Display> inner, const std::string& socket);
  ~LobbyGlass() override;

  hal::Canvas canvas() override { return inner_->canvas(); }
  Result<void> present(std::span<const hal::DotRect> changed) override;
  std::optional<hal::InputEvent> next_event(Steady::time_point until) override;
  void wake() override { inner_->wake(); }

  /// Tells the lobby which page stands on the glass. Called on the UI thread after the page's first
  /// present().
  void show_page(const screens::Layout& page);

 private:
  void share(std::span<const hal::DotRect> changed);
  void tell(std::string_view line, int descriptor = -1);
  void listen(const std::stop_token& stop);

  std::unique_ptr<hal::Display> inner_;
  Mailbox<hal::InputEvent> input_;
  std::optional<SharedGlass> picture_;
  std::optional<GlassWire> wire_;  ///< never replaced while the listener runs
  bool connected_ = false;         ///< the UI thread's view of it
  std::jthread listener_;
};

}  // namespace kiosk::lobby
