#include "screens/citizen/service_tiles.hpp"

#include <algorithm>
#include <span>

#include "screens/widgets/page.hpp"

namespace kiosk::screens {

namespace {

Tile tile_of(const Look& look, const ServiceTile& service) {
  // A machine that still asks its devices says so when it is touched; the tile does not blink before.
  const bool paused = service.closed != Closed::open && service.closed != Closed::checking;
  const std::string why = paused ? say(look, "closed", stem(service.closed)) : std::string();
  return {.id = "service." + service.id,
          .icon = service.id,
          .title = say(look, service.id, "name"),
          .hint = paused ? say(look, Text::home_closed, {{"why", why}}) : say(look, service.id, "hint"),
          .act = StartService{service.id},
          .paused = paused};
}

/// Tiles side by side, all as high as the one that needs most.
Block line_of(const Look& look, int width, int height, std::span<const ServiceTile> services, int across) {
  const int gap = look.dots(mm::kGap), wide = column(width, across, gap);
  for (const auto& service : services)
    height = std::max(height, tile(look, wide, height, tile_of(look, service), across == 1).height);
  std::vector<Block> tiles;
  for (const auto& service : services)
    tiles.push_back(tile(look, wide, height, tile_of(look, service), across == 1));
  tiles.resize(static_cast<std::size_t>(across));
  return side_by_side(std::move(tiles), width, gap);
}

}  // namespace

std::string_view stem(Closed why) {
  constexpr std::string_view kStems[] = {"open",      "checking",   "receipt_printer", "document_printer",
                                         "id_reader", "camera",     "scanner",         "network",
                                         "city",      "maintenance"};
  return kStems[static_cast<int>(why)];
}

Block health_chip(const Look& look, int width, ServiceHealth health) {
  switch (health) {
    case ServiceHealth::all:
      return chip_block(look, width, "health", {say(look, Text::health_all), Tone::good});
    case ServiceHealth::some:
      return chip_block(look, width, "health", {say(look, Text::health_some), Tone::warning});
    case ServiceHealth::checking:
      return chip_block(look, width, "health", {say(look, Text::health_checking), Tone::calm});
    case ServiceHealth::none:
      break;
  }
  return chip_block(look, width, "health", {say(look, Text::health_none), Tone::warning});
}

void add_tiles(Page& page, const Look& look, const std::vector<ServiceTile>& services, int a_page,
               double most_mm) {
  if (services.empty()) return;
  const std::span first_two = std::span(services).first(std::min<std::size_t>(2, services.size()));
  const bool two =
      services.size() > 4 && a_page > 4 && line_of(look, page.width(), 0, first_two, 2).height <= page.room();
  const int across = two ? 2 : 1;
  const int count = std::min(static_cast<int>(services.size()), a_page),
            lines = (count + across - 1) / across;
  const int gap = look.dots(mm::kBlock);
  const int height = std::clamp((page.room() + gap) / lines - gap, look.dots(34), look.dots(most_mm));
  std::vector<Block> rows;
  for (std::span<const ServiceTile> left = services; !left.empty();) {
    const auto line = left.first(std::min<std::size_t>(left.size(), static_cast<std::size_t>(across)));
    rows.push_back(line_of(look, page.width(), height, line, across));
    left = left.subspan(line.size());
  }
  page.rows(std::move(rows), std::max(1, a_page / across));
}

}  // namespace kiosk::screens
