#include "firmware/updater/rauc_gate/command.hpp"

#include <filesystem>
#include <ostream>

#include "firmware/updater/rauc_gate/check.hpp"
#include "hal/base/file.hpp"

namespace kiosk::updater::rauc_gate {
namespace {

template <class Read>
auto read_in(const std::filesystem::path& file, Read read) -> decltype(read("")) {
  const auto text = TRY(read_file(file, 64 * 1024));
  auto value = read(text);
  if (!value) return std::unexpected(std::move(value).error().in(file.string()));
  return value;
}

Result<void> judge(const std::filesystem::path& floor_file, const std::filesystem::path& manifest_file,
                   const std::string& compatible) {
  const auto floor = TRY(read_in(floor_file, read_floor));
  const auto manifest = TRY(read_in(manifest_file, read_manifest));
  return check(manifest, floor, compatible);
}

}  // namespace

int gate_command(const std::vector<std::string>& arguments, const std::string& mount_point,
                 std::ostream& out) {
  if (arguments.size() != 2) {
    out << "kiosk-rauc-gate FLOOR COMPATIBLE\n"
           "RAUC's pre-install handler: judges the bundle mounted at RAUC_BUNDLE_MOUNT_POINT by the floor in "
           "the\n"
           "file FLOOR, on a machine of the kind COMPATIBLE. 0: it may be installed; 1: it may not; 2: this "
           "text.\n";
    return 2;
  }
  if (mount_point.empty()) {
    out << "kiosk-rauc-gate: RAUC_BUNDLE_MOUNT_POINT is not set\n";
    return 1;
  }
  const auto judged =
      judge(arguments[0], std::filesystem::path(mount_point) / "manifest.raucm", arguments[1]);
  if (!judged) out << "kiosk-rauc-gate: " << judged.error().what << "\n";
  return judged ? 0 : 1;
}

}  // namespace kiosk::updater::rauc_gate
