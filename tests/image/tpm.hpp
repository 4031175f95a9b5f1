#pragma once
// A machine's TPM 2.0: swtpm, whose memory is a folder.

#include <filesystem>

#include "tests/lobby/wire/child.hpp"

namespace kiosk::image {

class Tpm {
 public:
  /// `memory`: folder that keeps what the TPM remembers; an empty one is a new TPM. Listens at `socket` when
  /// this comes back. Ends with the object.
  static Result<Tpm> start(const std::filesystem::path& memory, const std::filesystem::path& socket);

  Tpm() = default;

 private:
  lobby::Child swtpm_;
};

}  // namespace kiosk::image
