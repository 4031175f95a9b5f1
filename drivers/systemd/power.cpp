#include "drivers/systemd/power.hpp"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <optional>
#include <string>
#include <system_error>

#include <fcntl.h>

#include "hal/base/fd.hpp"
#include "hal/base/file.hpp"

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
  SystemdPower(fs::path supplies, fs::path requests)
      : supplies_(std::move(supplies)), requests_(std::move(requests)) {}

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

  Result<void> restart() override { return ask("reboot"); }
  Result<void> switch_off() override { return ask("poweroff"); }

 private:
  /// Of a unit that waits for this file, and takes it away when it has seen it.
  Result<void> ask(const char* what) const {
    const auto file = requests_ / what;
    if (const Fd made(::open(file.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600)); made)
      return {};
    const int error = errno;
    return fail(error == EACCES || error == EPERM || error == EROFS ? Errc::refused : Errc::unreachable,
                file.string() + ": " + std::strerror(error));
  }

  fs::path supplies_, requests_;
};

}  // namespace

std::unique_ptr<hal::Power> make_systemd_power(fs::path supplies, fs::path requests) {
  return std::make_unique<SystemdPower>(std::move(supplies), std::move(requests));
}

}  // namespace kiosk::drivers
