// kiosk-provision DEVICE: a stick was plugged in. Started by the image's udev rule, as root.

#include <csignal>
#include <cstdio>

#include <fcntl.h>
#include <fmt/format.h>
#include <pwd.h>
#include <sys/file.h>

#include "drivers/programs/data_partition.hpp"
#include "drivers/programs/settings_check.hpp"
#include "drivers/stick/stick.hpp"
#include "drivers/systemd/power.hpp"
#include "firmware/provision/command.hpp"
#include "firmware/provision/progress.hpp"
#include "hal/base/end_signals.hpp"
#include "hal/base/fd.hpp"
#include "hal/base/file.hpp"

namespace {

using namespace kiosk;
namespace fs = std::filesystem;

const fs::path data = "/data", memory = "/run/kiosk-set-up";

/// /init takes it from the machine's board.
Result<std::string> machine_number() {
  const auto text = TRY(read_file("/etc/machine-id", 64));
  if (text.size() < 32) return fail(Errc::not_present, "this machine has no number");
  return text.substr(0, 32);
}

Result<int> take(const fs::path& device, const Wait& wait) {
  // One stick after the other.
  const Fd turn(::open((memory / "turn").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
  if (!turn || ::flock(turn.get(), LOCK_EX) != 0) return fail(Errc::storage, "no turn");
  const auto* kiosk = ::getpwnam("kiosk");
  if (kiosk == nullptr) return fail(Errc::internal, "no user \"kiosk\"");
  const auto partition = drivers::make_data_partition("/usr/lib/kiosk/data-partition", memory);
  const auto stick = drivers::make_stick(device, memory / "mounted");
  const auto power = drivers::make_systemd_power();
  const SystemClock clock;
  const auto number = TRY(machine_number());
  const auto authorities = TRY(read_file("/usr/lib/kiosk/provision-ca.crt", 64 * 1024));
  provision::Machine machine{
      .number = number,
      .has_data = provision::read_progress(memory).trouble.empty(),
      .authorities = authorities,
      .recovery_key = data / "recovery-key",
      .settings = {data / "settings", kiosk->pw_uid},
      .data = *partition,
      .clock = clock,
      .check = [](const fs::path& settings) { return drivers::check_settings(settings); }};
  return provision::provision_command(*stick, machine, *power, memory, wait);
}

}  // namespace

int main(int count, char** values) {
  if (count != 2) {
    fmt::print(stderr, "kiosk-provision DEVICE\nTakes what the city signed from a stick.\n");
    return 2;
  }
  const auto stop = stopped_by({SIGTERM});
  const auto ended = take(values[1], {.stop = stop});
  if (ended) return *ended;
  fmt::print(stderr, "kiosk-provision: {}\n", ended.error().what);
  return 1;
}
