// Whatever stands on a mirror: a value, or an error. And nobody's bytes are trusted.

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "firmware/update/release.hpp"
#include "firmware/update/workflow.hpp"

namespace {

using namespace kiosk::update;

// Holders whose keys were thrown away.
constexpr const char* root_text =
    R"({"signed":{"_type":"root","spec_version":"1.0.31","version":1,"expires":"2099-01-01T00:00:00Z","consistent_snapshot":true,
"keys":{"5822582e7072996c1eef1cec24b61115d364987faa486659fe3d3dce8dae2aba":{"keytype":"ed25519","scheme":"ed25519","keyval":{"public":
"19bf440969a6cdfe85c1a6c167dc3b96c8508628c2b6cb0c5c38ad70316671e1"}}},"roles":{"root":{"keyids":[],"threshold":1},
"timestamp":{"keyids":[],"threshold":1},"snapshot":{"keyids":[],"threshold":1},"targets":{"keyids":[],"threshold":1}}},"signatures":[]})";

void check_json(std::string_view text) {
  const auto value = read_json(text);
  if (!value) return;
  const auto again = read_json(value->dump());
  if (!again || *again != *value || canonical(*again) != canonical(*value)) __builtin_trap();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  check_json(text);
  static const auto root = read_root(root_text).value().document;
  Listing any{.version = 1};
  if (next_root(root, text) || next_timestamp(root, {}, text) ||
      next_snapshot(root, {.snapshot = any}, {}, text) ||
      next_targets(root, {.documents = {{"targets.json", any}}}, text)) {
    __builtin_trap();
  }
  [[maybe_unused]] const auto own_root = first_root(text);  // one that signs itself may well be made
  [[maybe_unused]] const auto time = read_time(text.substr(0, 20));
  if (const auto targets = read_targets(text)) {
    [[maybe_unused]] const auto answer3 =
        release_for({.compatible = "kiosk-x86"}, {.targets = targets->document});
    for (const auto& [path, target] : targets->document.files) [[maybe_unused]]
      const auto answer4 = read_release(path, target);
  }
  return 0;
}
