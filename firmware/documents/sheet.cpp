#include "firmware/documents/sheet.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "screens/typesetter.hpp"

namespace kiosk::documents {

using namespace screens;

namespace {

Panel panel_of(const Stock& stock) {
  // The panel's diagonal makes its dots as fine as the paper's.
  const int width = static_cast<int>(std::lround(stock.width_mm * stock.dots_per_mm));
  const int height = static_cast<int>(std::lround(stock.height_mm * stock.dots_per_mm));
  return {.width = width,
          .height = height,
          .diagonal_in = std::hypot(width, height) / stock.dots_per_mm / 25.4,
          .bottom_mm = 0};
}

}  // namespace

Sheet::Sheet(const Stock& stock, Language language, const Typesetter& type)
    : stock_(stock), look_{.panel = panel_of(stock), .language = language, .type = &type} {
  pages_.push_back({.name = "paper", .background = Colour::surface});
  y_ = dots(stock.margin_mm);
}

int Sheet::dots(double mm) const {
  return static_cast<int>(std::lround(mm * stock_.dots_per_mm));
}

Font Sheet::font(double em, Weight weight) const {
  return {.em = em * stock_.letters * stock_.dots_per_mm, .weight = weight};
}

int Sheet::place(int height) {
  const int foot = look_.panel.height - dots(stock_.margin_mm);
  if (stock_.height_mm > 0 && y_ + height > foot && y_ > dots(stock_.margin_mm)) {
    pages_.push_back({.name = "paper", .background = Colour::surface});
    y_ = dots(stock_.margin_mm);
  }
  return std::exchange(y_, y_ + height);
}

void Sheet::put(Mark mark, const Rect& rect) {
  auto& page = pages_.back();
  page.nodes.push_back(
      {.id = fmt::format("{}", page.nodes.size()), .rect = rect, .marks = {std::move(mark)}});
}

Sheet& Sheet::text(const std::string& words, double em, Weight weight, Align align) {
  if (words.empty()) return *this;
  const auto extent = look_.type->measure(words, font(em, weight), width());
  const int y = place(extent.height);
  const Rect rect{left(), y, width(), extent.height};
  put(TextRun{.rect = rect, .text = words, .font = font(em, weight), .colour = Colour::ink, .align = align},
      rect);
  return *this;
}

Sheet& Sheet::gap(double mm) {
  y_ += dots(mm);
  return *this;
}

Sheet& Sheet::rule() {
  gap(1.5);
  const int height = std::max(2, dots(0.25));
  const Rect rect{left(), place(height), width(), height};
  put(Fill{.rect = rect, .colour = Colour::ink}, rect);
  return gap(1.5);
}

Sheet& Sheet::row(const std::string& label, const std::string& value, bool bold) {
  if (value.empty()) return *this;
  const auto label_font = font(em::small, Weight::regular);
  const auto value_font = font(em::body, bold ? Weight::bold : Weight::regular);
  const int label_width =
      std::max(dots(stock_.width_mm * 0.28), look_.type->measure(label, label_font, 0).width + dots(2));
  const bool beside = label_width < width() / 2;
  const int x = beside ? left() + label_width : left();
  const int room = beside ? width() - label_width : width();
  const auto first = look_.type->measure(label, label_font, beside ? label_width : width());
  const auto second = look_.type->measure(value, value_font, room);
  const int height = beside ? std::max(first.height, second.height) : first.height + second.height;
  const int y = place(height);
  const Rect label_rect{left(), y, beside ? label_width : width(), first.height};
  const Rect value_rect{x, beside ? y : y + first.height, room, second.height};
  put(TextRun{.rect = label_rect, .text = label, .font = label_font, .colour = Colour::ink}, label_rect);
  put(TextRun{.rect = value_rect, .text = value, .font = value_font, .colour = Colour::ink}, value_rect);
  return gap(0.8);
}

Sheet& Sheet::list(const std::vector<std::string>& sentences) {
  int number = 0;
  for (const auto& sentence : sentences) text(fmt::format("{}. {}", ++number, sentence), em::body).gap(0.6);
  return *this;
}

Sheet& Sheet::code(const std::string& token, const std::string& caption) {
  if (token.empty()) return *this;
  gap(1);
  const int side = dots(std::min(34.0, stock_.width_mm - 2 * stock_.margin_mm));
  const Rect rect{left() + (width() - side) / 2, place(side), side, side};
  put(QrCode{.rect = rect, .text = token}, rect);
  return text(caption, em::small, Weight::regular, Align::centre);
}

Sheet& Sheet::signatures(const std::vector<std::string>& names, const std::string& label,
                         const std::string& date) {
  for (const auto& name : names) {
    gap(4);
    const int height = dots(28);
    const Rect rect{left(), place(height), width(), height};
    put(Fill{.rect = rect,
             .colour = Colour::surface,
             .border = Colour::ink,
             .border_width = std::max(1, dots(0.3))},
        rect);
    const int inset = dots(3);
    const Rect words{rect.x + inset, rect.y + inset, rect.width - 2 * inset, rect.height - 2 * inset};
    put(TextRun{.rect = words,
                .text = label + "  " + name,
                .font = font(em::body, Weight::regular),
                .colour = Colour::ink},
        words);
    const Rect day{words.x, rect.bottom() - inset - dots(em::body * stock_.letters * 1.5), words.width,
                   dots(em::body * stock_.letters * 1.5)};
    put(TextRun{.rect = day,
                .text = date,
                .font = font(em::body, Weight::regular),
                .colour = Colour::ink,
                .align = Align::right},
        day);
  }
  return *this;
}

std::vector<Layout> Sheet::take() {
  if (stock_.height_mm == 0) look_.panel.height = y_ + dots(6);  // room for the cutter
  return std::move(pages_);
}

}  // namespace kiosk::documents
