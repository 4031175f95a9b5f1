// The second gate, alone.

#include <sstream>

#include <gtest/gtest.h>

#include "firmware/updater/floor_file.hpp"
#include "firmware/updater/rauc_gate/check.hpp"
#include "firmware/updater/rauc_gate/command.hpp"
#include "hal/base/file.hpp"
#include "tests/support/temporary_folder.hpp"

namespace kiosk::updater::rauc_gate {
namespace {

constexpr const char* manifest_text = R"([update]
compatible=kiosk-x86
version=2026.11.2
build=secver=7 data_schema=3

[bundle]
format=verity

[image.rootfs]
sha256=0011
size=4096
filename=rootfs.img
)";

struct TheSecondGate : ::testing::Test {
  int run(const std::string& floor, const std::string& manifest) {
    EXPECT_TRUE(replace_file(folder / "floor", floor));
    EXPECT_TRUE(replace_file(folder / "manifest.raucm", manifest));
    said.str("");
    return gate_command({(folder / "floor").string(), "kiosk-x86"}, folder.path().string(), said);
  }
  testing::TemporaryFolder folder;
  std::ostringstream said;
};

TEST_F(TheSecondGate, LetsThroughWhatIsAboveTheFloor) {
  EXPECT_EQ(run("secver=6\ndata_schema=3\n", manifest_text), 0) << said.str();
  EXPECT_EQ(run("secver=0\ndata_schema=0\n", manifest_text), 0) << said.str();
}

TEST_F(TheSecondGate, ReadsTheFloorAsTheUpdaterWritesIt) {
  ASSERT_TRUE(write_floor(folder / "floor", {.secver = 9'223'372'036'854'775'807, .data_schema = 3}));
  const auto text = read_file(folder / "floor", 256).value();
  EXPECT_EQ(rauc_gate::read_floor(text)->secver, 9'223'372'036'854'775'807);
  EXPECT_EQ(rauc_gate::read_floor(text)->data_schema, 3);
  EXPECT_EQ(run(text, manifest_text), 1);
}

TEST_F(TheSecondGate, RefusesADowngrade) {
  for (const auto* floor : {"secver=7\ndata_schema=3\n", "secver=8\ndata_schema=3\n"}) {
    EXPECT_EQ(run(floor, manifest_text), 1);
    EXPECT_NE(said.str().find("secver 7 is not above"), std::string::npos) << said.str();
  }
}

TEST_F(TheSecondGate, RefusesASystemThatCannotReadTheRecords) {
  EXPECT_EQ(run("secver=6\ndata_schema=4\n", manifest_text), 1);
  EXPECT_NE(said.str().find("reads records up to 3"), std::string::npos) << said.str();
}

TEST_F(TheSecondGate, RefusesAnotherMachinesSystem) {
  std::string other = manifest_text;
  other.replace(other.find("kiosk-x86"), 9, "kiosk-arm");
  EXPECT_EQ(run("secver=6\ndata_schema=3\n", other), 1);
}

TEST_F(TheSecondGate, RefusesWhatItCannotRead) {
  const std::string floor = "secver=6\ndata_schema=3\n";
  for (const auto* bad :
       {"", "secver=6\n", "secver=-1\ndata_schema=3\n", "secver=6x\ndata_schema=3\n",
        "secver=99999999999999999999\ndata_schema=3\n", "secver=6\nsecver=1\ndata_schema=3\n", "garbage"}) {
    EXPECT_EQ(run(bad, manifest_text), 1) << bad;
  }
  const std::string whole = manifest_text;
  for (const auto& bad :
       {std::string(), whole.substr(0, whole.find("build")),
        whole + "[update]\nbuild=secver=99 data_schema=3\n",
        whole + "[update]\nbuild\f=secver=99 data_schema=3\n",  // the same key, says GLib
        std::string("[update]\ncompatible=kiosk-x86\nbuild=secver=0 data_schema=3\n"),
        std::string("[update]\ncompatible=kiosk-x86\nbuild=secver=7\n"),
        std::string("[update]\ncompatible=kiosk-x86\nbuild=secver=7 secver=9 data_schema=3\n"),
        std::string("[update\ncompatible=kiosk-x86\nbuild=secver=7 data_schema=3\n"),
        std::string("[update]\nbuild=secver=7 data_schema=3\n"), std::string(100'000, 'x')}) {
    EXPECT_EQ(run(floor, bad), 1) << bad.substr(0, 80);
    EXPECT_FALSE(said.str().empty());
  }
}

TEST_F(TheSecondGate, RefusesWhenAnythingIsMissing) {
  EXPECT_EQ(gate_command({"/nowhere/floor", "kiosk-x86"}, folder.path().string(), said), 1);
  ASSERT_TRUE(replace_file(folder / "floor", "secver=6\ndata_schema=3\n"));
  EXPECT_EQ(gate_command({(folder / "floor").string(), "kiosk-x86"}, folder.path().string(), said), 1);
  EXPECT_EQ(gate_command({(folder / "floor").string(), "kiosk-x86"}, "", said), 1);
  EXPECT_EQ(gate_command({}, folder.path().string(), said), 2);
}

}  // namespace
}  // namespace kiosk::updater::rauc_gate
