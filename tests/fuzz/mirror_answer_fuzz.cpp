// Whatever a web server sends above a body.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "drivers/mirror_http/answer.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace kiosk::drivers::mirror_http;
  std::string_view text(reinterpret_cast<const char*>(data), size);
  Head head;
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size() - 1) + 1;
    if (!head.add(text.substr(0, end))) return 0;
    text.remove_prefix(end);
  }
  [[maybe_unused]] const auto document = check_document(head, 1000);
  [[maybe_unused]] const auto etag = strong_etag(head);
  const Asked asked{.length = 1000, .from = 400, .etag = "\"a\""};
  const auto place = place_of_body(head, asked);
  if (place && *place != 0 && *place != 400) __builtin_trap();
  const auto whole = place_of_body(head, {.length = 1000});
  if (whole && (*whole != 0 || head.status() != 200)) __builtin_trap();
  return 0;
}
