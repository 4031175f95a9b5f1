// Any text as a city's settings. What is refused says in which line.

#include <cstdlib>

#include "firmware/app/configuration.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto read =
      kiosk::app::parse_configuration({reinterpret_cast<const char*>(data), size}, "kiosk.toml");
  if (!read && !read.error().what.starts_with("kiosk.toml:")) std::abort();
  return 0;
}
