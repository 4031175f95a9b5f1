// The floor: the updater writes it, and the gate before the installer has a reader of its own. Both may
// refuse a text; what both take is one floor, and no text of the updater's is lost on the gate.

#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "firmware/updater/floor_file.hpp"
#include "firmware/updater/rauc_gate/check.hpp"
#include "tests/support/temporary_folder.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const kiosk::testing::TemporaryFolder folder;
  static const auto file = folder / "floor";
  const std::string text(reinterpret_cast<const char*>(data), size);
  std::ofstream(file, std::ios::binary) << text;
  const auto floor = kiosk::updater::read_floor(file);
  const auto at_gate = kiosk::updater::rauc_gate::read_floor(text);
  if (!floor) return 0;
  if (!at_gate || at_gate->secver != floor->secver || at_gate->data_schema != floor->data_schema)
    std::abort();
  return 0;
}
