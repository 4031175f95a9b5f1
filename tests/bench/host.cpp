// bench-host: the home page and the list through the real painter and the real display, with nothing around
// them. A tile leads to the list, "back" or "home" leads home, any other button turns the list's page.

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string_view>

#include "drivers/sdl/display.hpp"
#include "screens/paint/painter.hpp"
#include "tests/bench/pages.hpp"

using namespace kiosk;

namespace {

struct Host {
  hal::Display& display;
  paint::Painter& painter;
  screens::Look look;
  screens::Layout page;
  std::string pressed;
  int list = -1;  ///< page of the list; -1: home

  void go(int to) {
    list = to;
    page = list < 0 ? bench::home_page(look) : bench::list_page(look, list);
  }

  void show() {
    std::vector<hal::DotRect> parts;
    for (const auto& part : painter.show(page, look, {}, pressed))
      parts.push_back({part.x, part.y, part.width, part.height});
    if (!parts.empty() && !display.present(parts)) std::exit(1);
  }

  std::string under(const hal::Touch& touch) const {
    std::string id;
    for (const auto& node : page.nodes) {
      if (node.touchable() && node.rect.contains(touch.x, touch.y)) id = node.id;
    }
    return id;
  }

  void touched(const hal::Touch& touch) {
    const auto id = under(touch);
    if (touch.phase == hal::Touch::Phase::down) pressed = id;
    if (touch.phase == hal::Touch::Phase::move && id != pressed) pressed.clear();
    if (touch.phase != hal::Touch::Phase::up) return;
    const bool acts = !pressed.empty() && id == pressed;
    pressed.clear();
    if (!acts) return;
    const bool home = id.find("back") != id.npos || id.find("home") != id.npos;
    go(list < 0 ? 0 : home ? -1 : (list + 1) % bench::list_pages);
  }
};

}  // namespace

int main(int argc, char** argv) {
  if (argc > 2 && std::string_view(argv[1]) == "--html") {
    const auto type = paint::Type::open();
    if (!type) return 1;
    std::ofstream(argv[2]) << bench::html({.type = type->get()});
    return 0;
  }
  auto display = drivers::make_sdl_display({});
  auto type = paint::Type::open();
  if (!display || !type) {
    std::fprintf(stderr, "%s\n", (display ? type.error() : display.error()).what.c_str());
    return 1;
  }
  const auto canvas = (*display)->canvas();
  paint::Painter painter(**type, {canvas.dots, canvas.width, canvas.height, canvas.stride});
  Host host{.display = **display, .painter = painter, .look = {.type = type->get()}};
  host.go(argc > 1 && std::string_view(argv[1]) == "list" ? 0 : -1);
  while (true) {
    host.show();
    // The shell does the same: the page behind a tile is painted while somebody reads this one.
    if (host.list < 0) painter.expect(bench::list_page(host.look, 0), host.look);
    const bool more = painter.idle_work();
    auto event = (*display)->next_event(more ? Steady::now() : Steady::time_point::max());
    for (; event; event = (*display)->next_event(Steady::now())) {
      if (std::holds_alternative<hal::Closed>(*event)) return 0;
      if (std::holds_alternative<hal::Exposed>(*event)) {
        const auto made = (*display)->canvas();
        painter.lost({made.dots, made.width, made.height, made.stride});
      }
      if (const auto* touch = std::get_if<hal::Touch>(&*event)) host.touched(*touch);
    }
  }
}
