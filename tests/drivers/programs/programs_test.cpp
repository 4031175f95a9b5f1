// Programs of the machine, as shell scripts of a few lines.

#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

#include "drivers/programs/data_partition.hpp"
#include "drivers/programs/run.hpp"
#include "drivers/programs/settings_check.hpp"
#include "hal/base/file.hpp"
#include "tests/support/temporary_folder.hpp"

namespace kiosk::drivers {
namespace {

namespace fs = std::filesystem;

class Programs : public ::testing::Test {
 protected:
  /// A script of that name, which says in "called" how it was called.
  fs::path script(const std::string& name, const std::string& body) {
    const auto file = folder_ / name;
    std::ofstream(file) << "#!/bin/sh\necho \"$0 $*\" >>" << (folder_ / "called").string() << "\n"
                        << body << "\n";
    fs::permissions(file, fs::perms(0700));
    return file;
  }
  std::string called() const { return read_file(folder_ / "called", 4096).value_or(""); }

  testing::TemporaryFolder folder_;
};

TEST_F(Programs, RunToTheirEnd) {
  EXPECT_EQ(run_program({"/bin/sh", "-c", "exit 0"}), 0);
  EXPECT_EQ(run_program({"/bin/sh", "-c", "exit 7"}), 7);
  EXPECT_EQ(run_program({"/bin/sh", "-c", "kill -9 $$"}), 128 + 9);
  const auto nothing = run_program({"/nowhere/program"});
  ASSERT_FALSE(nothing);
  EXPECT_EQ(nothing.error().code, Errc::not_present);
}

TEST_F(Programs, TheScriptSealsWithTheKeyInAFileThatIsGoneAfterwards) {
  const auto sealing = script("seal", "cat \"$2\" >" + (folder_ / "key").string() + "; stat -c %a \"$2\" >>" +
                                          (folder_ / "key").string());
  EXPECT_TRUE(make_data_partition(sealing, folder_.path())->seal_anew("the key"));
  EXPECT_EQ(read_file(folder_ / "key", 64).value(), "the key600\n");
  EXPECT_EQ(called(), sealing.string() + " seal " + (folder_ / "recovery-key").string() + "\n");
  EXPECT_FALSE(fs::exists(folder_ / "recovery-key"));
}

TEST_F(Programs, TheScriptTellsAWrongKeyFromAFault) {
  const auto sealed = [&](int status) {
    return make_data_partition(script("seal", "exit " + std::to_string(status)), folder_.path())
        ->seal_anew("k");
  };
  EXPECT_EQ(sealed(3).error().code, Errc::refused);
  EXPECT_EQ(sealed(1).error().code, Errc::storage);
  EXPECT_EQ(make_data_partition("/nowhere/seal", folder_.path())->seal_anew("k").error().code, Errc::storage);
  EXPECT_FALSE(fs::exists(folder_ / "recovery-key"));
}

TEST_F(Programs, SettingsAreCheckedByWhoeverHasAFileAmongThem) {
  const auto kiosk = script("kiosk", "exit 0"), updater = script("kiosk-updater", "exit 0");
  const CheckedBy by{
      .programs = folder_.path(), .firewall = script("nft", "exit 0"), .firewall_rules = "/rules"};
  EXPECT_TRUE(check_settings("/new", by));
  EXPECT_EQ(called(), kiosk.string() + " --check --config /new/kiosk.toml\n");
  std::ofstream(folder_ / "updater.toml") << "\n";
  EXPECT_TRUE(check_settings(folder_.path(), by));
  EXPECT_TRUE(called().ends_with(updater.string() + " --config " + (folder_ / "updater.toml").string() +
                                 " check --alone\n"));
  const auto peers = folder_ / "peers.nft";
  std::ofstream(peers) << "\n";
  EXPECT_TRUE(check_settings(folder_.path(), by));
  EXPECT_TRUE(called().ends_with(by.firewall.string() + " --check --includepath " + folder_.path().string() +
                                 " --file /rules\n"));
  script("nft", "exit 1");
  EXPECT_EQ(check_settings(folder_.path(), by).error().code, Errc::refused);
  script("nft", "exit 0");
  fs::create_directory(folder_ / "usb.d");
  const auto rules = folder_ / "usb.d" / "10-chassis.conf";
  std::ofstream(rules) << "\n";
  const auto parser = script("usbguard-rule-parser", "exit 0");
  EXPECT_TRUE(check_settings(folder_.path(), by));
  EXPECT_TRUE(called().ends_with(parser.string() + " --file " + rules.string() + "\n"));
  script("usbguard-rule-parser", "exit 1");
  EXPECT_EQ(check_settings(folder_.path(), by).error().code, Errc::refused);
  fs::remove_all(folder_ / "usb.d");
  script("kiosk-updater", "exit 2");
  EXPECT_EQ(check_settings(folder_.path(), by).error().code, Errc::refused);
  script("kiosk", "exit 2");
  EXPECT_EQ(check_settings("/new", by).error().code, Errc::refused);
}

}  // namespace
}  // namespace kiosk::drivers
