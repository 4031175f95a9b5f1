#include "firmware/updater/health_gate.hpp"

#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace kiosk::updater {

std::string complaints(const std::optional<hal::Vitals>& before, const std::optional<hal::Vitals>& now) {
  if (!now) return "the program on the glass does not answer";
  std::vector<std::string> all;
  if (!now->first_picture) all.emplace_back("no picture was drawn");
  if (now->running_for < gate_steady) {
    all.push_back(
        fmt::format("the program on the glass has run for less than {} minutes", gate_steady.count()));
  }
  if (before) {
    if (now->set_aside > before->set_aside) all.emplace_back("the records were damaged and begun anew");
    if (now->data_schema < before->data_schema) all.emplace_back("the records are older than before");
    for (const auto& device : before->devices) {
      if (!now->devices.contains(device)) all.push_back(device + " worked before and does not now");
    }
    if (before->registry_reached && !now->registry_reached) {
      all.emplace_back(registry_lost);
    }
  }
  return fmt::format("{}", fmt::join(all, "; "));
}

}  // namespace kiosk::updater
