#include "tests/firmware/records/audit_trail.hpp"

namespace kiosk::records {
namespace {

TEST_F(AuditTest, MakesAChainThatHolds) {
  auto audit = open();
  record(audit, 5);
  const auto head = audit.sign_head();
  ASSERT_TRUE(head);
  EXPECT_EQ(head->head.line, 5);
  const auto report = verify(KnownHead{head->head.line, head->head.hash});
  EXPECT_TRUE(report.whole()) << told(report);
  EXPECT_EQ(report.lines, 6U);
  EXPECT_EQ(report.signatures, 1U);
  EXPECT_EQ(report.head, audit.head()->hash);
}

TEST_F(AuditTest, WritesLinesThatOtherToolsCanCheck) {
  auto audit = open();
  ASSERT_TRUE(audit.record(event(3)));
  EXPECT_EQ(
      lines(content(files()[0]))[0],
      R"({"actor":"张*明","event":"mortgages.shown","facts":{"count":3,"ok":true},"hash":")" +
          audit.head()->hash + R"(","kiosk":"kiosk-7","line":1,"previous":")" + std::string(64, '0') +
          R"(","purpose":"mortgage_cancellation","role":"citizen","session":"s1","time":"2026-08-01T08:00:00.000Z"})"
          "\n");
}

TEST_F(AuditTest, GoesOnAcrossDaysAndRestartsAndSignsEachDay) {
  for (int day = 0; day < 3; ++day) {
    auto audit = open();
    record(audit, 2);
    clock_.advance(24h);
  }
  EXPECT_EQ(files().size(), 3U);
  const auto report = verify();
  EXPECT_TRUE(report.whole()) << told(report);
  EXPECT_EQ(report.signatures, 2U);
  EXPECT_EQ(report.last, 8);
}

TEST_F(AuditTest, NeverGoesBackToAnEarlierFileWhenTheClockDoes) {
  auto audit = open();
  record(audit, 1);
  clock_.advance(-48h);
  record(audit, 1);
  EXPECT_EQ(files().size(), 1U);
  ASSERT_TRUE(audit.sign_head());
  const auto report = verify();
  EXPECT_TRUE(report.whole()) << told(report);
  EXPECT_TRUE(report.remarks[0].contains("the clock was set back"));
}

TEST_F(AuditTest, MasksACitizenNumberThatSomebodyLetIn) {
  auto audit = open();
  auto careless = event(1);
  careless.facts.emplace_back("note", std::string("for 11010519491231002X"));
  careless.actor = "11010519491231002X";
  ASSERT_TRUE(audit.record(careless));
  EXPECT_FALSE(content(files()[0]).contains("11010519491231002X"));
  EXPECT_TRUE(content(files()[0]).contains("for 1101**********002X"));
  EXPECT_TRUE(logged_.contains(R"("level":"error")"));
  EXPECT_FALSE(logged_.contains("11010519491231002X"));
}

TEST_F(AuditTest, KeepsTextsThatAreNoText) {
  auto audit = open();
  auto odd = event(1);
  odd.facts.emplace_back("bytes", std::string("\xFF\xC3\"\n\0\x7F", 6));
  odd.purpose = "\xE5\xBC";
  ASSERT_TRUE(audit.record(odd));
  ASSERT_TRUE(audit.sign_head());
  EXPECT_TRUE(verify().whole()) << told(verify());
}

TEST_F(AuditTest, TheKeyIsKeptForItsOwnerAndReadBack) {
  const auto file = folder_ / "audit.pem";
  ASSERT_TRUE(key_->save(file));
  EXPECT_EQ(key_->save(file).error().code, Errc::storage) << "never over a key";
  EXPECT_EQ(SigningKey::load(file)->id(), key_->id());
  EXPECT_EQ(fs::status(file).permissions(), fs::perms::owner_read | fs::perms::owner_write);
  EXPECT_EQ(SigningKey::load(folder_ / "none").error().code, Errc::not_present);
  write(file, "nonsense");
  EXPECT_EQ(SigningKey::load(file).error().code, Errc::malformed);
}

}  // namespace
}  // namespace kiosk::records
