// A kiosk in QEMU that is updated over HTTPS, as a city's update server does it: to the end, and back when
// the new system is not well.

#include <algorithm>
#include <ranges>
#include <string_view>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include "firmware/update/metadata.hpp"
#include "hal/base/file.hpp"
#include "tests/image/updating.hpp"

namespace kiosk::image {
namespace {

namespace fs = std::filesystem;
using updater::Outcome;

class Update : public Updating {
 protected:
  using Files = std::map<std::string, std::string>;

  /// By name, with their bytes.
  static Files files_in(const fs::path& folder) {
    Files files;
    for (const auto& file : fs::recursive_directory_iterator(folder)) {
      if (file.is_regular_file())
        files[fs::relative(file, folder)] = read_file(file, 64 << 20).value_or("unreadable");
    }
    return files;
  }

  /// What is the city's or the court's is as it was, and goes on where it ended.
  void expect_kept(const fs::path& before) {
    const auto after = read_data(disk_, folder_, "after");
    ASSERT_TRUE(after) << after.error().what;
    const auto settings = files_in(before / "settings");
    EXPECT_TRUE(settings.contains("kiosk.toml"));
    EXPECT_EQ(files_in(*after / "settings"), settings);
    auto trail = files_in(*after / "kiosk" / "audit");
    int days = 0;
    for (const auto& [name, text] : files_in(before / "kiosk" / "audit")) {
      if (!name.ends_with(".jsonl")) continue;
      ++days;
      EXPECT_TRUE(trail[name].starts_with(text)) << name;
    }
    EXPECT_GT(days, 0);
  }

