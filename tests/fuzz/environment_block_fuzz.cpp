// Whatever a power cut or another program left where the boot loader keeps its state.

#include <cstdint>
#include <cstdlib>
#include <string>

#include "drivers/rauc/environment_block.hpp"

namespace {

using namespace kiosk::drivers::rauc;

void check(std::string_view block) {
  const auto values = read_environment(block);
  if (!values) return;
  std::size_t size = 32;  // more than the head
  for (const auto& [name, value] : *values) {
    size += name.size() + value.size() + 2;
    const auto number = number_in(*values, name, 0, 9);
    if (number && (*number < 0 || *number > 9)) std::abort();
  }
  if (size < sector && read_environment(environment_block(*values)) != values) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string block(reinterpret_cast<const char*>(data), size);
  check(block);
  block.resize(environment_block_size, '#');  // else hardly an input would have the right size
  check(block);
  return 0;
}
