#include "tests/lobby/web/screen_stream.hpp"

#include <algorithm>

#include "tests/lobby/web/png.hpp"

namespace kiosk::lobby {

using namespace std::chrono_literals;

namespace {

std::string big_end(std::size_t number, int bytes) {
  std::string out;
  for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8)
    out += static_cast<char>(static_cast<unsigned char>(number >> static_cast<unsigned>(shift)));
  return out;
}

void append_message(std::string& out, char kind, std::string_view content) {
  out += kind;
  out += big_end(content.size(), 4);
  out += content;
}

hal::DotRect around(const std::vector<hal::DotRect>& rects) {
  int left = rects.front().x;
  int top = rects.front().y;
  int right = 0;
  int bottom = 0;
  for (const auto& rect : rects) {
    left = std::min(left, rect.x);
    top = std::min(top, rect.y);
    right = std::max(right, rect.x + rect.width);
    bottom = std::max(bottom, rect.y + rect.height);
  }
  return {left, top, right - left, bottom - top};
}

void append_part(std::string& out, const Snapshot& picture, const hal::DotRect& part) {
  const auto png = to_png(picture, part);
  if (png.empty()) return;
  std::string content;
  for (const int side : {part.x, part.y, part.width, part.height})
    content += big_end(static_cast<std::size_t>(std::max(side, 0)), 2);
  content += as_text(png);
  append_message(out, 'P', content);
}

}  // namespace

std::string ScreenStream::next(const std::stop_token& stop) {
  std::string out;
  const auto change = glass_.changes(seen_, Wait::of(first_ ? 0ms : 250ms, stop));
  append_glass(out, change);
  if (first_ || Steady::now() >= asked_at_ + 250ms || change.page) append_stations(out);
  first_ = false;
  return out;
}

void ScreenStream::append_glass(std::string& out, const GlassView::Change& change) {
  const bool painted = !change.rects.empty();
  if (!painted && !change.page && !first_) return;
  const auto picture = painted ? glass_.snapshot() : Snapshot{};
  if (change.page || first_) {
    const auto page = glass_.page();
    const nlohmann::json told{
        {"connected", change.connected}, {"name", page->name}, {"title", page->tree.value("title", "")}};
    append_message(out, 'G', told.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
  }
  // Many small parts cost more as pictures of their own than as one.
  if (change.rects.size() > 6) return append_part(out, picture, around(change.rects));
  for (const auto& rect : change.rects) append_part(out, picture, rect);
}

void ScreenStream::append_stations(std::string& out) {
  asked_at_ = Steady::now();
  auto state = stations_.state().dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  if (state == told_) return append_message(out, 'S', "");
  told_ = std::move(state);
  append_message(out, 'S', told_);
}

}  // namespace kiosk::lobby
