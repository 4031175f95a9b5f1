// A bundle's manifest, as the updater and the gate before the installer read it: what both take says the same
// to both, or one of them could be talked past the other.

#include <cstdint>
#include <cstdlib>
#include <string>

#include "drivers/rauc/bundle.hpp"
#include "firmware/updater/rauc_gate/check.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  const auto manifest = kiosk::drivers::rauc::read_manifest(text);
  const auto at_gate = kiosk::updater::rauc_gate::read_manifest(text);
  if (!manifest) return 0;
  if (manifest->parts.empty() || manifest->label.secver < 1 || manifest->label.data_schema < 1) std::abort();
  for (const auto& part : manifest->parts) {
    if (part.length < 1 || part.sha256.size() != 64) std::abort();
  }
  if (at_gate &&
      (at_gate->secver != manifest->label.secver || at_gate->data_schema != manifest->label.data_schema)) {
    std::abort();
  }
  return 0;
}
