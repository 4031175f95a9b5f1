#include "drivers/kms/turn.hpp"

#include <gtest/gtest.h>

#include "drivers/kms/placement.hpp"

namespace kiosk::drivers {
namespace {

constexpr Turn all_turns[]{Turn::none, Turn::right, Turn::half, Turn::left};

struct Image {
  explicit Image(Dots size)
      : dots(static_cast<std::size_t>(size.width + 3) * static_cast<std::size_t>(size.height)),
        canvas{dots.data(), size.width, size.height, size.width + 3} {}
  std::uint32_t at(int x, int y) const { return dots[static_cast<std::size_t>(y * canvas.stride + x)]; }
  std::vector<std::uint32_t> dots;
  hal::Canvas canvas;
};

Image numbered(Dots size) {
  Image image(size);
  std::uint32_t n = 0;
  for (auto& dot : image.dots) dot = ++n;
  return image;
}

TEST(Turn, TheCitizensTopLeftLiesWhereThePanelWasTurnedTo) {
  const Dots upright{100, 200};
  EXPECT_EQ(on_panel({0, 0, 1, 1}, upright, Turn::none), (hal::DotRect{0, 0, 1, 1}));
  EXPECT_EQ(on_panel({0, 0, 1, 1}, upright, Turn::right), (hal::DotRect{0, 99, 1, 1}))
      << "its own bottom left";
  EXPECT_EQ(on_panel({0, 0, 1, 1}, upright, Turn::half), (hal::DotRect{99, 199, 1, 1}));
  EXPECT_EQ(on_panel({0, 0, 1, 1}, upright, Turn::left), (hal::DotRect{199, 0, 1, 1})) << "its own top right";
  EXPECT_EQ(on_panel({10, 20, 30, 40}, upright, Turn::right), (hal::DotRect{20, 60, 40, 30}));
}

TEST(Turn, EveryDotOfAPartAndNoOtherIsCopiedToItsPlace) {
  const Dots size{70, 45};
  const hal::DotRect part{5, 3, 50, 40};
  const auto picture = numbered(size);
  for (const auto turn : all_turns) {
    const Image panel(turned(size, turn));
    copy_turned(picture.canvas, panel.canvas, part, turn);
    long copied = 0;
    for (const auto dot : panel.dots) copied += dot != 0;
    EXPECT_EQ(copied, part.width * part.height);
    for (int y = part.y; y < part.y + part.height; ++y) {
      for (int x = part.x; x < part.x + part.width; ++x) {
        const auto place = on_panel({x, y, 1, 1}, size, turn);
        ASSERT_EQ(panel.at(place.x, place.y), picture.at(x, y))
            << static_cast<int>(turn) << ": " << x << ", " << y;
      }
    }
  }
}

TEST(Turn, AFingerIsWhereItsDotIs) {
  const Dots size{1080, 1920};
  for (const auto turn : all_turns) {
    const auto wired = turned(size, turn);
    // A touch panel of the same dots as the panel, mounted on it.
    const Placement placement{.x = {0, wired.width - 1}, .y = {0, wired.height - 1}, .turn = turn};
    for (const auto& [x, y] : {std::pair{0, 0}, {1079, 1919}, {17, 1500}, {540, 960}}) {
      const auto there = on_panel({x, y, 1, 1}, size, turn);
      EXPECT_EQ(placement.dot(there.x, there.y, size), (Placement::Dot{x, y})) << static_cast<int>(turn);
    }
  }
}

TEST(Placement, StretchesWhateverUnitsAPanelHas) {
  const Placement placement{.x = {0, 4095}, .y = {-100, 99}};  // each of its 200 rows is 9.6 dots high
  EXPECT_EQ(placement.dot(0, -100, {1080, 1920}), (Placement::Dot{0, 4}));
  EXPECT_EQ(placement.dot(4095, 99, {1080, 1920}), (Placement::Dot{1079, 1915}));
  EXPECT_EQ(placement.dot(9999, -9999, {1080, 1920}), (Placement::Dot{1079, 0}))
      << "never outside of the glass";
}

TEST(Placement, IsCalibratedAsLibinputDoesIt) {
  const Placement mirrored{.x = {0, 99}, .y = {0, 99}, .calibration = {-1, 0, 1, 0, 1, 0}};
  EXPECT_EQ(mirrored.dot(0, 0, {100, 100}), (Placement::Dot{99, 0}));
  const Placement swapped{.x = {0, 99}, .y = {0, 99}, .calibration = {0, 1, 0, 1, 0, 0}};
  EXPECT_EQ(swapped.dot(20, 70, {100, 100}), (Placement::Dot{70, 20}));
}

TEST(Placement, CalibrationIsSixNumbersAndNothingElse) {
  EXPECT_EQ(calibration_of("1 0 0 0 1 0"), uncalibrated);
  EXPECT_EQ(calibration_of(" 1.05 0 -0.02 0 0.98 1e-2 "), (Calibration{1.05, 0, -0.02, 0, 0.98, 0.01}));
  for (const auto* wrong :
       {"", "1 0 0 0 1", "1 0 0 0 1 0 0", "1 0 0 0 1 x", "1 0 0 0 1 1e9", "nan 0 0 0 1 0"}) {
    EXPECT_EQ(calibration_of(wrong), std::nullopt) << wrong;
  }
}

}  // namespace
}  // namespace kiosk::drivers
