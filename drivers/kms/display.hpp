#pragma once
// A display on the kernel's own mode setting, touched through evdev.

#include <memory>

#include "drivers/kms/choice.hpp"
#include "drivers/kms/placement.hpp"
#include "hal/display.hpp"

namespace kiosk::drivers {

struct KmsConfig {
  PanelWish panel;
  Turn turn = Turn::none;
  Calibration calibration = uncalibrated;
};

/// Lights the panel, if there is one, and opens the input devices that are there; others are taken up when
/// they come. Without a panel it has a canvas all the same, of the wished size or 1080×1920 dots, and lights
/// one that is plugged in later. Takes the time of a mode set. `busy` another program shows on the card ·
/// `refused` the kernel said no. Call from the UI thread.
Result<std::unique_ptr<hal::Display>> make_kms_display(const KmsConfig& config);

}  // namespace kiosk::drivers
