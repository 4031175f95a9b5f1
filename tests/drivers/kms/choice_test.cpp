#include "drivers/kms/choice.hpp"

#include <gtest/gtest.h>

namespace kiosk::drivers {
namespace {

const Connector portrait{.name = "HDMI-A-1",
                         .connected = true,
                         .modes = {{1920, 1080, 60, false},
                                   {1080, 1920, 50, true},
                                   {1080, 1920, 60, true},
                                   {1080, 1920, 120, true},
                                   {3840, 2160, 30, false}}};
const Connector empty{.name = "DP-1"};
const Connector laptop{.name = "eDP-1", .connected = true, .modes = {{1366, 768, 60, true}}};

TEST(PanelChoice, TakesTheFirstPanelInTheModeItPrefersAtSixtyHertz) {
  const std::vector all{empty, portrait, laptop};
  EXPECT_EQ(choose_panel(all, {}), (PanelChoice{1, 2}));
}

TEST(PanelChoice, TakesTheWishedSizeWhereAPanelHasIt) {
  const std::vector all{portrait};
  EXPECT_EQ(choose_panel(all, {.width = 1920, .height = 1080}), (PanelChoice{0, 0}));
  EXPECT_EQ(choose_panel(all, {.width = 800, .height = 600}), (PanelChoice{0, 2}))
      << "else what the panel prefers";
}

TEST(PanelChoice, TakesTheLargestWhenThePanelPrefersNone) {
  const std::vector all{
      Connector{.name = "VGA-1", .connected = true, .modes = {{800, 600, 60}, {1024, 768, 75}}}};
  EXPECT_EQ(choose_panel(all, {}), (PanelChoice{0, 1}));
}

TEST(PanelChoice, TakesNoOtherConnectorThanTheNamedOne) {
  const std::vector all{portrait, laptop, empty};
  EXPECT_EQ(choose_panel(all, {.connector = "eDP-1"}), (PanelChoice{1, 0}));
  EXPECT_EQ(choose_panel(all, {.connector = "DP-1"}), std::nullopt);
}

TEST(PanelChoice, WithoutAPanelThereIsNone) {
  EXPECT_EQ(choose_panel({}, {}), std::nullopt);
  const std::vector all{empty, Connector{.name = "DP-2", .connected = true}};
  EXPECT_EQ(choose_panel(all, {}), std::nullopt);
}

}  // namespace
}  // namespace kiosk::drivers
