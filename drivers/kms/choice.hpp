#pragma once
// Which connector and which mode. Values only; scanout.cpp asks the kernel. Private to drivers/kms.

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace kiosk::drivers {

/// What the configuration asks for. Nothing said: the first panel, in the mode it prefers.
struct PanelWish {
  std::string connector;      ///< "HDMI-A-1", as in /sys/class/drm; empty: any
  int width = 0, height = 0;  ///< dots of the panel as it is wired; 0: its own
};

struct PanelMode {
  int width = 0, height = 0;  ///< dots
  int hertz = 0;
  bool preferred = false;  ///< by the panel itself
};

struct Connector {
  std::string name;
  bool connected = false;
  std::vector<PanelMode> modes;
};

struct PanelChoice {
  std::size_t connector = 0, mode = 0;
  bool operator==(const PanelChoice&) const = default;
};

/// The wished size where a panel has it, at the rate nearest to 60 Hz; else the panel's preferred mode; else
/// its largest. Nothing when no panel is connected that may be used.
std::optional<PanelChoice> choose_panel(std::span<const Connector> connectors, const PanelWish& wish);

}  // namespace kiosk::drivers
