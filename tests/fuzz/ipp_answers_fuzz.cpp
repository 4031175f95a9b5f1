// Any answer that libcups takes for IPP. The address beside it comes from the configuration.

#include <cstdlib>
#include <cstring>
#include <string>

#include "drivers/ipp/answers.hpp"
#include "drivers/ipp/exchange.hpp"

namespace {

struct Unread {
  const std::uint8_t* data;
  std::size_t size;
};

ssize_t read_on(void* context, ipp_uchar_t* buffer, std::size_t most) {
  auto& unread = *static_cast<Unread*>(context);
  const auto size = std::min(most, unread.size);
  std::memcpy(buffer, unread.data, size);
  unread.data += size;
  unread.size -= size;
  return static_cast<ssize_t>(size);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace kiosk::drivers::ipp;
  (void)parse_address(std::string(reinterpret_cast<const char*>(data), size));

  Unread unread{data, size};
  const Message answer(ippNew());
  if (ippReadIO(&unread, read_on, 1, nullptr, answer.get()) != IPP_STATE_DATA) return 0;
  (void)accepted(*answer);
  if (const auto number = read_job_number(*answer); number && *number < 1) std::abort();
  (void)read_job(*answer);
  const auto printer = read_printer(*answer);
  if (printer && ready(*printer) && !status_of(*printer).usable()) std::abort();
  return 0;
}
