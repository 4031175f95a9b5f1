#pragma once
// A display without a window.

#include <algorithm>
#include <vector>

#include "hal/base/mailbox.hpp"
#include "hal/display.hpp"

namespace kiosk::lobby {

/// A display without glass, 60 x 40.
class PlainDisplay final : public hal::Display {
 public:
  hal::Canvas canvas() override { return {dots_.data(), 60, 40, 64}; }
  Result<void> present(std::span<const hal::DotRect> changed) override {
    presented += changed.size();
    return {};
  }
  std::optional<hal::InputEvent> next_event(Steady::time_point until) override {
    (void)woken_.take(Wait{.until = until});
    return std::nullopt;
  }
  void wake() override { woken_.post(true); }

  void fill(std::uint32_t colour) { std::ranges::fill(dots_, colour); }
  std::uint32_t& dot(int x, int y) { return dots_.at(static_cast<std::size_t>(y * 64 + x)); }
  std::size_t presented = 0;

 private:
  std::vector<std::uint32_t> dots_ = std::vector<std::uint32_t>(64 * 40);
  Mailbox<bool> woken_;
};

}  // namespace kiosk::lobby
