// A kiosk in QEMU that is updated over HTTPS, as a city's update server does it: to the end, and back when
// the new system is not well.

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "hal/base/file.hpp"
#include "tests/image/booted.hpp"
#include "tests/image/update_server.hpp"

namespace kiosk::image {
namespace {

namespace fs = std::filesystem;
using updater::Outcome;

class Update : public Booted {
 protected:
  void SetUp() override {
    ASSERT_NO_FATAL_FAILURE(Booted::SetUp());
    fs::create_directories(folder_ / "server");
    auto server = UpdateServer::start({.folder = folder_ / "server",
                                       .keys = site_->keys,
                                       .certificates = hall_->certificates(),
                                       .port = site_->update_port});
    ASSERT_TRUE(server) << server.error().what;
    server_ = std::move(*server);
  }

  /// The next release of the image under test; see make-release.
  fs::path make_release(const char* fault, int secver) {
    const auto made = folder_ / fmt::format("release-{}", secver);
    fs::create_directories(made);
    auto making = lobby::Child::start(
        {.command = {"/bin/bash", std::string(KIOSK_SOURCE_FOLDER) + "/tests/image/make-release",
                     site_->image.string(), site_->keys.string(), made.string(), fmt::to_string(secver),
                     fault},
         .log = (folder_ / "make-release.log").string()});
    EXPECT_TRUE(making && making->wait(Wait::of(300s)) == 0) << "see make-release.log in " << folder_;
    return made;
  }

  /// A kiosk that finds this release on its server, up to the restart that the updater asks for.
  void install(const char* fault) {
    const auto made = make_release(fault, 2);
    const auto released = server_->release(made);
    ASSERT_TRUE(released) << released.error().what;
    fs::remove_all(made);
    ASSERT_NO_FATAL_FAILURE(make_disk(Damage::none));
    ASSERT_NO_FATAL_FAILURE(power_on(true));
    ASSERT_NO_FATAL_FAILURE(expect_attract("attract-a"));
    ASSERT_NO_FATAL_FAILURE(expect_back_soon("installing"));
    EXPECT_EQ(boot_state(disk_)["PRIMARY"], "A") << "until it was read back";
    ASSERT_NO_FATAL_FAILURE(expect_restart("installed"));
    EXPECT_EQ(server_->asked_for("kiosk.raucb"), 1);
    EXPECT_EQ(boot_state(disk_)["PRIMARY"], "B");
  }

  /// The time on it, and how much its digits are of the page.
  void expect_back_soon(const char* name) {
    expect_shown(name, back_soon(configuration_, "12:00", "12:00"), 0.02, Wait::of(300s));
  }

  void expect_restart(const char* why, std::chrono::seconds at_most = 900s) {
    const auto restarted = machine_->qmp().event("RESET", Wait::of(at_most));
    ASSERT_TRUE(restarted) << restarted.error().what << "; see " << folder_;
    EXPECT_EQ((*restarted)["data"]["guest"], true);
    const auto since = Steady::now() - machine_->started_at();
    fmt::print("{}: restart after {:.1f} s\n", why, std::chrono::duration<double>(since).count());
  }

  updater::State state(const char* name) {
    auto state = updater_state(disk_, folder_, name);
    EXPECT_TRUE(state) << state.error().what;
    return state.value_or(updater::State{});
  }

  /// What came of the look at the server that was the last of so many in a row that failed.
  std::string await_said(int failures) {
    const auto wait = Wait::of(400s);
    while (true) {
      const auto poll = updater_state(disk_, folder_, "poll");
      if (poll && poll->poll.at != WallTime() && poll->poll.failures == failures) return poll->poll.said;
      if (!wait.sleep(5s)) return "it was not asked";
    }
  }

  /// As the ledger tells it, once it does.
  updater::Action await_end(std::chrono::seconds at_most) {
    const auto wait = Wait::of(at_most);
    while (true) {
      const auto seen = state("end");
      if (!seen.ended.empty()) return seen.ended.back();
      if (!wait.sleep(10s)) return {};
    }
  }

