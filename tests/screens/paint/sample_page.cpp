#include "tests/screens/paint/sample_page.hpp"

#include <cmath>

namespace kiosk::testing {
namespace {

using namespace screens;

Node text_node(const std::string& id, const Rect& rect, const std::string& words, const Font& font,
               Colour colour = Colour::text) {
  return {.id = id,
          .role = Role::text,
          .rect = rect,
          .marks = {TextRun{.rect = rect, .text = words, .font = font, .colour = colour}},
          .label = words,
          .speech = words};
}

std::shared_ptr<const Picture::Dots> gradient(int width, int height) {
  auto dots = std::make_shared<Picture::Dots>();
  dots->width = width;
  dots->height = height;
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      for (const int value : {255 * x / width, 255 * y / height, 120, 0})
        dots->bgrx.push_back(static_cast<std::uint8_t>(value));
    }
  }
  return dots;
}

std::vector<Stroke> scribble() {
  std::vector<Stroke> strokes(2);
  for (int i = 0; i <= 12; ++i) {
    const float part = static_cast<float>(i) / 12;
    strokes[0].push_back({.x = 0.1F + 0.5F * part, .y = 0.5F + 0.3F * std::sin(part * 9), .ms = i * 16});
    strokes[1].push_back({.x = 0.7F + 0.2F * part, .y = 0.2F + 0.6F * part, .ms = 400 + i * 16});
  }
  return strokes;
}

}  // namespace

const paint::Type& sample_type() {
  static const auto type = paint::Type::open().value();
  return *type;
}

Look sample_look(Theme theme) {
  return {.theme = theme, .type = &sample_type()};
}

Node sample_tile(const std::string& id, const Rect& rect, const std::string& icon, const std::string& words) {
  const Rect words_at = {rect.x + 150, rect.y + 60, rect.width - 170, 64};
  const Rect hint_at = {rect.x + 150, rect.y + 130, rect.width - 170, 50};
  return {
      .id = id,
      .role = Role::tile,
      .rect = rect,
      .marks = {Fill{.rect = rect, .colour = Colour::surface, .radius = 20, .shadow = true},
                Fill{
                    .rect = {rect.x + 36, rect.y + 64, 96, 96}, .colour = Colour::primary_soft, .radius = 48},
                Icon{.rect = {rect.x + 52, rect.y + 80, 64, 64}, .name = icon, .colour = Colour::primary},
                TextRun{.rect = words_at, .text = words, .font = {44, Weight::bold}},
                TextRun{
                    .rect = hint_at, .text = "约 3 分钟，免费", .font = {32}, .colour = Colour::secondary}},
      .label = words,
      .speech = words,
      .act = Choose{.what = 0}};
}

Layout sample_page() {
  Layout page{.name = "sample", .title = "您要办理什么？"};
  auto& nodes = page.nodes;
  nodes.push_back(text_node("title", {48, 60, 984, 90}, page.title, {60, Weight::bold}));
  nodes.push_back(text_node("lead", {48, 160, 984, 120},
                            "请选择一项“业务”（抵押注销）。银行还没有传来“贷款已结清”的证明。It’s 36.5 ℃.",
                            {40}, Colour::secondary));
  nodes.push_back(sample_tile("tile.0", {48, 300, 476, 232}, "mortgage_cancellation", "抵押权注销"));
  nodes.push_back(sample_tile("tile.1", {556, 300, 476, 232}, "progress", "办理进度"));
  const Rect band = {48, 570, 984, 120};
  nodes.push_back({.id = "band",
                   .role = Role::status,
                   .rect = band,
                   .marks = {Fill{.rect = band,
                                  .colour = Colour::warning_soft,
                                  .radius = 16,
                                  .border = Colour::on_warning,
                                  .border_width = 2},
                             TextRun{.rect = {80, 600, 900, 60},
                                     .text = "今天打印机缺纸，回执请到 3 号窗口领取",
                                     .font = {36},
                                     .colour = Colour::on_warning}}});
  nodes.push_back({.id = "code",
                   .role = Role::image,
                   .rect = {48, 720, 320, 320},
                   .marks = {QrCode{.rect = {48, 720, 320, 320}, .text = "https://example.org/q/7F3A9C"}}});
  nodes.push_back(
      {.id = "mirror",
       .role = Role::image,
       .rect = {400, 720, 300, 400},
       .marks = {
           Picture{.rect = {400, 720, 300, 400}, .dots = gradient(64, 48), .mirrored = true, .oval = true}}});
  nodes.push_back({.id = "rings",
                   .role = Role::progress,
                   .rect = {740, 720, 300, 140},
                   .marks = {Ring{.rect = {740, 720, 140, 140}, .part = 0.7},
                             Ring{.rect = {900, 720, 140, 140}, .part = -0.3}}});
  const Rect pad = {48, 1150, 984, 300};
  nodes.push_back({.id = "pad",
                   .role = Role::pad,
                   .rect = pad,
                   .marks = {Fill{.rect = pad,
                                  .colour = Colour::surface,
                                  .radius = 16,
                                  .border = Colour::border,
                                  .border_width = 3},
                             Ink{.rect = pad, .strokes = scribble()}},
                   .act = Draw{}});
  const Rect next = {360, 1536, 672, 160};
  nodes.push_back({.id = "next",
                   .role = Role::button,
                   .rect = next,
                   .marks = {Fill{.rect = next, .colour = Colour::primary, .radius = 20},
                             TextRun{.rect = {next.x, next.y + 44, next.width, 72},
                                     .text = "继续",
                                     .font = {48, Weight::bold},
                                     .colour = Colour::on_primary,
                                     .align = Align::centre}},
                   .label = "继续",
                   .speech = "继续",
                   .act = Choose{.what = 1}});
  return page;
}

}  // namespace kiosk::testing
