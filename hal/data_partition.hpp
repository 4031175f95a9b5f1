#pragma once
// The partition that holds whatever a machine remembers: encrypted, and opened by the machine's own TPM.

#include <string>

#include "hal/base/result.hpp"

namespace kiosk::hal {

class DataPartition {
 public:
  virtual ~DataPartition() = default;

  /// Has this machine's TPM open the partition from the next start on; what another TPM could open stays
  /// closed to it. `recovery_key` opens it now, and does so still after a power cut in between.
  /// `refused` the key does not open it · `storage` it was not done: no TPM, no Secure Boot, no such
  /// partition. Blocks for seconds.
  virtual Result<void> seal_anew(const std::string& recovery_key) = 0;
};

}  // namespace kiosk::hal
