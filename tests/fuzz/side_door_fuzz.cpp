// Any line at the side door: as a question it gets one line for an answer, and as an answer it is a value in
// its range, or an error.

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "drivers/side_door/wire.hpp"
#include "tests/support/fake_citizens_side.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace kiosk::drivers::side_door;
  using std::chrono::minutes;
  const std::string_view line(reinterpret_cast<const char*>(data), size);

  kiosk::testing::FakeCitizensSide side;
  const auto said = answer(side, line, {});
  if (said.size() > longest_line || std::ranges::count(said, '\n') != 1 || !said.ends_with('\n'))
    std::abort();
  const auto closed = side.closed_for();
  if (closed && (*closed < minutes(1) || *closed > minutes(120))) std::abort();

  const auto attendance = read_attendance(line);
  if (attendance && attendance->nobody_for.count() < 0) std::abort();
  const auto vitals = read_vitals(line);
  if (vitals && (vitals->running_for.count() < 0 || vitals->data_schema < 0)) std::abort();
  (void)read_done(line);
  return 0;
}
