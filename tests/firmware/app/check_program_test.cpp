// `kiosk --check` as an engineer runs it.

#include <fstream>
#include <iterator>

#include <gtest/gtest.h>

#include "tests/lobby/wire/child.hpp"
#include "tests/support/temporary_folder.hpp"

namespace kiosk::app {
namespace {

using namespace std::chrono_literals;
namespace fs = std::filesystem;

std::string content_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

class CheckProgram : public ::testing::Test {
 protected:
  struct Said {
    int status;
    std::string text;
  };

  Said kiosk(const std::vector<std::string>& arguments) {
    const auto build = fs::read_symlink("/proc/self/exe").parent_path().parent_path();
    std::vector<std::string> command{build / "firmware/kiosk"};
    command.insert(command.end(), arguments.begin(), arguments.end());
    const auto log = folder_ / "said";
    fs::remove(log);
    auto child = lobby::Child::start({.command = command, .log = log.string()});
    EXPECT_TRUE(child);
    const auto status = child->wait(Wait::of(60s));
    return {status.value_or(-1), content_of(log)};
  }

  fs::path example_ = fs::path(std::getenv("KIOSK_SOURCE")) / "firmware/app/example.toml";
  testing::TemporaryFolder folder_;
};

TEST_F(CheckProgram, SaysNothingOfAGoodFileAndTouchesNothing) {
  const auto said = kiosk({"--check", "--config", example_.string()});
  EXPECT_EQ(said.status, 0);
  EXPECT_EQ(said.text, "");
  EXPECT_FALSE(fs::exists("/var/lib/kiosk/kiosk.db"));
}

TEST_F(CheckProgram, SaysWhatIsWrongInADeviceTable) {
  const auto file = folder_ / "kiosk.toml";
  auto text = content_of(example_);
  const std::string right = "paper_mm = 80";
  text.replace(text.find(right), right.size(), "paper_mm = 81");
  std::ofstream(file) << text;
  const auto said = kiosk({"--check", "--config", file.string()});
  EXPECT_EQ(said.status, 2);
  EXPECT_TRUE(said.text.starts_with("kiosk: kiosk.toml:")) << said.text;
  EXPECT_NE(said.text.find("[receipt_printer] paper_mm: 81 is"), std::string::npos) << said.text;
}

TEST_F(CheckProgram, SaysThatAFileIsNotThere) {
  const auto said = kiosk({"--check", "--config", (folder_ / "none.toml").string()});
  EXPECT_EQ(said.status, 2);
  EXPECT_NE(said.text.find("none.toml: No such file or directory"), std::string::npos) << said.text;
}

}  // namespace
}  // namespace kiosk::app
