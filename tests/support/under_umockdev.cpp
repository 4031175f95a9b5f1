#include "tests/support/under_umockdev.hpp"

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string_view>
#include <vector>

#include <link.h>
#include <unistd.h>

namespace kiosk::testing {
namespace {

std::string loaded_library(std::string_view name) {
  struct Search {
    std::string_view name;
    std::string found;
  } search{name, {}};
  ::dl_iterate_phdr(
      [](dl_phdr_info* library, std::size_t, void* data) {
        auto& wanted = *static_cast<Search*>(data);
        const std::string_view path = library->dlpi_name;
        if (path.find(wanted.name) == std::string_view::npos) return 0;
        wanted.found = path;
        return 1;
      },
      &search);
  return search.found;
}

}  // namespace

void run_under_umockdev() {
  if (!loaded_library("libumockdev-preload").empty()) return;
  const auto* asked_before = std::getenv("LD_PRELOAD");
  if (asked_before != nullptr && std::string_view(asked_before).find("umockdev") != std::string_view::npos) {
    std::fputs("libumockdev-preload.so.0 cannot be loaded: install umockdev\n", stderr);
    std::_Exit(1);
  }
  ::setenv("LD_PRELOAD", (loaded_library("libasan.so") + " libumockdev-preload.so.0").c_str(), 1);

  std::ifstream file("/proc/self/cmdline");
  std::string line(std::istreambuf_iterator<char>(file), {});
  std::vector<char*> arguments;
  for (std::size_t at = 0; at < line.size(); at = line.find('\0', at) + 1)
    arguments.push_back(line.data() + at);
  arguments.push_back(nullptr);
  ::execv("/proc/self/exe", arguments.data());
  std::perror("cannot start anew under umockdev");
  std::_Exit(1);
}

}  // namespace kiosk::testing
