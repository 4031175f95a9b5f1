#include "firmware/records/audit.hpp"

#include <algorithm>
#include <csignal>
#include <fstream>
#include <functional>
#include <sstream>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <sys/resource.h>

#include "firmware/records/schema.hpp"
#include "firmware/records/verify/command.hpp"
#include "firmware/records/verify/verifier.hpp"
#include "hal/base/log.hpp"
#include "tests/support/memory_store.hpp"
#include "tests/support/set_clock.hpp"
#include "tests/support/temporary_folder.hpp"

namespace kiosk::records {
namespace {

using namespace std::chrono_literals;
namespace fs = std::filesystem;

struct Trail {
  Trail() {
    log::set_sink([this](log::Level, std::string_view line) { logged_ += line; });
  }
  ~Trail() {
    log::set_sink([](log::Level, std::string_view) {});
  }

  Audit open() { return Audit::open(store_, clock_, {folder_.path(), "kiosk-7"}, key_).value(); }

  static AuditEvent event(std::int64_t number) {
    return {"mortgages.shown",       Role::citizen, "张*明",
            "mortgage_cancellation", "s1",          {{"count", number}, {"ok", true}}};
  }
  void record(Audit& audit, int count) {
    for (int i = 0; i < count; ++i) ASSERT_TRUE(audit.record(event(i)));
  }
  std::vector<fs::path> files() const {
    std::vector<fs::path> found;
    for (const auto& entry : fs::directory_iterator(folder_.path())) {
      if (entry.path().extension() == ".jsonl") found.push_back(entry.path());
    }
    std::ranges::sort(found);
    return found;
  }
  static std::string content(const fs::path& file) {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
  }
  static void write(const fs::path& file, const std::string& text) {
    std::ofstream(file, std::ios::binary | std::ios::trunc) << text;
  }
  static std::vector<std::string> lines(const std::string& text) {
    std::vector<std::string> found;
    std::istringstream stream(text);
    for (std::string line; std::getline(stream, line);) found.push_back(line + "\n");
    return found;
  }
  static std::ptrdiff_t gaps_told(const std::vector<fs::path>& files) {
    return std::ranges::count_if(lines(content(files.back())),
                                 [](const std::string& line) { return line.contains("audit.gap_found"); });
  }
  static std::string joined(const std::vector<std::string>& parts) {
    std::string text;
    for (const auto& part : parts) text += part;
    return text;
  }
  AuditReport verify(std::optional<KnownHead> known = {}) const {
    AuditVerifier verifier(key_->public_pem(), std::move(known));
    for (const auto& file : files()) verifier.take_file(file.filename(), content(file));
    return verifier.finish();
  }
  static std::string told(const AuditReport& report) {
    std::string text;
    for (const auto& problem : report.problems)
      text += problem.file + ":" + std::to_string(problem.line) + " " + problem.what + "\n";
    return text;
  }

  testing::TemporaryFolder folder_;
  testing::MemoryStore store_{schema()};
  testing::SetClock clock_;
  std::optional<SigningKey> key_ = SigningKey::generate().value();
  std::string logged_;
};

struct AuditTest : ::testing::Test, Trail {};

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

RC_GTEST_PROP(AuditLine, TakesAnyBytes, (const std::string& bytes)) {
  (void)read_audit_line(bytes);
  AuditVerifier verifier;
  verifier.take_file("f", bytes);
  (void)verifier.finish();
}

}  // namespace
}  // namespace kiosk::records
