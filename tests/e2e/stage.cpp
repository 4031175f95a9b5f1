#include "tests/e2e/stage.hpp"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <vector>

#include <unistd.h>

namespace kiosk::testing {

using namespace std::chrono_literals;
namespace fs = std::filesystem;

namespace {

/// The tree's sources; and the build this test was made by.
fs::path sources() {
  const char* value = std::getenv("KIOSK_SOURCE");
  return value == nullptr ? fs::current_path() : fs::path(value);
}

fs::path build() {
  return fs::read_symlink("/proc/self/exe").parent_path().parent_path();  // .../tests/test_e2e
}

fs::path new_folder() {
  auto path = (fs::temp_directory_path() / "e2e-XXXXXX").string();
  if (::mkdtemp(path.data()) == nullptr) std::abort();
  return path;
}

/// The developer's kiosk of this build, or another build's: `./kiosk test` has one that watches its threads.
fs::path kiosk_glass() {
  const char* other = std::getenv("KIOSK_GLASS");
  return other == nullptr ? build() / "tests/lobby/kiosk-glass" : fs::path(other);
}

std::string content_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::string end_of(const fs::path& path) {
  const auto text = content_of(path);
  return text.substr(text.size() - std::min<std::size_t>(text.size(), 3000));
}

Wait patience() {
  return Wait::of(100s);
}

}  // namespace

Stage::Stage() : folder_(new_folder()) {
  auto hall =
      lobby::Hall::open({.folder = folder_,
                         .kiosk = kiosk_glass(),
                         .real_speed = false,
                         // What is freed is overwritten, as the shipped program's allocator does it.
                         .environment = {"ASAN_OPTIONS=max_free_fill_size=1073741824:free_fill_byte=165"}});
  if (!hall) std::abort();
  hall_ = *std::move(hall);
  player_ = std::make_unique<lobby::Player>(hall_->glass(), hall_->stations(), fs::path());
}

Stage::~Stage() {
  player_.reset();
  hall_.reset();
  fs::remove_all(folder_);
}

lobby::Scenario Stage::scenario(const std::string& name) {
  auto read = lobby::read_scenario(sources() / "tests/lobby/player/scenarios", name);
  if (!read) ADD_FAILURE() << read.error().what;
  return read ? *std::move(read) : lobby::Scenario{};
}

void Stage::play(const lobby::Scenario& scenario) {
  play_some(scenario, scenario.acts.size());
}

void Stage::play_some(const lobby::Scenario& scenario, std::size_t count) {
  const auto wait = patience();
  for (std::size_t i = 0; i < std::min(count, scenario.acts.size()); ++i) {
    const auto done = player_->play(scenario.acts[i], wait);
    ASSERT_TRUE(done) << scenario.name << ": " << done.error().what << "\n" << last_words();
  }
}

std::string Stage::await_page(const std::vector<std::string>& names) {
  const auto page = hall_->glass().await(
      [&](const lobby::ShownPage& shown) { return std::ranges::find(names, shown.name) != names.end(); },
      patience());
  if (!page) ADD_FAILURE() << page.error().what << "\n" << last_words();
  return page ? (*page)->name : std::string();
}

Stage::Verdict Stage::verify_audit_trail(const fs::path& public_key) {
  std::vector<std::string> command{(build() / "firmware/kiosk-audit").string(), "verify", "--key",
                                   public_key.string()};
  for (const auto& file : audit_files()) command.push_back(file.string());
  const auto report = folder_ / "audit-report";
  fs::remove(report);
  auto verifier = lobby::Child::start({.command = command, .log = report.string()});
  if (!verifier) return {.status = -1, .report = verifier.error().what};
  const auto status = verifier->wait(patience()).value_or(-1);
  return {.status = status, .report = content_of(report)};
}

void Stage::expect_whole_audit_trail() {
  hall_->kiosk().end();
  EXPECT_EQ(log().find("Sanitizer"), std::string::npos) << log();
  const auto verdict = verify_audit_trail(hall_->audit_public_key());
  EXPECT_EQ(verdict.status, 0) << verdict.report;
}

std::vector<fs::path> Stage::audit_files() const {
  std::vector<fs::path> files;
  for (const auto& file : fs::directory_iterator(hall_->data() / "audit")) {
    if (file.path().extension() == ".jsonl") files.push_back(file.path());
  }
  std::ranges::sort(files);
  return files;
}

std::string Stage::audit_trail() const {
  std::string trail;
  for (const auto& file : audit_files()) trail += content_of(file);
  return trail;
}

void Stage::expect_no_complaints() {
  EXPECT_EQ(hall_->reader().sam().complaints(), std::vector<std::string>());
  EXPECT_EQ(hall_->receipt_printer().complaints(), std::vector<std::string>());
}

std::string Stage::log() const {
  return content_of(hall_->log_file());
}

void Stage::configure(const std::string& from, const std::string& to) {
  auto toml = content_of(hall_->configuration_file());
  const auto at = toml.find(from);
  ASSERT_NE(at, std::string::npos) << from;
  toml.replace(at, from.size(), to);
  std::ofstream(hall_->configuration_file(), std::ios::binary | std::ios::trunc) << toml;
}

int Stage::start_in_vain() {
  EXPECT_TRUE(hall_->start_kiosk());
  return hall_->kiosk().wait(patience()).value_or(-1);
}

std::string Stage::last_words() const {
  std::string words = end_of(hall_->log_file());
  std::error_code none;
  for (const auto& file : fs::directory_iterator(folder_ / "data/audit", none)) words += end_of(file.path());
  return words;
}

}  // namespace kiosk::testing
