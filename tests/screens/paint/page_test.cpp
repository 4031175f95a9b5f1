#include "screens/paint/page.hpp"

#include <cstdlib>
#include <fstream>

#include <gtest/gtest.h>

#include "tests/screens/paint/sample_page.hpp"

namespace kiosk::paint {
namespace {

using namespace screens;
using testing::sample_look;
using testing::sample_page;
using testing::sample_type;

/// With KIOSK_PICTURES=folder the pages of these tests can be looked at.
void keep(const std::string& name, const Image& image) {
  const auto png = to_png(image);
  ASSERT_TRUE(png);
  EXPECT_EQ(as_text(*png).substr(1, 3), "PNG");
  if (const char* folder = std::getenv("KIOSK_PICTURES")) {
    std::ofstream(std::string(folder) + "/" + name + ".png", std::ios::binary) << as_text(*png);
  }
}

TEST(Page, is_painted_in_every_theme) {
  const auto page = sample_page();
  Image last;
  for (const auto theme :
       {Theme::standard, Theme::contrast_dark, Theme::contrast_light, Theme::low_contrast}) {
    const auto image = paint_page(sample_type(), page, sample_look(theme), "tile.0", "tile.1");
    EXPECT_EQ(image.width, 1080);
    EXPECT_EQ(image.height, 1920);
    EXPECT_NE(image, last);
    keep("sample-" + std::to_string(static_cast<int>(theme)), image);
    last = image;
  }
}

}  // namespace
}  // namespace kiosk::paint
