#pragma once
// A data partition that one key opens: the fake of hal/data_partition.hpp.

#include "hal/data_partition.hpp"

namespace kiosk::testing {

class FakeDataPartition final : public hal::DataPartition {
 public:
  std::string key = "the key";
  bool has_tpm = true;
  bool sealed = false;  ///< to this machine's TPM

  Result<void> seal_anew(const std::string& recovery_key) override {
    if (!has_tpm) return fail(Errc::storage, "no TPM");
    if (recovery_key != key) return fail(Errc::refused, "another key");
    sealed = true;
    return {};
  }
};

}  // namespace kiosk::testing
