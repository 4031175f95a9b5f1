#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include <unistd.h>

#include "tests/lobby/usb/emulated_usb.hpp"

namespace kiosk::lobby {
namespace {

constexpr auto preload = "libumockdev-preload.so.0";

/// A sanitizer insists on being the first library of all.
std::string sanitizer_library() {
  std::ifstream maps("/proc/self/maps");
  for (std::string line; std::getline(maps, line);) {
    if (line.contains("/libasan.so") || line.contains("/libtsan.so")) return line.substr(line.find('/'));
  }
  return {};
}

std::vector<std::string> arguments() {
  std::ifstream file("/proc/self/cmdline", std::ios::binary);
  std::vector<std::string> arguments;
  for (std::string argument; std::getline(file, argument, '\0');) arguments.push_back(argument);
  return arguments;
}

}  // namespace

bool restart_under_umockdev() {
  const char* loaded = std::getenv("LD_PRELOAD");
  if (loaded != nullptr && std::string_view(loaded).contains(preload)) return true;
  const std::string libraries = sanitizer_library() + " " + preload;
  ::setenv("LD_PRELOAD", libraries.c_str(), 1);
  auto kept = arguments();
  std::vector<char*> argv;
  for (auto& argument : kept) argv.push_back(argument.data());
  argv.push_back(nullptr);
  ::execv("/proc/self/exe", argv.data());
  std::abort();
}

}  // namespace kiosk::lobby
