// Any text block a chip may hold. What is accepted obeys its own checks.

#include <cstdlib>

#include "drivers/samv/layout.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace kiosk;
  (void)drivers::samv::parse_card({data, size});
  (void)drivers::samv::parse_sam_id({data, size});
  // Most inputs fail at the lengths, so the same bytes are tried again behind right ones.
  Bytes framed{0x01, 0x00, 0x04, 0x00};
  framed.insert(framed.end(), data, data + size);
  framed.resize(4 + 256 + 1024, 0x20);
  const auto card = drivers::samv::parse_card(framed);
  if (card && (card->name.empty() || card->birth_date.reveal().size() != 8)) std::abort();
  return 0;
}
