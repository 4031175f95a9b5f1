#include "drivers/upkeep/upkeep.hpp"

#include <fmt/format.h>

#include "drivers/rauc/rauc.hpp"
#include "drivers/side_door/side_door.hpp"
#include "drivers/systemd/power.hpp"

namespace kiosk::drivers {
namespace {

Result<void> expect_driver(Options& options, const char* only) {
  const auto name = TRY(options.text_or("driver", only));
  if (name == only) return {};
  return std::unexpected(
      options.refuse("driver", fmt::format("\"{}\" is not known; allowed: {}", name, only)));
}

}  // namespace

Result<std::unique_ptr<hal::Slots>> make_slots(Options& options) {
  TRY(expect_driver(options, "rauc"));
  TRY(options.finish());
  return make_rauc();
}

Result<std::unique_ptr<hal::CitizensSide>> make_citizens_side(Options& options) {
  TRY(expect_driver(options, "side_door"));
  auto socket = TRY(options.text_or("socket", "/run/kiosk/side"));
  TRY(options.finish());
  return make_side_door(std::move(socket));
}

Result<std::unique_ptr<hal::Power>> make_power(Options& options) {
  TRY(expect_driver(options, "systemd"));
  TRY(options.finish());
  return make_systemd_power();
}

}  // namespace kiosk::drivers
