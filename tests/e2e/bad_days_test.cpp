// Days on which something is wrong before anybody comes, or the disk gives out while somebody is served: the
// kiosk comes up where it can, says so where it cannot, and loses and invents nothing.

#include <cerrno>
#include <fstream>

#include <fcntl.h>
#include <sqlite3.h>
#include <sys/mount.h>
#include <unistd.h>

#include "hal/base/fd.hpp"
#include "tests/e2e/stage.hpp"

namespace kiosk::testing {
namespace {

namespace fs = std::filesystem;
using lobby::Verb;

std::string content(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

class BadDay : public Stage {
 protected:
  fs::path database() { return hall().data() / "kiosk.db"; }

  /// Somebody is served, and the kiosk is switched off.
  void work_a_day() {
    ASSERT_TRUE(hall().start_kiosk());
    play(scenario("progress_number"));
    hall().kiosk().end();
  }

  std::vector<std::string> kept_aside() {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(hall().data())) {
      const auto name = entry.path().filename().string();
      if (name.starts_with("kiosk.db.damaged-")) names.push_back(name);
    }
    return names;
  }

  void do_this(const std::vector<lobby::Act>& acts) { play({.name = "by hand", .acts = acts}); }
};

TEST_F(BadDay, ADamagedDatabaseIsKeptAsideAndTheKioskComesUp) {
  work_a_day();
  std::fstream(database(), std::ios::in | std::ios::out | std::ios::binary) << std::string(4096, 'x');
  const auto damaged = content(database());
  ASSERT_TRUE(hall().start_kiosk());
  play(scenario("progress_number"));
  const auto kept = kept_aside();
  ASSERT_EQ(kept.size(), 1U);
  EXPECT_EQ(content(hall().data() / kept.front()), damaged) << "an expert may still read it";
  EXPECT_NE(log().find("applications in it are known to the registry alone"), std::string::npos);
  EXPECT_NE(audit_trail().find("\"event\":\"records.damaged_kept\""), std::string::npos);
  expect_whole_audit_trail();
}

TEST_F(BadDay, ADatabaseLostWithAnOpenApplicationLeadsToNoSecondCase) {
  ASSERT_TRUE(hall().start_kiosk());
  const auto job = scenario("mortgage_cancellation");
  const auto signed_at =
      std::ranges::find(job.acts, lobby::Act{Verb::tap, "done", "", 0}.what, &lobby::Act::what);
  ASSERT_TRUE(hall().stations().turn("registry", "decision", "accept"));
  play_some(job, static_cast<std::size_t>(signed_at - job.acts.begin()) + 1);
  await_page({"decided"});
  hall().kiosk().kill();
  ASSERT_EQ(hall().registry().authority().recorded(), 1U);
  fs::remove(fs::path(database()).concat("-wal"));
  std::ofstream(database(), std::ios::trunc) << "this was a database once";
  ASSERT_TRUE(hall().start_kiosk());
  const auto chosen = std::ranges::find(job.acts, "row.0", &lobby::Act::what);
  play_some(job, static_cast<std::size_t>(chosen - job.acts.begin()) + 1);
  await_page({"lien_blocked"});
  EXPECT_EQ(hall().registry().authority().recorded(), 1U);
  EXPECT_EQ(hall().registry().arrived("/v1/applications"), 1U);
}

TEST_F(BadDay, ADatabaseOfANewerProgramIsLeftAlone) {
  work_a_day();
  sqlite3* db = nullptr;
  ASSERT_EQ(sqlite3_open(database().c_str(), &db), SQLITE_OK);
  EXPECT_EQ(sqlite3_exec(db, "PRAGMA user_version = 99", nullptr, nullptr, nullptr), SQLITE_OK);
  sqlite3_close(db);
  const auto before = content(database());
  EXPECT_EQ(start_in_vain(), 2) << "starting it again does not help";
  EXPECT_NE(log().find("made by a newer program (schema 99"), std::string::npos);
  EXPECT_TRUE(content(database()) == before);
  EXPECT_TRUE(kept_aside().empty());
}

TEST_F(BadDay, ABrokenLineOfTheConfigurationIsNamed) {
  configure("[hall]", "[hall]\nhours = 09:00 to 17:00");
  EXPECT_EQ(start_in_vain(), 2);
  EXPECT_NE(log().find("kiosk.toml:"), std::string::npos);
}

TEST_F(BadDay, ASigningKeyThatIsNotThereIsSaid) {
  configure("audit.key.pem", "lost.key.pem");
  EXPECT_EQ(start_in_vain(), 2);
  EXPECT_NE(log().find("[audit] signing_key"), std::string::npos);
}

TEST_F(BadDay, ADeviceThatIsNotThereClosesWhatNeedsIt) {
  configure("port = \"serial:", "port = \"serial:/nowhere");
  ASSERT_TRUE(hall().start_kiosk());
  auto by_number = scenario("progress_number");
  std::ranges::find(by_number.acts, "服务正常", &lobby::Act::what)->what = "部分服务可用";
  play(by_number);
  do_this({{Verb::tap, "service.mortgage_cancellation"}, {Verb::page, "service_closed"}});
}

/// The kiosk's data on a disk of its own, a megabyte and a half, which can be filled and made read-only.
class BadDisk : public BadDay {
 protected:
  void SetUp() override {
    if (::mount("tmpfs", hall().data().c_str(), "tmpfs", 0, "size=1536k") != 0) {
      GTEST_SKIP() << "no disk can be mounted here";
    }
    mounted_ = true;
  }
  void TearDown() override {
    hall().kiosk().kill();
    if (mounted_) ::umount2(hall().data().c_str(), MNT_DETACH);
  }

