#pragma once
// The first technician of a machine: who may open its maintenance menu (UX 4, m).

#include <string>
#include <string_view>

#include "hal/base/result.hpp"

namespace kiosk::provision {

enum class TechnicianRole { inspector, manager, maker };

struct Technician {
  std::string badge;  ///< the number in the badge's code; no name, for that is nobody's business here
  TechnicianRole role = TechnicianRole::inspector;
  bool operator==(const Technician&) const = default;
};

/// Reads technicians.toml. `malformed` with line and what is allowed.
Result<Technician> read_technician(std::string_view toml);

}  // namespace kiosk::provision
