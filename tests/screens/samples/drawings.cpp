#include "tests/screens/samples/drawings.hpp"

#include <cmath>

namespace kiosk::testing {

using namespace screens;

std::shared_ptr<const Picture::Dots> written_page() {
  Picture::Dots page{.width = 420, .height = 594};
  page.bgrx.assign(static_cast<std::size_t>(page.width * page.height) * 4, 0xFF);
  for (int y = 60; y < 520; y += 14) {
    for (int x = 40; x < 380 - (y * 7) % 90; ++x)
      page.bgrx[static_cast<std::size_t>(y * page.width + x) * 4 + 1] = 0;
  }
  return std::make_shared<const Picture::Dots>(std::move(page));
}

Draft drawn_signature() {
  Draft draft;
  Stroke first, second;
  for (int i = 0; i <= 60; ++i) {
    const float t = static_cast<float>(i) / 60;
    first.push_back({.x = 0.2F + 0.3F * t, .y = 0.45F + 0.2F * std::sin(9 * t), .ms = i * 8});
    second.push_back({.x = 0.5F + 0.3F * t, .y = 0.5F + 0.15F * std::cos(14 * t), .ms = 700 + i * 8});
  }
  draft.strokes = {first, second};
  return draft;
}

std::shared_ptr<const Picture::Dots> drawn_person() {
  auto dots = std::make_shared<Picture::Dots>();
  dots->width = 320;
  dots->height = 400;
  for (int y = 0; y < 400; ++y) {
    for (int x = 0; x < 320; ++x) {
      const auto inside = [&](double cx, double cy, double rx, double ry) {
        return std::pow((x - cx) / rx, 2) + std::pow((y - cy) / ry, 2) < 1;
      };
      const std::uint8_t v = inside(160, 150, 70, 92) ? 200 : inside(160, 400, 130, 140) ? 90 : 225;
      dots->bgrx.insert(dots->bgrx.end(), {v, v, v, 0});
    }
  }
  return dots;
}

}  // namespace kiosk::testing
