#pragma once
// An audit trail in the hand of a test: its folder, its store, its clock and its key.

#include <algorithm>
#include <fstream>
#include <functional>
#include <optional>
#include <sstream>
#include <string>

#include <gtest/gtest.h>

#include "firmware/records/audit.hpp"
#include "firmware/records/schema.hpp"
#include "firmware/records/verify/verifier.hpp"
#include "hal/base/log.hpp"
#include "tests/support/memory_store.hpp"
#include "tests/support/set_clock.hpp"
#include "tests/support/temporary_folder.hpp"

namespace kiosk::records {

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

}  // namespace kiosk::records
