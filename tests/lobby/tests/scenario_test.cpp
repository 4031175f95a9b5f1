#include "tests/lobby/player/scenario.hpp"

#include <cstdlib>

#include <gtest/gtest.h>

namespace kiosk::lobby {
namespace {

TEST(Scenario, IsOneActALine) {
  const auto scenario =
      parse_scenario("demo",
                     "# What it shows.\n# Another note.\n\n  page attract \r\n\ttap service.x\n"
                     "turn reader.card zhang\nexpect receipt_printer.slips 1\nsee 已经 登簿");
  ASSERT_TRUE(scenario) << scenario.error().what;
  EXPECT_EQ(scenario->note, "What it shows.");
  EXPECT_EQ(scenario->acts, (std::vector<Act>{{Verb::page, "attract", "", 4},
                                              {Verb::tap, "service.x", "", 5},
                                              {Verb::turn, "reader.card", "zhang", 6},
                                              {Verb::expect, "receipt_printer.slips", "1", 7},
                                              {Verb::see, "已经 登簿", "", 8}}));
}

TEST(Scenario, NamesTheLineItDoesNotUnderstand) {
  for (const auto* wrong :
       {"jump high", "page", "turn reader.card", "turn reader zhang", "expect slips 1", "tapx y"}) {
    const auto scenario = parse_scenario("demo", std::string("page attract\n") + wrong);
    ASSERT_FALSE(scenario) << wrong;
    EXPECT_EQ(scenario.error().code, Errc::malformed);
    EXPECT_NE(scenario.error().what.find("line 2"), std::string::npos) << scenario.error().what;
  }
  EXPECT_FALSE(parse_scenario("demo", "# only a note"));
}

TEST(Scenario, IsFoundByItsNameAlone) {
  const auto folder = std::filesystem::path(std::getenv("KIOSK_SOURCE")) / "tests/lobby/player/scenarios";
  for (const auto* name : {"no_such_scenario", "../scenario", "", "a/b", "."})
    EXPECT_EQ(read_scenario(folder, name).error().code, Errc::not_present) << name;
}

TEST(Scenario, EachOfTheTreeIsWellFormedAndHasANote) {
  const auto folder = std::filesystem::path(std::getenv("KIOSK_SOURCE")) / "tests/lobby/player/scenarios";
  const auto names = scenario_names(folder);
  EXPECT_GE(names.size(), 15U);
  for (const auto& name : names) {
    const auto scenario = read_scenario(folder, name);
    ASSERT_TRUE(scenario) << scenario.error().what;
    EXPECT_FALSE(scenario->note.empty()) << name;
  }
}

}  // namespace
}  // namespace kiosk::lobby
