// Any bytes are a text to the painter: what comes out is UTF-8 and its places lie in order inside it.

#include <cstdlib>

#include "screens/paint/prepare.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto prepared = kiosk::paint::prepare({reinterpret_cast<const char*>(data), size});
  std::size_t last = 0;
  for (const auto& place : prepared.places) {
    if (place.begin < last || place.end <= place.begin || place.end > prepared.text.size()) std::abort();
    last = place.end;
  }
  if (kiosk::paint::prepare(prepared.text).text.find("\xEF\xBF\xBD") != std::string::npos &&
      prepared.text.find("\xEF\xBF\xBD") == std::string::npos) {
    std::abort();  // what we made is not UTF-8
  }
  return 0;
}
