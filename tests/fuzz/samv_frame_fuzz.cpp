// Any bytes a reader may send: never a crash, and a frame that decodes needs nothing more.

#include <cstdlib>

#include "drivers/samv/frame.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const kiosk::BytesView received(data, size);
  const auto lacking = kiosk::drivers::samv::missing(received);
  const auto answer = kiosk::drivers::samv::decode(received);
  if (answer && (!lacking || *lacking != 0)) std::abort();
  return 0;
}