  void fill() {
    const Fd file(::open(filler().c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600));
    const std::string block(1024, 'x');
    while (::write(file.get(), block.data(), block.size()) > 0) continue;
    ASSERT_EQ(errno, ENOSPC);
  }
  void empty() { fs::remove(filler()); }
  void read_only(bool on) {
    const unsigned long flags = MS_REMOUNT | (on ? 1UL * MS_RDONLY : 0UL);
    ASSERT_EQ(::mount("tmpfs", hall().data().c_str(), "tmpfs", flags, "size=1536k"), 0);
  }

  /// Up to and with the last touch before the application leaves.
  void play_to_the_signature() {
    ASSERT_TRUE(hall().start_kiosk());
    const auto job = scenario("mortgage_cancellation");
    const auto sign = std::ranges::find(job.acts, Verb::sign, &lobby::Act::verb);
    play_some(job, static_cast<std::size_t>(sign - job.acts.begin()) + 1);
  }

 private:
  fs::path filler() { return hall().data() / "filler"; }
  bool mounted_ = false;
};

TEST_F(BadDisk, WithoutRoomAtTheStartItStandsClosedAndOpensWhenThereIsSome) {
  fill();
  ASSERT_TRUE(hall().start_kiosk());
  await_page({"out_of_service"});
  EXPECT_NE(log().find("the records cannot be kept"), std::string::npos);
  empty();
  play(scenario("progress_number"));
  expect_whole_audit_trail();
}

TEST_F(BadDisk, AReadOnlyDiskAtTheStartIsTheSame) {
  read_only(true);
  ASSERT_TRUE(hall().start_kiosk());
  await_page({"out_of_service"});
  read_only(false);
  play(scenario("progress_number"));
  expect_whole_audit_trail();
}

TEST_F(BadDisk, ThatIsFullBeforeTheApplicationLeavesSendsNothing) {
  play_to_the_signature();
  fill();
  do_this({{Verb::tap, "done"}, {Verb::page, "problem"}});
  EXPECT_EQ(hall().registry().arrived("/v1/applications"), 0U);
  do_this({{Verb::see, "您的信息没有提交"}});
  empty();
  expect_whole_audit_trail();
}

TEST_F(BadDisk, ThatIsFullAfterwardsKeepsNothingFromTheCitizen) {
  play_to_the_signature();
  ASSERT_TRUE(hall().stations().turn("registry", "delay", "3000"));
  do_this({{Verb::tap, "done"}, {Verb::expect, "registry.arrived", "1"}});
  fill();
  await_page({"decided"});
  do_this({{Verb::expect, "receipt_printer.slips", "1"}, {Verb::expect, "registry.decided", "registered"}});
  empty();
  hall().kiosk().kill();
  ASSERT_TRUE(hall().stations().turn("registry", "delay", "0"));
  ASSERT_TRUE(hall().start_kiosk());
  await_page({"attract"});
  expect_whole_audit_trail();
  EXPECT_EQ(hall().registry().authority().recorded(), 1U);
  EXPECT_EQ(hall().registry().arrived("/v1/applications"), 1U);
}

}  // namespace
}  // namespace kiosk::testing
