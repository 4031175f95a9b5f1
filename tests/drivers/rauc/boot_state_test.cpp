#include "drivers/rauc/boot_state.hpp"

#include <fstream>

#include <gtest/gtest.h>

#include "drivers/rauc/environment_block.hpp"
#include "hal/base/file.hpp"
#include "tests/drivers/rauc/boot_loader.hpp"
#include "tests/support/must.hpp"
#include "tests/support/temporary_folder.hpp"

namespace kiosk::drivers::rauc {
namespace {

using hal::Slot;
using kiosk::testing::boot;
using kiosk::testing::must;

class BootStateOf : public ::testing::Test {
 protected:
  std::string text(const char* name) { return must(read_file(folder / name, 4096)); }
  void write(const char* name, std::string_view text) {
    std::ofstream(folder / name, std::ios::binary) << text;
  }

  kiosk::testing::TemporaryFolder folder;
  BootState state{folder.path()};
};

TEST_F(BootStateOf, ANewDiskStartsA) {
  EXPECT_EQ(must(state.choice()), Choice{});
  EXPECT_EQ(must(state.tries()), (Tries{0, 0}));
  EXPECT_EQ(boot(folder.path()), Slot::a);
}

TEST_F(BootStateOf, SaysWhatWasChosen) {
  for (const Choice& choice : {Choice{.first = Slot::b}, Choice{.first = Slot::b, .bad = {true, false}},
                               Choice{.first = Slot::a, .bad = {false, true}},
                               Choice{.first = Slot::b, .on_trial = Slot::b}, Choice{}}) {
    ASSERT_TRUE(state.choose(choice));
    EXPECT_EQ(must(state.choice()), choice);
    EXPECT_EQ(boot(folder.path()), choice.first);
    ASSERT_TRUE(state.set_tries({0, 0}));
  }
}

TEST_F(BootStateOf, NothingIsWrittenTwice) {
  ASSERT_TRUE(state.choose({.first = Slot::b}));
  const auto first = text("state0.env");
  const auto second = text("state1.env");
  ASSERT_TRUE(state.choose({.first = Slot::b}));
  EXPECT_EQ(text("state0.env"), first);
  EXPECT_EQ(text("state1.env"), second);
}

// The power goes in the middle of a write: of each of its two sectors the old or the new one is there, or, on
// a disk that lies, none of both.
TEST_F(BootStateOf, AfterAPowerCutInAnyWriteTheOldOrTheNewChoiceCounts) {
  const Choice old{.first = Slot::a};
  const Choice fresh{.first = Slot::b, .bad = {true, false}};
  for (int writes = 0; writes < 5; writes++) {
    ASSERT_TRUE(state.choose(old));
    const std::array before{text("state0.env"), text("state1.env")};
    ASSERT_TRUE(state.choose(fresh));
    const std::array after{text("state0.env"), text("state1.env")};
    const std::size_t written = before[0] == after[0] ? 1 : 0;
    ASSERT_EQ(before[1 - written], after[1 - written]) << "the copy that counts is never touched";
    const auto* name = written == 0 ? "state0.env" : "state1.env";
    for (const auto& head :
         {before[written].substr(0, sector), after[written].substr(0, sector), std::string(sector, '\xFF')}) {
      for (const auto& tail :
           {before[written].substr(sector), after[written].substr(sector), std::string(sector, '\0')}) {
        write(name, head + tail);
        const auto counts = must(state.choice());
        EXPECT_TRUE(counts == old || counts == fresh);
        EXPECT_EQ(boot(folder.path()), counts.first) << "both read the same";
        ASSERT_TRUE(state.set_tries({0, 0}));
      }
    }
    write(name, after[written]);
  }
}

TEST_F(BootStateOf, WhatIsBrokenDoesNotCountAndIsMended) {
  for (const std::string_view garbage :
       {"", "garbage", "# GRUB Environment Block\nSEQ=99999999999999999999\nPRIMARY=B\n",
        "# GRUB Environment Block\n"}) {
    ASSERT_TRUE(state.choose({.first = Slot::b}));
    write("state0.env", garbage);
    write("state1.env", garbage);
    write("try.env", garbage);
    EXPECT_EQ(must(state.choice()), Choice{});
    EXPECT_EQ(must(state.tries()), (Tries{0, 0}));
    EXPECT_FALSE(must(state.whole()));
    ASSERT_TRUE(state.choose({.first = Slot::b}));
    EXPECT_EQ(must(state.choice()).first, Slot::b);
    EXPECT_TRUE(read_environment(text("state0.env")));
    EXPECT_TRUE(read_environment(text("state1.env"))) << "both";
    EXPECT_FALSE(must(state.whole())) << "the counts are still broken";
    ASSERT_TRUE(state.set_tries({0, 0}));
    EXPECT_TRUE(must(state.whole()));
  }
}

TEST_F(BootStateOf, TheCountsAreTheBootLoaders) {
  ASSERT_TRUE(state.choose({.first = Slot::b}));
  ASSERT_EQ(boot(folder.path()), Slot::b);
  ASSERT_EQ(boot(folder.path()), Slot::b);
  EXPECT_EQ(must(state.tries()), (Tries{0, 2}));
  ASSERT_TRUE(state.set_tries({0, 0}));
  EXPECT_EQ(text("try.env").size(), environment_block_size);
  for (int i = 0; i < hal::most_tries; i++) EXPECT_EQ(boot(folder.path()), Slot::b);
  EXPECT_EQ(boot(folder.path()), Slot::a);
}

TEST_F(BootStateOf, ADiskThatCannotBeWrittenIsAnError) {
  BootState nowhere("/proc/nowhere");
  EXPECT_EQ(nowhere.choose({.first = Slot::b}).error().code, Errc::storage);
  EXPECT_EQ(nowhere.set_tries({1, 0}).error().code, Errc::storage);
}

}  // namespace
}  // namespace kiosk::drivers::rauc
