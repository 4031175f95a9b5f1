#include "tests/lint/rules.hpp"

#include <cstdlib>
#include <fstream>
#include <sstream>

#include <gtest/gtest.h>

namespace kiosk::lint {
namespace {

std::filesystem::path source_tree() {
  return std::getenv("KIOSK_SOURCE");
}

TEST(HouseRules, HoldInTheWholeTree) {
  for (const auto& finding : check_tree(source_tree())) {
    ADD_FAILURE() << finding.file << ":" << finding.line << ": " << finding.what;
  }
}

/// Each sample names in its first two lines where it pretends to stand and what must be found in it:
///   // stands at: drivers/samv/reader.cpp
///   // expect: may not include "drivers/escpos/job.hpp"
TEST(HouseRules, FindWhatIsWrongInEverySample) {
  int samples = 0;
  for (const auto& entry : std::filesystem::directory_iterator(source_tree() / "tests/lint/samples")) {
    std::ifstream in(entry.path());
    std::string where, expected;
    std::getline(in, where);
    std::getline(in, expected);
    ASSERT_TRUE(where.starts_with("// stands at: ")) << entry.path();
    ASSERT_TRUE(expected.starts_with("// expect: ")) << entry.path();
    std::ostringstream rest;
    rest << in.rdbuf();
    const auto findings = check(where.substr(14), rest.str());
    ASSERT_EQ(findings.size(), 1U) << entry.path();
    EXPECT_NE(findings.front().what.find(expected.substr(11)), std::string::npos)
        << entry.path() << ": " << findings.front().what;
    ++samples;
  }
  EXPECT_GE(samples, 9);
}

}  // namespace
}  // namespace kiosk::lint
