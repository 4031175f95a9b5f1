// The updater's own words, read back from a disk that may have changed them: an action that can be kept as it
// was read, or an error.

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "firmware/updater/action_row.hpp"
#include "firmware/updater/vitals_json.hpp"

namespace {

using namespace kiosk::updater;

/// What stands before the next end of a line.
std::string_view take_line(std::string_view& text) {
  const auto end = std::min(text.find('\n'), text.size());
  const auto line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return line;
}

/// A row whose key and texts are the lines of the input.
kiosk::hal::Row row_of_lines(std::string_view text) {
  auto row = row_of({.release = {.target = {.hashes = {{"sha256", ""}}}}});
  row.key = take_line(text);
  for (const auto* name : {"step", "outcome", "vitals_before", "line", "slot", "start", "reason"})
    row.cells[name] = std::string(take_line(text));
  return row;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (const auto vitals = vitals_of(text)) {
    const auto again = vitals_of(vitals_json(*vitals).dump());
    if (!again || *again != *vitals) std::abort();
  }
  if (const auto action = action_of(row_of_lines(text))) {
    const auto row = row_of(*action);
    const auto again = action_of(row);
    if (!again || row_of(*again) != row) std::abort();
  }
  return 0;
}
