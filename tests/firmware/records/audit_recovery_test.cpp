// A trail after a cut, a full disk, or with a part of it gone.

#include <csignal>

#include <sys/resource.h>

#include "tests/firmware/records/audit_trail.hpp"

namespace kiosk::records {
namespace {

TEST_F(AuditTest, TakesOverALineThatTheStoreMissed) {
  auto audit = open();
  record(audit, 2);
  store_.fill_disk();
  EXPECT_EQ(audit.record(event(2)).error().code, Errc::storage);
  store_.fill_disk(false);
  ASSERT_TRUE(audit.record(event(3)));
  EXPECT_EQ(audit.head()->line, 4);
  ASSERT_TRUE(audit.sign_head());
  EXPECT_TRUE(verify().whole()) << told(verify());
}

TEST_F(AuditTest, MovesHalfALineAside) {
  {
    auto audit = open();
    record(audit, 2);
  }
  const auto file = files()[0];
  write(file, content(file) + R"({"actor":"half)");
  auto audit = open();
  EXPECT_FALSE(logged_.contains(R"("level":"error")"));
  record(audit, 1);
  ASSERT_TRUE(audit.sign_head());
  EXPECT_TRUE(verify().whole()) << told(verify());
  EXPECT_EQ(content(file.string() + ".torn-1"), R"({"actor":"half)");
}

TEST_F(AuditTest, TellsThatLinesWereCutOff) {
  for (const bool cleanly : {true, false}) {
    Trail fresh;
    {
      auto audit = fresh.open();
      fresh.record(audit, 3);
    }
    const auto file = fresh.files()[0];
    auto text = content(file);
    text.resize(text.size() - (cleanly ? lines(text)[2].size() : 20));
    write(file, text);
    auto audit = fresh.open();
    EXPECT_TRUE(fresh.logged_.contains(R"("level":"error")"));
    fresh.record(audit, 1);
    EXPECT_TRUE(told(fresh.verify()).contains("lines 3 to 3 are missing")) << told(fresh.verify());
    fresh.open();
    EXPECT_EQ(gaps_told(fresh.files()), 1) << "told once; the verifier keeps telling";
  }
}

TEST_F(AuditTest, TellsThatTheLastLineWasChangedOrTheFileTakenAway) {
  {
    auto audit = open();
    record(audit, 3);
  }
  const auto file = files()[0];
  auto text = content(file);
  text.replace(text.rfind("citizen"), 7, "CITIZEN");
  write(file, text);
  open();
  EXPECT_EQ(gaps_told(files()), 1);
  fs::remove(file);
  open();
  EXPECT_EQ(gaps_told(files()), 1) << "in the new file";
}

TEST_F(AuditTest, FindsTheEndInTheFilesWhenTheStoreIsFresh) {
  {
    auto audit = open();
    record(audit, 3);
    clock_.advance(24h);
    record(audit, 1);
  }
  testing::MemoryStore fresh(schema());
  auto audit = Audit::open(fresh, clock_, {folder_.path(), "kiosk-7"}, key_).value();
  EXPECT_EQ(audit.head()->line, 5);
  record(audit, 1);
  ASSERT_TRUE(audit.sign_head());
  EXPECT_TRUE(verify().whole()) << told(verify());
}

TEST_F(AuditTest, SaysStorageWhenTheDiskIsFullAndTheChainStaysWhole) {
  auto audit = open();
  record(audit, 3);
  ::signal(SIGXFSZ, SIG_IGN);
  rlimit before{};
  ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &before), 0);
  const auto size = fs::file_size(files()[0]);
  for (const std::size_t room : {0U, 1U, 100U}) {
    const rlimit small{size + room, before.rlim_max};
    ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &small), 0);
    const auto result = audit.record(event(4));
    ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &before), 0);
    EXPECT_EQ(result.error().code, Errc::storage);
    EXPECT_EQ(fs::file_size(files()[0]), size) << "half a line is taken back";
  }
  record(audit, 1);
  EXPECT_EQ(audit.head()->line, 4);
  ASSERT_TRUE(audit.sign_head());
  EXPECT_TRUE(verify().whole()) << told(verify());
}

TEST_F(AuditTest, SaysStorageWithoutItsFolder) {
  EXPECT_EQ(Audit::open(store_, clock_, {folder_ / "none", "k"}, {}).error().code, Errc::storage);
}

}  // namespace
}  // namespace kiosk::records
