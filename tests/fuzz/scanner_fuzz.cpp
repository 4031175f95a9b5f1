// Any bytes a serial line may bring.

#include <cstdlib>

#include "drivers/scanner/code_lines.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  kiosk::drivers::scanner::CodeLines lines;
  for (std::size_t i = 0; i < size; ++i) {
    if (data[i] == 0xFE) lines.forget_begun();
    const auto code = lines.feed(data[i]);
    if (!code || !*code) continue;
    const auto& text = (*code)->reveal();
    if (text.empty() || text.size() > 1024 || !kiosk::drivers::scanner::is_utf8(text)) std::abort();
  }
  return 0;
}