  std::unique_ptr<UpdateServer> server_;
};

TEST_F(Update, GoesFromAToBOverHttpsAndStaysThere) {
  ASSERT_NO_FATAL_FAILURE(install("none"));
  ASSERT_TRUE(counts('B', 1)) << "on trial";
  ASSERT_NO_FATAL_FAILURE(expect_back_soon("trial"));
  ASSERT_NO_FATAL_FAILURE(expect_attract("attract-b", 600s));
  EXPECT_TRUE(counts('B', 0)) << "committed";
  const auto ended = await_end(60s);
  EXPECT_EQ(ended.outcome, Outcome::succeeded) << ended.reason;
  EXPECT_EQ(state("committed").floor, 2);
  ASSERT_NO_FATAL_FAILURE(power_on(false));
  ASSERT_TRUE(counts('B', 1)) << "the first one from now on";
  ASSERT_NO_FATAL_FAILURE(expect_attract("attract-b-again"));
  EXPECT_TRUE(counts('B', 0));
  EXPECT_EQ(boot_state(disk_)["PRIMARY"], "B");
}

TEST_F(Update, BelievesNoServerThatLiesAndServesCitizensMeanwhile) {
  const auto stamp = server_->repository() / "metadata" / "timestamp.json";
  const auto release = [&](int secver) {
    const auto made = folder_ / "release";
    fs::create_directories(made);
    ASSERT_TRUE(
        replace_file(made / "label", fmt::format("version=0.0.{0}\nsecver={0}\ndata_schema=2\n", secver)));
    ASSERT_TRUE(replace_file(made / "update.raucb", "no bundle"));
    const auto released = server_->release(made);
    ASSERT_TRUE(released) << released.error().what;
  };
  ASSERT_NO_FATAL_FAILURE(release(1));
  const auto older = read_file(stamp, 1 << 20).value();
  ASSERT_TRUE(server_->stamp(24h));
  ASSERT_NO_FATAL_FAILURE(make_disk(Damage::none));
  ASSERT_NO_FATAL_FAILURE(power_on(false));
  EXPECT_EQ(await_said(0), "nothing newer is released");

  // What it may have now is a release, and lies around it.
  ASSERT_TRUE(server_->stamp(1s));
  const auto expired = read_file(stamp, 1 << 20).value();
  ASSERT_NO_FATAL_FAILURE(release(2));
  auto forged = read_file(stamp, 1 << 20).value();
  auto& digit = forged[forged.find("\"sig\"") + 10];
  digit = digit == '0' ? '1' : '0';
  ASSERT_TRUE(replace_file(stamp, older));
  ASSERT_NO_FATAL_FAILURE(power_on(false, 1h));  // when it asks again
  EXPECT_EQ(await_said(1), "timestamp: rollback of timestamp from version 2 to 1");
  ASSERT_TRUE(replace_file(stamp, expired));
  EXPECT_THAT(await_said(2), ::testing::StartsWith("timestamp: version 3 expired at "));
  ASSERT_TRUE(replace_file(stamp, forged));
  EXPECT_EQ(await_said(3), "timestamp: signed by 0 of the 1 that root 1 asks for");
  ASSERT_NO_FATAL_FAILURE(expect_attract());
  EXPECT_FALSE(state("end").action) << "nothing was begun";
}

TEST_F(Update, GoesBackFromASystemThatDoesNotStart) {
  ASSERT_NO_FATAL_FAILURE(install("wrong_root"));
  for (const auto* once : {"first try", "second try", "third try"}) {
    ASSERT_NO_FATAL_FAILURE(expect_restart(once, boot_time));
  }
  ASSERT_NO_FATAL_FAILURE(expect_attract("attract-a-again", 400s));
  const auto ended = await_end(120s);
  EXPECT_EQ(ended.outcome, Outcome::rolled_back);
  EXPECT_EQ(ended.reason, "the new system did not start");
  auto boots = boot_state(disk_);
  EXPECT_EQ(boots["PRIMARY"], "A");
  EXPECT_EQ(boots["B_BAD"], "1") << "passed over";
  EXPECT_EQ(read_file(folder_ / "data-end" / "kiosk-updater" / "floor", 100), "secver=1\ndata_schema=2\n");
}

TEST_F(Update, LeavesNoSystemUnjudgedWhoseUpdaterDoesNotRun) {
  ASSERT_NO_FATAL_FAILURE(install("mute"));
  ASSERT_NO_FATAL_FAILURE(expect_attract("attract-b", 400s));
  ASSERT_NO_FATAL_FAILURE(expect_restart("nobody judges it", 1200s));
  EXPECT_TRUE(counts('B', 2)) << "its second try; GoesBackFromASystemThatDoesNotStart shows where that leads";
}

TEST_F(Update, GoesBackFromASystemWhoseProgramEndsAtOnce) {
  ASSERT_NO_FATAL_FAILURE(install("crash"));
  for (const auto* once : {"first try", "second try", "third try"}) {
    ASSERT_NO_FATAL_FAILURE(expect_restart(once, 1200s));
  }
  ASSERT_NO_FATAL_FAILURE(expect_attract("attract-a-again", 400s));
  const auto ended = await_end(120s);
  EXPECT_EQ(ended.outcome, Outcome::rolled_back);
  EXPECT_EQ(ended.reason, "the program on the glass does not answer");
  EXPECT_EQ(boot_state(disk_)["PRIMARY"], "A");
}

}  // namespace
}  // namespace kiosk::image
