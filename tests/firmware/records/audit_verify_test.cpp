// What an independent verifier finds in a trail.

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "firmware/records/verify/command.hpp"
#include "tests/firmware/records/audit_trail.hpp"

namespace kiosk::records {
namespace {

TEST_F(AuditTest, ShowsEveryTampering) {
  auto audit = open();
  record(audit, 1);
  ASSERT_TRUE(audit.sign_head());
  record(audit, 6);
  const auto good = lines(content(files()[0]));
  const auto file = files()[0];
  const KnownHead known{8, audit.head()->hash};
  using Lines = std::vector<std::string>;
  struct Case {
    const char* name;
    std::function<void(Lines&)> tamper;
    std::size_t line;
    const char* expected;
  };
  const std::vector<Case> cases{
      {"edited", [](Lines& l) { l[3].replace(l[3].find("张*明"), 7, "李*红"); }, 4, "was changed"},
      {"one bit", [](Lines& l) { l[3][20] = static_cast<char>(l[3][20] ^ 1); }, 4, ""},
      {"removed", [](Lines& l) { l.erase(l.begin() + 3); }, 4, "lines 4 to 4 are missing"},
      {"two swapped", [](Lines& l) { std::swap(l[3], l[4]); }, 4, "lines 4 to 4 are missing"},
      {"repeated", [](Lines& l) { l.insert(l.begin() + 4, l[3]); }, 5, "moved or repeated"},
      {"cut off", [](Lines& l) { l.resize(5); }, 0, "the end was cut off"},
      {"half a line", [](Lines& l) { l.back().resize(10); }, 8, "in the middle of a line"},
      {"blank inserted", [](Lines& l) { l[3].insert(1, " "); }, 4, "canonical"},
      {"name twice", [](Lines& l) { l[3].insert(1, R"("actor":"x",)"); }, 4, "canonical"},
      {"garbage", [](Lines& l) { l[3] = "garbage\n"; }, 4, "not a JSON object"},
      {"empty line", [](Lines& l) { l.insert(l.begin() + 3, "\n"); }, 4, "not a JSON object"},
      {"deep", [](Lines& l) { l[3] = std::string(60000, '[') + "\n"; }, 4, "not a JSON object"},
      {"huge", [](Lines& l) { l[3] = std::string(70000, 'x') + "\n"; }, 4, "longer than"},
      {"emptied", [](Lines& l) { l.clear(); }, 0, "not one line"},
  };
  for (const auto& one : cases) {
    auto changed = good;
    one.tamper(changed);
    write(file, joined(changed));
    const auto report = verify(known);
    ASSERT_FALSE(report.whole()) << one.name;
    EXPECT_EQ(report.problems[0].line, one.line) << one.name << "\n" << told(report);
    EXPECT_TRUE(report.problems[0].what.contains(one.expected)) << one.name << "\n" << told(report);
  }
  write(file, joined(good));
  EXPECT_TRUE(verify(known).whole());
}

TEST_F(AuditTest, ShowsALineRewrittenWithARightHash) {
  auto audit = open();
  record(audit, 2);
  const auto file = files()[0];
  auto text = lines(content(file));
  // An intruder who knows the format replaces the first line by another first line whose own hash holds.
  Trail other;
  auto forged = other.open();
  ASSERT_TRUE(forged.record(event(99)));
  text[0] = lines(content(other.files()[0]))[0];
  write(file, joined(text));
  EXPECT_TRUE(told(verify()).contains("does not follow the line before it"));
}

TEST_F(AuditTest, ShowsAChainRewrittenWithAnotherKey) {
  {
    auto audit = open();
    record(audit, 2);
    ASSERT_TRUE(audit.sign_head());
  }
  const auto own = key_;
  key_ = SigningKey::generate().value();
  EXPECT_TRUE(told(verify()).contains("signature does not hold"));
  key_ = own;
  EXPECT_TRUE(verify().whole());
}

TEST_F(AuditTest, AChainThatNobodySignedIsNotWholeForWhoHasTheKey) {
  auto audit = open();
  record(audit, 2);
  EXPECT_TRUE(told(verify()).contains("no line is signed with this key")) << told(verify());
  ASSERT_TRUE(audit.sign_head());
  EXPECT_TRUE(verify().whole()) << told(verify());
}

TEST_F(AuditTest, ADayThatNobodySignedShowsWhenAnEarlierOneIsSigned) {
  auto audit = open();
  record(audit, 1);
  ASSERT_TRUE(audit.sign_head());
  auto careless = Audit::open(store_, clock_, {folder_.path(), "kiosk-7"}, {}).value();  // without the key
  clock_.advance(24h);
  record(careless, 2);
  EXPECT_TRUE(told(verify()).contains("not one line of it is signed")) << told(verify());
}

TEST_F(AuditTest, AGapFoundAtTheFirstLineOfADayLeavesThatDaySigned) {
  auto audit = open();
  record(audit, 3);
  const auto file = files()[0];
  auto text = content(file);
  text.resize(text.size() - lines(text)[2].size());
  write(file, text);
  clock_.advance(24h);
  record(audit, 1);
  ASSERT_EQ(files().size(), 2U);
  EXPECT_EQ(gaps_told(files()), 1);
  EXPECT_TRUE(lines(content(files()[1]))[0].contains("audit.head_signed"));
}

TEST_F(AuditTest, TheCommandAnswersWithItsExitStatus) {
  auto audit = open();
  record(audit, 2);
  clock_.advance(24h);
  record(audit, 2);
  const auto head = *audit.sign_head();
  write(folder_ / "key.pem", key_->public_pem());
  const auto run = [](std::vector<std::string> arguments) {
    std::ostringstream out;
    const int status = audit_command(arguments, out);
    return std::pair(status, out.str());
  };
  const auto first = files()[0].string(), second = files()[1].string(), key = (folder_ / "key.pem").string();
  const auto known = std::to_string(head.head.line) + ":" + head.head.hash;
  const auto [status, text] = run({"verify", "--key", key, "--head", known, second, first});
  EXPECT_EQ(status, 0) << text;
  EXPECT_TRUE(text.contains("The trail is whole.")) << text;

  EXPECT_EQ(run({"verify", "--key", key, "--head", known, first}).first, 1);
  EXPECT_EQ(run({"verify", second}).first, 0) << "an earlier part may be elsewhere";
  write(first, content(first).substr(5));
  const auto [broken, report] = run({"verify", first, second});
  EXPECT_EQ(broken, 1);
  EXPECT_TRUE(report.contains(first + ":1: ")) << report;
  for (const std::vector<std::string>& wrong : {std::vector<std::string>{},
                                                {"verify"},
                                                {"check", first},
                                                {"verify", "--head"},
                                                {"verify", "--head", "5", first},
                                                {"verify", "--head", "x:" + head.head.hash, first},
                                                {"verify", "--all", first},
                                                {"verify", "/no/such/file"}}) {
    EXPECT_EQ(run(wrong).first, 2);
  }
}

RC_GTEST_PROP(AuditLine, TakesAnyBytes, (const std::string& bytes)) {
  (void)read_audit_line(bytes);
  AuditVerifier verifier;
  verifier.take_file("f", bytes);
  (void)verifier.finish();
}

}  // namespace
}  // namespace kiosk::records
