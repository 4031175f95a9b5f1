#pragma once
// A machine's recovery key on its way to the city: encrypted to the escrow's certificate.

#include <string>

#include "hal/base/result.hpp"

namespace kiosk::provision {

struct Escrow {
  std::string machine;  ///< 32 hexadecimal digits
  std::string key;      ///< opens its data
  bool operator==(const Escrow&) const = default;
};

/// `malformed`: nothing can be encrypted to the certificate.
Result<std::string> seal_escrow(const Escrow& escrow, const std::string& certificate);

/// The reverse. `malformed` no such file · `refused` it is for another key.
Result<Escrow> open_escrow(std::string_view file, const std::string& certificate, const std::string& key);

}  // namespace kiosk::provision
