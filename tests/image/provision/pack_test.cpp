// kiosk-pack as a city's person runs it, and a kiosk that reads what it packed.

#include <filesystem>
#include <fstream>
#include <sstream>

#include <gtest/gtest.h>

#include "firmware/provision/cms.hpp"
#include "firmware/provision/content.hpp"
#include "firmware/provision/escrow.hpp"
#include "hal/base/file.hpp"
#include "image/provision/command.hpp"
#include "tests/firmware/provision/city.hpp"
#include "tests/support/temporary_folder.hpp"

namespace kiosk::pack {
namespace {

namespace fs = std::filesystem;
using provision::City;
using provision::this_machine;

class Packing : public ::testing::Test {
 protected:
  void SetUp() override {
    fs::create_directories(folder_ / "settings/usb.d");
    fs::create_directories(folder_ / "stick");
    const auto& city = City::ours();
    write("ca.crt", city.authority.certificate);
    write("signer.crt", city.signer.certificate);
    write("signer.key", city.signer.key);
    write("escrow.crt", city.escrow.certificate);
    write("escrow.key", city.escrow.key);
    write("settings/kiosk.toml", "[kiosk]\n");
    write("settings/technicians.toml", "[technician]\nbadge = \"T1\"\nrole = \"manager\"\n");
    write("settings/client.key", "a secret", 0600);
    write("settings/usb.d/10-chassis.conf", "allow id 0627:0001\n");
  }
  void write(const std::string& name, const std::string& text, unsigned mode = 0644) {
    ASSERT_TRUE(replace_file(folder_ / name, text, mode));
    fs::permissions(folder_ / name, fs::perms(mode));
  }
  std::string at(const std::string& name) const { return folder_ / name; }

  int run(std::vector<std::string> arguments, bool sign = true) {
    if (sign) {
      for (const auto& more : {std::string("--certificate"), at("signer.crt"), std::string("--key"),
                               at("signer.key"), std::string("--out"), at("stick")})
        arguments.push_back(more);
    }
    std::ostringstream out;
    const int status = pack_command(arguments, out);
    said_ = out.str();
    return status;
  }
  int pack(const std::string& machine, const std::string& expires = "2026-12-31T00:00:00Z") {
    return run({"settings", at("settings"), "--machine", machine, "--sequence", "3", "--expires", expires,
                "--escrow", at("escrow.crt")});
  }
  /// As a kiosk reads it.
  Result<provision::Content> packed(const std::string& name) const {
    const auto file = TRY(read_file(folder_ / "stick" / name, provision::most_signed));
    const auto text = TRY(provision::signed_content(file, City::ours().authority.certificate));
    return provision::read_content(text);
  }

  testing::TemporaryFolder folder_;
  std::string said_;
};

TEST_F(Packing, SettingsAreReadByAKiosk) {
  ASSERT_EQ(pack(this_machine), 0) << said_;
  const auto content = packed(this_machine + ".kiosk");
  ASSERT_TRUE(content) << content.error().what;
  const auto& settings = std::get<provision::Settings>(*content);
  EXPECT_EQ(settings.head.machine, this_machine);
  EXPECT_EQ(settings.sequence, 3);
  EXPECT_EQ(settings.files.size(), 4U);
  EXPECT_TRUE(settings.files.at("client.key").secret);
  EXPECT_FALSE(settings.files.at("usb.d/10-chassis.conf").secret);
  EXPECT_EQ(fs::status(folder_ / "stick" / (this_machine + ".kiosk")).permissions(), fs::perms(0600));
  ASSERT_EQ(run({"show", at("stick/" + this_machine + ".kiosk"), "--ca", at("ca.crt")}, false), 0) << said_;
  EXPECT_NE(said_.find("client.key (secret): 8 bytes"), said_.npos) << said_;
  EXPECT_EQ(said_.find("a secret"), said_.npos);
  ASSERT_EQ(pack("any"), 0) << said_;
  EXPECT_TRUE(packed("any.kiosk"));
}

TEST_F(Packing, RefusesWhatAKioskWouldRefuse) {
  EXPECT_EQ(pack("K3"), 1);
  EXPECT_EQ(pack(this_machine, "2026-13-31T00:00:00Z"), 1);
  write("settings/sub.d", "");
  EXPECT_EQ(pack(this_machine), 0) << "a file may have such a name: " << said_;
  write("settings/.hidden", "");
  EXPECT_EQ(pack(this_machine), 1);
  EXPECT_NE(said_.find(".hidden"), said_.npos) << said_;
  fs::remove(folder_ / "settings/.hidden");
  write("settings/technicians.toml", "[technician]\n");
  EXPECT_EQ(pack(this_machine), 1);
  fs::remove(folder_ / "settings/technicians.toml");
  EXPECT_EQ(pack(this_machine), 1);
  EXPECT_EQ(run({"settings", at("settings")}), 2);
  EXPECT_EQ(run({}, false), 2);
}

TEST_F(Packing, ARecoveryComesFromWhatTheMachineLeft) {
  const auto left =
      provision::seal_escrow({.machine = this_machine, .key = "the key"}, City::ours().escrow.certificate);
  write("left.recovery", left.value());
  const std::vector<std::string> command{"recovery",       at("left.recovery"),   "--escrow",
                                         at("escrow.crt"), "--escrow-key",        at("escrow.key"),
                                         "--expires",      "2026-12-31T00:00:00Z"};
  ASSERT_EQ(run(command), 0) << said_;
  const auto content = packed(this_machine + ".kiosk");
  ASSERT_TRUE(content);
  EXPECT_EQ(std::get<provision::Recovery>(*content).key, "the key");
  auto moved = command;
  moved.insert(moved.end(), {"--machine", provision::other_machine});
  ASSERT_EQ(run(moved), 0) << said_;
  EXPECT_TRUE(packed(provision::other_machine + ".kiosk"));
  write("escrow.key", City::another().escrow.key);
  EXPECT_EQ(run(command), 1);
  EXPECT_NE(said_.find("another key"), said_.npos) << said_;
}

}  // namespace
}  // namespace kiosk::pack
