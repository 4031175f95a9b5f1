#include "drivers/rauc/boot_state.hpp"

#include <cctype>
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

/// What is on the disk between two writes of two updates, of which the second is rolled back; `old` lies in
/// the other copy.
struct Moment {
  Choice old, fresh;
};
const std::array moments{
    Moment{{}, {.first = Slot::a, .bad = {false, true}}},
    Moment{{.first = Slot::a, .bad = {false, true}}, {.first = Slot::b, .on_trial = Slot::b}},
    Moment{{.first = Slot::b, .on_trial = Slot::b}, {.first = Slot::b}},
    Moment{{.first = Slot::b}, {.first = Slot::b, .bad = {true, false}}},
    Moment{{.first = Slot::b, .bad = {true, false}}, {.first = Slot::a, .on_trial = Slot::a}},
    Moment{{.first = Slot::a, .on_trial = Slot::a}, {.first = Slot::b, .bad = {true, false}}},
};

class OneFlippedBit : public BootStateOf, public ::testing::WithParamInterface<Moment> {
 protected:
  static constexpr std::array names{"state0.env", "state1.env", "try.env"};

  /// Both choices and the counts, `writes` after the first.
  void make(int writes) {
    for (int i = 0; i < writes; i++) must(state.choose({.first = i % 2 == 0 ? Slot::a : Slot::b}));
    must(state.choose(GetParam().old));
    must(state.choose(GetParam().fresh));
    must(state.set_tries({0, 0}));
    for (const auto* name : names) whole_[name] = text(name);
  }
  void restore() {
    for (const auto& [name, text] : whole_) write(name.c_str(), text);
  }
  /// Each bit of what is said and of the padding's beginning; behind that, where all are alike, here and
  /// there one, and one of the last byte.
  void each_flip(auto judge) {
    for (const auto* name : names) {
      const auto& before = whole_[name];
      const auto said = before.find_last_of('\n') + 3;
      for (std::size_t at = 0; at < before.size(); at++) {
        if (at >= said && at % 33 != 0) continue;
        for (std::size_t bit = at < said ? 0 : at % 8; bit < (at < said ? 8 : at % 8 + 1); bit++) {
          auto flipped = before;
          flipped[at] = static_cast<char>(static_cast<unsigned char>(flipped[at]) ^ (1U << bit));
          SCOPED_TRACE(::testing::Message() << name << " byte " << at << " bit " << bit);
          restore();
          write(name, flipped);
          judge(name, at);
        }
      }
    }
  }

  std::map<std::string, std::string> whole_;
};

/// Where both have tries left.
Slot started(const Choice& choice) {
  return choice.bad[static_cast<std::size_t>(choice.first)] ? hal::other(choice.first) : choice.first;
}

// A copy with another bit does not count, for both readers alike: then the other one does, which says what
// was chosen before. A new system that was just chosen is not started then and taken for one that never came
// up; one that was just called bad has its tries again, and its trial. Of a count nobody sees when another
// digit stands there, and it costs a slot no more than two of its tries. Where both were 0 the right one
// starts, and what is written next makes all three files whole.
TEST_P(OneFlippedBit, LeavesAMachineThatStartsAndIsMendedByTheNextWrite) {
  for (const int writes : {0, 6}) {  // SEQ of one digit, and from 9 to 10
    make(writes);
    const auto& [old, fresh] = GetParam();
    ASSERT_TRUE(must(state.whole()));
    ASSERT_TRUE(writes == 0 || text("state1.env").contains("SEQ=9\n") ||
                text("state0.env").contains("SEQ=9\n"))
        << text("state0.env") << text("state1.env");
    each_flip([&](const std::string& name, std::size_t at) {
      const bool of_a_count = name == names[2] && std::isdigit(whole_[name][at]) != 0;
      EXPECT_TRUE(of_a_count || !must(state.whole())) << "nobody would mend it";
      const auto read = must(state.choice());
      const auto counts = must(state.tries());
      EXPECT_TRUE(counts[0] <= hal::most_tries && counts[1] <= hal::most_tries);
      const bool as_before = read.first == old.first && read.bad == old.bad;
      EXPECT_TRUE(as_before || (read.first == fresh.first && read.bad == fresh.bad));
      EXPECT_EQ(boot(folder.path()), started(read)) << "both read the same";
      ASSERT_TRUE(state.choose(read));
      ASSERT_TRUE(state.set_tries({0, 0}));
      EXPECT_TRUE(must(state.whole()));
      EXPECT_EQ(must(state.choice()), read);
      EXPECT_EQ(boot(folder.path()), started(read)) << "and now both read the same";
      EXPECT_EQ(must(state.tries())[static_cast<std::size_t>(started(read))], 1) << "tries are counted again";
    });
    restore();
  }
}

INSTANTIATE_TEST_SUITE_P(Of, OneFlippedBit, ::testing::ValuesIn(moments));

TEST_F(BootStateOf, TheCountsAreTheBootLoaders) {
  ASSERT_TRUE(state.choose({.first = Slot::b}));
  ASSERT_TRUE(state.set_tries({0, 0})) << "it makes no file";
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
