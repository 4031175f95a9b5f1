#include "image/release/secver.hpp"

#include <fmt/format.h>

namespace kiosk::release {

Result<void> check_secver(const update::Release& release, const std::vector<update::Targets>& earlier) {
  for (const auto& targets : earlier) {
    for (const auto& [path, target] : targets.files) {
      const auto other = update::read_release(path, target);
      if (!other || other->compatible != release.compatible || other->secver < release.secver) continue;
      return fail(Errc::refused,
                  fmt::format("{}: secver {} is not above {}, which {} has in targets {}", release.path,
                              release.secver, other->secver, path, targets.version));
    }
  }
  return {};
}

namespace {

bool is_same_but_for_ring(update::Target one, update::Target other) {
  for (auto* custom : {&one.custom, &other.custom}) {
    if (custom->is_object()) custom->erase("ring");
  }
  return one == other;
}

}  // namespace

Result<void> check_secvers(const update::Targets& next, const std::vector<update::Targets>& earlier) {
  for (const auto& [path, target] : next.files) {
    const auto release = update::read_release(path, target);
    if (!release && target.custom.contains("compatible")) return std::unexpected(release.error());
    if (!release) continue;  // a file for others than kiosks
    if (!earlier.empty()) {
      const auto same = earlier.back().files.find(path);
      if (same != earlier.back().files.end() && is_same_but_for_ring(same->second, target)) continue;
    }
    auto others = earlier;
    others.push_back(next);
    others.back().files.erase(path);
    TRY(check_secver(*release, others));
  }
  return {};
}

}  // namespace kiosk::release
