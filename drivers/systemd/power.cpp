#include "drivers/systemd/power.hpp"

#include <optional>
#include <string>
#include <system_error>

#include <systemd/sd-bus.h>

#include "hal/base/file.hpp"
#include "hal/base/freed.hpp"

namespace kiosk::drivers {
namespace {

namespace fs = std::filesystem;

constexpr int low_percent = 20;  // less is no time for anything that must not be cut

std::optional<std::string> word_in(const fs::path& file) {
  auto text = read_file(file, 64);
  if (!text) return std::nullopt;
  while (text->ends_with('\n')) text->pop_back();
  return *text;
}

class SystemdPower final : public hal::Power {
 public:
  explicit SystemdPower(fs::path supplies) : supplies_(std::move(supplies)) {}

  hal::DeviceStatus status() const override { return {.state = hal::DeviceState::online}; }

  hal::Mains mains() const override {
    bool unplugged = false, low = false;
    std::error_code ignored;
    for (const auto& supply : fs::directory_iterator(supplies_, ignored)) {
      const auto type = word_in(supply.path() / "type");
      if (type == "Mains" && word_in(supply.path() / "online") == "0") unplugged = true;
      if (type != "Battery" && type != "UPS") continue;
      if (word_in(supply.path() / "scope") == "Device") continue;  // of a mouse
      if (word_in(supply.path() / "status") == "Discharging") unplugged = true;
      const auto percent = word_in(supply.path() / "capacity");
      low = low || (percent && std::atoi(percent->c_str()) < low_percent);
    }
    if (!unplugged) return hal::Mains::on;
    return low ? hal::Mains::battery_low : hal::Mains::on_battery;
  }

  Result<void> restart() override { return start("reboot.target"); }
  Result<void> switch_off() override { return start("poweroff.target"); }

 private:
  /// The manager's own Reboot() and PowerOff() would stop no service first (org.freedesktop.systemd1(5)).
  /// Nothing that is started later takes this one's place.
  static Result<void> start(const char* target) {
    sd_bus* opened = nullptr;
    const int open = sd_bus_open_system(&opened);
    const std::unique_ptr<sd_bus, Freed<sd_bus_flush_close_unref>> bus(opened);
    const int asked =
        open < 0 ? open
                 : sd_bus_call_method(bus.get(), "org.freedesktop.systemd1", "/org/freedesktop/systemd1",
                                      "org.freedesktop.systemd1.Manager", "StartUnit", nullptr, nullptr, "ss",
                                      target, "replace-irreversibly");
    if (asked >= 0) return {};
    const auto code = asked == -EACCES || asked == -EPERM ? Errc::refused : Errc::unreachable;
    return fail(code, "service manager: " + std::generic_category().message(-asked));
  }

  fs::path supplies_;
};

}  // namespace

std::unique_ptr<hal::Power> make_systemd_power(fs::path supplies) {
  return std::make_unique<SystemdPower>(std::move(supplies));
}

}  // namespace kiosk::drivers
