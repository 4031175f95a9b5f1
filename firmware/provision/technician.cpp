#include "firmware/provision/technician.hpp"

#include <algorithm>
#include <array>

#include "firmware/toml/tables.hpp"

namespace kiosk::provision {

Result<Technician> read_technician(std::string_view toml) {
  constexpr std::array<std::string_view, 1> known{"technician"};
  auto tables = TRY(toml_tables::parse(toml, "technicians.toml", known));
  auto& options = tables.find("technician")->second;
  Technician technician;
  technician.badge = TRY(options.text("badge"));
  const auto plain = [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
  };
  if (technician.badge.size() > 32 || !std::ranges::all_of(technician.badge, plain))
    return std::unexpected(options.refuse("badge", "must be 1 to 32 letters and digits"));
  const auto role = TRY(options.one_of("role", {"inspector", "manager", "maker"}));
  technician.role = role == "maker"     ? TechnicianRole::maker
                    : role == "manager" ? TechnicianRole::manager
                                        : TechnicianRole::inspector;
  TRY(options.finish());
  return technician;
}

}  // namespace kiosk::provision