  /// How long the steps took by the updater's log, of which one line tells that a step is done.
  static void tell_steps(const fs::path& data) {
    const auto journal = read_file(data / "journal.txt", 32 << 20).value_or("");
    WallTime begun;
    for (const auto row : std::views::split(journal, '\n')) {
      const std::string_view line(row);
      const auto said =
          nlohmann::json::parse(line.substr(std::min(line.find('{'), line.size())), nullptr, false);
      if (said.is_discarded() || said.value("area", "") != "updater") continue;
      const auto at = update::read_time(said.value("time", ""));
      const auto text = said.value("text", "");
      if (!at || (text != "a release was chosen" && text != "goes on")) continue;
      if (text == "goes on" && begun != WallTime()) {
        fmt::print("{} done after {} s\n", said.value("from", ""),
                   std::chrono::duration_cast<std::chrono::seconds>(*at - begun).count());
      }
      begun = *at;
    }
  }
};

TEST_F(Update, GoesFromAToBOverHttpsAndStaysThere) {
  const auto before = read_data(disk_, folder_, "before");
  ASSERT_TRUE(before) << before.error().what;
  ASSERT_NO_FATAL_FAILURE(make_installed());
  ASSERT_NO_FATAL_FAILURE(power_on(true));
  ASSERT_NO_FATAL_FAILURE(expect_commit());
  const auto ended = await_end(60s);
  EXPECT_EQ(ended.outcome, Outcome::succeeded) << ended.reason;
  EXPECT_EQ(state("committed").floor, 2);
  tell_steps(folder_ / "data-committed");
  ASSERT_NO_FATAL_FAILURE(power_on(false));
  ASSERT_TRUE(counts('B', 1)) << "the first one from now on";
  ASSERT_NO_FATAL_FAILURE(expect_attract("attract-b-again"));
  EXPECT_TRUE(counts('B', 0));
  EXPECT_EQ(boot_state(disk_).first, 'B');
  machine_.reset();
  expect_kept(*before);
}

TEST_F(Update, BelievesNoServerThatLiesAndServesCitizensMeanwhile) {
  const auto stamp = server_->repository() / "metadata" / "timestamp.json";
  const auto release = [&](int secver) {
    const auto made = folder_ / "release";
    fs::create_directories(made);
    ASSERT_TRUE(
        replace_file(made / "label", fmt::format("version=0.0.{0}\nsecver={0}\ndata_schema=2\n", secver)));
    ASSERT_TRUE(replace_file(made / "update.raucb", "no bundle"));
    const auto released = server_->release_unread(made);
    ASSERT_TRUE(released) << released.error().what;
  };
  ASSERT_NO_FATAL_FAILURE(release(1));
  const auto older = read_file(stamp, 1 << 20).value();
  ASSERT_TRUE(server_->stamp(24h));
  ASSERT_NO_FATAL_FAILURE(power_on(false));
  EXPECT_EQ(await_said(0), "nothing newer is released");

  // What it may have now is a release, and lies around it.
  ASSERT_TRUE(server_->stamp(1s));
  const auto expired = read_file(stamp, 1 << 20).value();
  ASSERT_NO_FATAL_FAILURE(release(2));
  const auto newest = read_file(stamp, 1 << 20).value();
  auto forged = newest;
  auto& digit = forged[forged.find("\"sig\"") + 10];
  digit = digit == '0' ? '1' : '0';
  ASSERT_TRUE(replace_file(stamp, older));
  clock_ahead_ = 1h;  // when it asks again
  ASSERT_NO_FATAL_FAILURE(power_on(false));
  EXPECT_EQ(await_said(1), "timestamp: rollback of timestamp from version 2 to 1");
  ASSERT_TRUE(replace_file(stamp, expired));
  EXPECT_THAT(await_said(2), ::testing::StartsWith("timestamp: version 3 expired at "));
  ASSERT_TRUE(replace_file(stamp, forged));
  EXPECT_EQ(await_said(3), "timestamp: signed by 0 of the 1 that root 1 asks for");
  ASSERT_TRUE(replace_file(stamp, newest));
  const auto snapshots = stamp.parent_path();
  fs::copy_file(snapshots / "1.snapshot.json", snapshots / "2.snapshot.json",
                fs::copy_options::overwrite_existing);
  EXPECT_EQ(await_said(4), "snapshot: not the version 2 that is named by length and hash");
  ASSERT_NO_FATAL_FAILURE(expect_attract());

  auto unsigned_one = nlohmann::json::parse(newest);
  unsigned_one["signatures"] = nlohmann::json::array();
  ASSERT_TRUE(replace_file(stamp, unsigned_one.dump()));
  clock_ahead_ = 2h;
  ASSERT_NO_FATAL_FAILURE(power_on(false));
  EXPECT_EQ(await_said(5), "timestamp: signed by 0 of the 1 that root 1 asks for");
  ASSERT_TRUE(replace_file(stamp, std::string(15'000, ' ')));
  ASSERT_TRUE(server_->give_out(UpdateServer::Way::slow_metadata));
  clock_ahead_ = 4h;
  ASSERT_NO_FATAL_FAILURE(power_on(false));
  ASSERT_NO_FATAL_FAILURE(expect_attract("attract-meanwhile"));
  ASSERT_NO_FATAL_FAILURE(touch_until_home());
  EXPECT_THAT(await_said(6), ::testing::HasSubstr("too slow"));
  fs::resize_file(stamp, 1 << 30);
  ASSERT_TRUE(server_->give_out(UpdateServer::Way::no_lengths));
  clock_ahead_ = 6h;
  ASSERT_NO_FATAL_FAILURE(power_on(false));
  EXPECT_THAT(await_said(7), ::testing::HasSubstr("larger than 16384 bytes"));
  ASSERT_NO_FATAL_FAILURE(expect_attract("attract-afterwards"));
  ASSERT_NO_FATAL_FAILURE(touch_until_home());
  EXPECT_FALSE(state("end").action) << "nothing was begun";
}

TEST_F(Update, GoesBackFromASystemThatDoesNotStart) {
  ASSERT_NO_FATAL_FAILURE(install("wrong_root"));
  for (const auto* once : {"first try", "second try", "third try"}) {
    ASSERT_NO_FATAL_FAILURE(expect_restart(once, boot_time));
  }
  ASSERT_NO_FATAL_FAILURE(expect_attract("attract-a-again", 2 * boot_time));
  const auto ended = await_end(120s);
  EXPECT_EQ(ended.outcome, Outcome::rolled_back);
  EXPECT_EQ(ended.reason, "the new system did not start");
  const auto boots = boot_state(disk_);
  EXPECT_EQ(boots.first, 'A');
  EXPECT_TRUE(boots.b_bad) << "passed over";
  EXPECT_EQ(read_file(folder_ / "data-end" / "kiosk-updater" / "floor", 100), "secver=1\ndata_schema=2\n");
}

}  // namespace
}  // namespace kiosk::image
