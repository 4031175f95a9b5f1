#include "firmware/documents/press.hpp"

#include <algorithm>
#include <cstdlib>
#include <span>

#include "firmware/documents/papers.hpp"
#include "firmware/documents/slips.hpp"
#include "hal/base/log.hpp"
#include "screens/paint/page.hpp"
#include "screens/paint/paper.hpp"
#include "screens/widgets/words.hpp"

namespace kiosk::documents {

namespace {

bool dark(std::uint32_t dot) {
  const auto red = (dot >> 16U) & 0xFFU, green = (dot >> 8U) & 0xFFU, blue = dot & 0xFFU;
  return red * 299 + green * 587 + blue * 114 < 128 * 1000;
}

screens::Look on_paper(const Sheet& sheet) {
  auto look = sheet.look();
  look.theme = screens::Theme::contrast_light;
  return look;
}

}  // namespace

std::unique_ptr<paint::Type> open_type() {
  auto type = paint::Type::open();
  if (!type) {
    // The glass uses the same fonts and did not start without them.
    log::error("documents", "the fonts are gone", {{"what", type.error().what}});
    std::abort();
  }
  return std::move(*type);
}

std::vector<std::string> materials(const screens::Look& look) {
  using assets::Text;
  return {screens::say(look, Text::paper_bring_card), screens::say(look, Text::paper_bring_certificate),
          screens::say(look, Text::paper_bring_release), screens::say(look, Text::paper_bring_court)};
}

hal::Raster raster(LaidOut slip) {
  auto& [fonts, sheet] = slip;
  const auto& type = *fonts;
  const auto pages = sheet.take();
  const auto image = paint::paint_page(type, pages.front(), on_paper(sheet));
  hal::Raster raster{.width = image.width, .height = image.height};
  raster.rows.assign(static_cast<std::size_t>(raster.row_bytes()) * static_cast<std::size_t>(raster.height),
                     0);
  for (int y = 0; y < image.height; ++y) {
    for (int x = 0; x < image.width; ++x) {
      if (!dark(image.dots[static_cast<std::size_t>(y * image.width + x)])) continue;
      auto& byte = raster.rows[static_cast<std::size_t>(y * raster.row_bytes() + x / 8)];
      byte = static_cast<std::uint8_t>(byte | (0x80U >> (x % 8)));
    }
  }
  return raster;
}

hal::Document pdf(const paint::Type& type, Sheet sheet, const std::string& title) {
  const auto pages = sheet.take();
  const auto& stock = sheet.stock();
  auto bytes = paint::to_pdf(type, pages, stock.width_mm, stock.height_mm, stock.dots_per_mm, title);
  if (!bytes) {
    log::error("documents", "a page could not be made", {{"what", bytes.error().what}});
    std::abort();
  }
  return {.title = title, .pdf = std::move(*bytes), .pages = static_cast<int>(pages.size())};
}

std::vector<std::shared_ptr<const screens::Picture::Dots>> pictures(const paint::Type& type, Sheet sheet) {
  std::vector<std::shared_ptr<const screens::Picture::Dots>> all;
  const auto look = on_paper(sheet);
  for (const auto& page : sheet.take()) {
    const auto image = paint::paint_page(type, page, look);
    const auto bytes = std::as_bytes(std::span(image.dots));
    screens::Picture::Dots dots{.width = image.width, .height = image.height};
    dots.bgrx.resize(bytes.size());
    std::ranges::transform(bytes, dots.bgrx.begin(),
                           [](std::byte b) { return std::to_integer<std::uint8_t>(b); });
    all.push_back(std::make_shared<const screens::Picture::Dots>(std::move(dots)));
  }
  return all;
}

PersonalBytes signature_png(const std::vector<Stroke>& strokes) {
  constexpr int width = 1063, height = 531;  // 90 x 45 mm at 300 dpi
  const auto type = open_type();
  const screens::Rect box{0, 0, width, height};
  const screens::Layout page{
      .name = "signature",
      .nodes = {{.id = "ink", .rect = box, .marks = {screens::Ink{.rect = box, .strokes = strokes}}}},
      .background = screens::Colour::surface};
  const screens::Look look{.panel = {.width = width, .height = height, .diagonal_in = 3.96},
                           .theme = screens::Theme::contrast_light,
                           .type = type.get()};
  auto png = paint::to_png(paint::paint_page(*type, page, look));
  return png ? PersonalBytes(std::move(*png)) : PersonalBytes();
}

}  // namespace kiosk::documents
