#include "tests/bench/peers.hpp"

#include <cstdio>
#include <cstdlib>

#include <unistd.h>

#include "tests/bench/pages.hpp"
#include "tests/lobby/registry/cast.hpp"

namespace kiosk::bench {

Peers::Folder::Folder() {
  auto pattern = (std::filesystem::temp_directory_path() / "kiosk-bench-XXXXXX").string();
  path = ::mkdtemp(pattern.data());
}

Peers::Folder::~Folder() {
  std::error_code ignored;
  std::filesystem::remove_all(path, ignored);
}

Peers::Peers(const Settings& settings) {
  hall_ = need(lobby::Hall::open({.folder = folder_.path,
                                  .kiosk = settings.kiosk,
                                  .display = settings.display,
                                  .registry_delay = settings.registry_delay}));
  configuration_ = need(app::read_configuration(hall_->configuration_file()));
  for (const auto& progress : two_hundred_cases())
    hall_->registry().authority().add_case(lobby::person("zhang").card, progress);
}

}  // namespace kiosk::bench
