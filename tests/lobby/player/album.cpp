#include "tests/lobby/player/album.hpp"

#include <fstream>
#include <utility>

#include <fmt/format.h>

#include "tests/lobby/web/png.hpp"

namespace kiosk::lobby {

Album::Album(std::filesystem::path folder) : folder_(std::move(folder)), packer_([this] { pack(); }) {}

Album::~Album() {
  to_pack_.post({});
  packer_.join();
}

void Album::take(const std::string& page, Snapshot picture) {
  const std::lock_guard lock(mutex_);
  if (std::exchange(page_, page) != page) ++number_;
  to_pack_.post({fmt::format("{:02}-{}", number_, page), std::move(picture)});
}

void Album::pack() {
  while (const auto next = to_pack_.take({})) {
    if (next->name.empty()) return;
    const auto png = to_png(next->dots);
    std::ofstream file(folder_ / (next->name + ".png"), std::ios::binary);
    file << as_text(png);
  }
}

}  // namespace kiosk::lobby
