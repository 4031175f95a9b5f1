// Whatever a registry, or somebody in its place, answers: a value, or an error without a value in it.

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "drivers/registry_http/answers.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace kiosk::drivers::registry_http;
  if (size == 0) return 0;
  const std::string_view body(reinterpret_cast<const char*>(data) + 1, size - 1);
  switch (data[0] % 11) {
    case 0:
      (void)read_status(body);
      break;
    case 1:
      (void)read_face_verdict(body);
      break;
    case 2:
      (void)read_staff_verdict(body);
      break;
    case 3:
      (void)read_mortgages(body);
      break;
    case 4:
      (void)read_reply(body);
      break;
    case 5:
      (void)read_cases(body);
      break;
    case 6:
      (void)read_case(body);
      break;
    case 7:
      (void)read_staff_call(body);
      break;
    case 8:
      (void)read_done(body);
      break;
    case 10:
      (void)read_invitation(body);
      break;
    default:
      (void)read_problem(400 + data[0], body);
      break;
  }
  return 0;
}
