#pragma once
// A machine in a folder, and a stick for it.

#include <unistd.h>

#include "firmware/provision/take.hpp"
#include "hal/base/file.hpp"
#include "tests/firmware/provision/city.hpp"
#include "tests/support/fake_data_partition.hpp"
#include "tests/support/fake_stick.hpp"
#include "tests/support/set_clock.hpp"
#include "tests/support/temporary_folder.hpp"

namespace kiosk::provision {

class TestMachine {
 public:
  TestMachine() { static_cast<void>(replace_file(folder / "recovery-key", data.key, 0600)); }

  Machine machine() {
    return {.number = this_machine,
            .has_data = has_data,
            .authorities = City::ours().authority.certificate,
            .recovery_key = folder / "recovery-key",
            .settings = {folder / "settings", ::getuid()},
            .data = data,
            .clock = clock,
            .check = [this](const std::filesystem::path& settings) -> Result<void> {
              TRY(read_file(settings / "kiosk.toml", 1 << 20));
              if (!settings_work) return fail(Errc::refused, "kiosk.toml:1: no");
              return {};
            }};
  }

  Taken<What> take() {
    auto self = machine();
    return provision::take(stick, self);
  }

  /// Every file and folder of the machine with its content.
  std::map<std::string, std::string> content() const {
    std::map<std::string, std::string> all;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder.path())) {
      const auto path = entry.path().lexically_relative(folder.path()).string();
      all[path] = entry.is_directory() ? "a folder" : read_file(entry.path(), 1 << 20).value_or("unreadable");
    }
    return all;
  }

  testing::TemporaryFolder folder, stick_folder;
  testing::FakeStick stick;
  testing::FakeDataPartition data;
  testing::SetClock clock;
  bool has_data = true;
  bool settings_work = true;
};

}  // namespace kiosk::provision
