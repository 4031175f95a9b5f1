// Settings whose taking is cut right before each system call that changes a file: the old ones are there
// whole, or the new ones, and the next stick brings the new ones.

#include "tests/support/kill.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include "hal/base/log.hpp"
#include "tests/firmware/provision/machine.hpp"

namespace kiosk::provision {
namespace {

using testing::End;
using testing::run_and_kill;

Settings numbered(int sequence) {
  auto settings = good_settings();
  settings.sequence = sequence;
  const auto number = std::to_string(sequence);
  for (auto& [path, file] : settings.files) {
    if (path != "technicians.toml") file.content += number;
  }
  settings.files["only-in-" + number] = {.content = number};
  return settings;
}

/// What SettingsFolder makes of them, as TestMachine::content() sees it.
std::map<std::string, std::string> expected(const Settings& settings) {
  std::map<std::string, std::string> all{{"recovery-key", "the key"},
                                         {"settings", "a folder"},
                                         {"settings/usb.d", "a folder"},
                                         {"settings/time.d", "a folder"}};
  all["settings/provisioned"] = "sequence=" + std::to_string(settings.sequence) + "\n";
  for (const auto& [path, file] : settings.files) all["settings/" + path] = file.content;
  return all;
}

/// Without what a cut run left beside.
std::map<std::string, std::string> settings_of(const TestMachine& machine) {
  auto all = machine.content();
  std::erase_if(all, [](const auto& entry) { return entry.first.starts_with("settings.new"); });
  return all;
}

TEST(AKilledTaking, LeavesTheOldSettingsOrTheNewOnes) {
  log::set_sink([](log::Level, std::string_view) {});
  const auto file = [](int sequence) { return City::ours().file(numbered(sequence)); };
  const auto first = file(1), second = file(2);
  int cuts = 0, old_ones = 0, new_ones = 0, wiped_ones = 0, left_ones = 0;
  for (int n = 1;; ++n) {
    SCOPED_TRACE("before change " + std::to_string(n));
    TestMachine machine;
    machine.stick.files[this_machine + ".kiosk"] = first;
    ASSERT_TRUE(machine.take());
    const auto on_stick = machine.stick_folder / "file";  // stands for the second one on the stick
    ASSERT_TRUE(replace_file(on_stick, "keys"));
    machine.stick.when_wiped = [&] { ::unlink(on_stick.c_str()); };
    machine.stick.files[this_machine + ".kiosk"] = second;
    const auto end = run_and_kill([&] { machine.take() ? _exit(0) : _exit(1); }, n);
    ASSERT_NE(end, End::cannot_trace) << "this machine does not allow ptrace: nothing can be cut";
    ASSERT_NE(end, End::failed);
    const auto now = settings_of(machine);
    const bool is_old = now == expected(numbered(1)), is_new = now == expected(numbered(2));
    ASSERT_TRUE(is_old || is_new) << "some of both";
    ++(is_old ? old_ones : new_ones);
    const bool wiped = !std::filesystem::exists(on_stick);
    ASSERT_FALSE(wiped && is_old) << "gone from the stick and not on the disk";
    ++(wiped ? wiped_ones : left_ones);
    const auto again = machine.take();
    EXPECT_EQ(again.has_value(), is_old);
    if (!again) {
      EXPECT_EQ(again.error().why, Refusal::not_newer);
    }
    EXPECT_EQ(settings_of(machine), expected(numbered(2)));
    if (end == End::finished) break;
    ++cuts;
  }
  EXPECT_GT(cuts, 20) << "the child must have been killed at many places, or this test proves nothing";
  EXPECT_GT(old_ones, 10);
  EXPECT_GT(new_ones, 1);
  EXPECT_GE(wiped_ones, 1);
  EXPECT_GT(left_ones, old_ones) << "taken, and then wiped";
}

}  // namespace
}  // namespace kiosk::provision
