#pragma once
// One panel, lit: a connector of a graphics card that shows a dumb buffer of ours. Private to drivers/kms.

#include <cstdint>
#include <memory>
#include <span>
#include <string>

#include "drivers/kms/choice.hpp"
#include "hal/base/fd.hpp"
#include "hal/display.hpp"

namespace kiosk::drivers {

class Scanout {
 public:
  /// Lights the first panel on any card that suits the wish. Takes as long as a mode set does (tens of
  /// milliseconds; an HDMI panel may take a second to show it). `not_present` no card, or no panel connected
  /// · `busy` another program is the card's master · `refused` the card or its driver said no.
  static Result<std::unique_ptr<Scanout>> open(const PanelWish& wish);

  Scanout(const Scanout&) = delete;
  Scanout& operator=(const Scanout&) = delete;
  ~Scanout();

  /// The memory that the panel shows: write only, reading it may be slow.
  hal::Canvas memory() const { return memory_; }

  /// Brings parts of the memory to the glass, for panels that must be told (USB, virtual, self-refreshing
  /// ones). Does not wait for the retrace. `unplugged` the card is gone or no longer ours.
  Result<void> flush(std::span<const hal::DotRect> changed);

  /// After the kernel said that something was plugged: sets the mode again, which costs nothing when all is
  /// as it was and retrains a link that was lost. `unplugged` the panel is gone; this object is of no more
  /// use.
  Result<void> relight();

  /// "HDMI-A-1 1080x1920".
  const std::string& name() const { return name_; }

 private:
  struct Lit;  // the kernel's numbers and structures
  explicit Scanout(Fd card);
  Result<void> light(const PanelWish& wish);
  Result<void> make_buffer(int width, int height);
  Result<void> set_mode();
  Result<void> flip();

  /// How this card is told of changes: the next one when the kernel does not know it.
  enum class Telling { dirty, flip, mode };

  Fd card_;
  std::unique_ptr<Lit> lit_;
  std::uint32_t handle_ = 0, frame_ = 0;
  std::size_t bytes_ = 0;
  hal::Canvas memory_;
  Telling telling_ = Telling::dirty;
  std::string name_;
};

}  // namespace kiosk::drivers
