#pragma once
// The off switch, noted instead of pressed: the fake of hal/power.hpp.

#include "hal/power.hpp"

namespace kiosk::testing {

class FakePower final : public hal::Power {
 public:
  hal::Mains supply = hal::Mains::on;
  bool restart_asked = false;
  bool refuses = false;

  hal::DeviceStatus status() const override { return {.state = hal::DeviceState::online}; }
  hal::Mains mains() const override { return supply; }
  Result<void> restart() override {
    if (refuses) return fail(Errc::refused, "this program may not");
    restart_asked = true;
    return {};
  }
  Result<void> switch_off() override { return fail(Errc::refused, "this program may not"); }
};

}  // namespace kiosk::testing
