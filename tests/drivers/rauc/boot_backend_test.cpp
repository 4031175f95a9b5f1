#include "drivers/rauc/boot_backend.hpp"

#include <sstream>

#include <gtest/gtest.h>

#include "tests/support/must.hpp"
#include "tests/support/temporary_folder.hpp"

namespace kiosk::drivers::rauc {
namespace {

using hal::Slot;
using kiosk::testing::must;

class BootBackend : public ::testing::Test {
 protected:
  int ask(const std::vector<std::string>& words) {
    out_.str("");
    return boot_backend_command(state, words, out_, err_);
  }
  std::string answer(const std::vector<std::string>& words) {
    EXPECT_EQ(ask(words), 0);
    return out_.str();
  }
  void expect_refused(const std::vector<std::string>& words) {
    const auto before = must(state.choice());
    EXPECT_NE(ask(words), 0);
    EXPECT_EQ(must(state.choice()), before);
  }

  kiosk::testing::TemporaryFolder folder;
  BootState state{folder.path()};

 private:
  std::ostringstream out_, err_;
};

TEST_F(BootBackend, SaysWhatWasChosen) {
  ASSERT_TRUE(state.choose({.first = Slot::b, .bad = {true, false}, .on_trial = Slot::b}));
  EXPECT_EQ(answer({"get-primary"}), "B\n");
  EXPECT_EQ(answer({"get-state", "A"}), "bad\n");
  EXPECT_EQ(answer({"get-state", "B"}), "good\n");
  EXPECT_EQ(answer({"get-trial"}), "B\n");
  ASSERT_TRUE(state.choose({.first = Slot::b}));
  EXPECT_EQ(answer({"get-trial"}), "");
}

TEST_F(BootBackend, LetsNobodyHaveASlotStarted) {
  ASSERT_TRUE(state.choose({.first = Slot::a, .bad = {false, true}}));
  expect_refused({"set-primary", "B"});
  expect_refused({"set-state", "B", "good"});
  expect_refused({"set-state", "A", "bad"});
}

TEST_F(BootBackend, CallsTheOtherSlotBad) {
  ASSERT_TRUE(state.choose({.first = Slot::a}));
  EXPECT_EQ(ask({"set-state", "B", "bad"}), 0);
  EXPECT_EQ(must(state.choice()), (Choice{.first = Slot::a, .bad = {false, true}}));
}

TEST_F(BootBackend, CountsAnewWhatIsNeitherBadNorOnTrial) {
  ASSERT_TRUE(state.choose({.first = Slot::a, .bad = {false, true}}));
  ASSERT_TRUE(state.set_tries({2, 3}));
  EXPECT_EQ(ask({"clear-tries", "A"}), 0);
  EXPECT_EQ(must(state.tries()), (Tries{0, 3}));
  expect_refused({"clear-tries", "B"});
  ASSERT_TRUE(state.choose({.first = Slot::b, .on_trial = Slot::b}));
  expect_refused({"clear-tries", "B"});
  EXPECT_EQ(must(state.tries()), (Tries{0, 3}));
}

TEST_F(BootBackend, UnderstandsNothingElse) {
  for (const std::vector<std::string>& words : {std::vector<std::string>{},
                                                {"get-primary", "A"},
                                                {"get-state"},
                                                {"get-state", "C"},
                                                {"set-state", "B"},
                                                {"set-state", "b", "bad"},
                                                {"clear-tries"},
                                                {"erase", "B"}}) {
    expect_refused(words);
  }
}

}  // namespace
}  // namespace kiosk::drivers::rauc
