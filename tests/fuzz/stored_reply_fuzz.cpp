// A reply that the store gives back. What is accepted survives being written and read again.

#include <cstdlib>

#include "firmware/records/reply_json.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace kiosk;
  const auto reply =
      records::reply_from_json(PersonalText(std::string(reinterpret_cast<const char*>(data), size)));
  if (reply && records::reply_from_json(records::to_json(*reply)) != *reply) std::abort();
  return 0;
}
