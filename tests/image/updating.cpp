#include "tests/image/updating.hpp"

#include <fmt/format.h>

#include "tests/image/run.hpp"

namespace kiosk::image {

namespace fs = std::filesystem;

void Updating::SetUp() {
  ASSERT_NO_FATAL_FAILURE(Applying::SetUp());
  if (IsSkipped()) return;
  ASSERT_NO_FATAL_FAILURE(make_disk(Damage::none));  // before there is a server that it could ask
  fs::create_directories(folder_ / "server");
  auto server = UpdateServer::start({.folder = folder_ / "server",
                                     .keys = site_->keys,
                                     .certificates = hall_->certificates(),
                                     .port = site_->update_port});
  ASSERT_TRUE(server) << server.error().what;
  server_ = std::move(*server);
}

fs::path Updating::make_release(const char* fault, int secver) {
  const auto made = folder_ / fmt::format("release-{}", secver);
  fs::create_directories(made);
  const auto done =
      run_script("make-release", {site_->image, site_->keys, made, fmt::to_string(secver), fault},
                 folder_ / "make-release.log", 300s);
  EXPECT_TRUE(done) << done.error().what;
  return made;
}

void Updating::TearDown() {
  Applying::TearDown();
  for (const auto* made : {"release-1", "release-2", "before"}) fs::remove_all(folder_ / made);
}

void Updating::install(const char* fault, const fs::path& write_log) {
  const auto made = make_release(fault);
  const auto released = server_->release(made);
  ASSERT_TRUE(released) << released.error().what;
  if (!write_log.empty()) before_ = copy(disk_, "before");
  ASSERT_NO_FATAL_FAILURE(power_on(true, write_log));
  ASSERT_NO_FATAL_FAILURE(expect_attract("attract-a"));
  ASSERT_NO_FATAL_FAILURE(expect_back_soon("installing"));
  EXPECT_EQ(boot_state(disk_).first, 'A') << "until it was read back";
  ASSERT_NO_FATAL_FAILURE(expect_restart("installed"));
  EXPECT_EQ(server_->asked_for("kiosk.raucb"), 1);
  EXPECT_EQ(boot_state(disk_).first, 'B');
}

void Updating::make_installed() {
  if (own_) {  // nobody else wants a copy
    ASSERT_NO_FATAL_FAILURE(install());
    machine_.reset();
    return;
  }
  auto& installed = site_->installed;
  if (installed.disk.empty()) {
    const auto made = site_->machines / "installed", half = folder_ / "installed";
    const auto making = lock(made, Wait::of(90min));
    ASSERT_TRUE(making) << making.error().what;
    if (!fs::exists(made)) {
      ASSERT_NO_FATAL_FAILURE(install());
      machine_.reset();
      copy(disk_, "installed");
      ASSERT_FALSE(HasFailure());
      fs::rename(half, made);
    }
    installed = disk_in(made);
    installed.volume_key = site_->golden.volume_key;
  }
  auto disk = copy_disk(installed, folder_);
  ASSERT_TRUE(disk) << disk.error().what;
  disk_ = *disk;
}

void Updating::poison(char slot, const char* fault) {
  const auto made = make_release(fault, slot == 'A' ? 1 : 2);
  const auto poisoned =
      run_script("poison-disk", {disk_.disk, made, std::string(1, slot)}, folder_ / "poison-disk.log", 60s);
  ASSERT_TRUE(poisoned) << poisoned.error().what;
}

void Updating::leave_one_try(char slot) {
  const auto left =
      run_script("leave-one-try", {disk_.disk, std::string(1, slot)}, folder_ / "leave-one-try.log", 20s);
  ASSERT_TRUE(left) << left.error().what;
}

void Updating::expect_commit() {
  ASSERT_TRUE(counts('B', 1)) << "on trial";
  ASSERT_NO_FATAL_FAILURE(expect_back_soon("trial"));
  ASSERT_NO_FATAL_FAILURE(expect_attract("attract-b", 900s));
  ASSERT_TRUE(counts('B', 0)) << "committed";
}

// But for the time on it, and how much its digits are of the page.
void Updating::expect_back_soon(const char* name) {
  expect_shown(name, back_soon(configuration_, "12:00", "12:00"), 0.02, Wait::of(boot_time + 300s));
}

updater::State Updating::state(const char* name) {
  const auto wait = Wait::of(120s);
  auto state = updater_state(disk_, folder_, name);
  while (!state && wait.sleep(2s)) state = updater_state(disk_, folder_, name);
  EXPECT_TRUE(state) << state.error().what;
  return state.value_or(updater::State{});
}

std::string Updating::await_said(int failures) {
  const auto wait = Wait::of(2 * boot_time);
  while (true) {
    const auto poll = updater_state(disk_, folder_, "poll");
    if (poll && poll->poll.at != WallTime() && poll->poll.failures == failures) return poll->poll.said;
    if (!wait.sleep(5s)) return "it was not asked";
  }
}

updater::Action Updating::await_end(std::chrono::seconds at_most) {
  const auto wait = Wait::of(at_most);
  while (true) {
    const auto seen = updater_state(disk_, folder_, "end");
    if (seen && !seen->ended.empty()) return seen->ended.back();
    if (!wait.sleep(10s)) return {};
  }
}

}  // namespace kiosk::image
