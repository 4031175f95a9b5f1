#pragma once
// The day files of the audit trail on the disk.

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "firmware/domain/date.hpp"
#include "hal/base/result.hpp"

namespace kiosk::records {

class AuditFiles {
 public:
  explicit AuditFiles(std::filesystem::path folder) : folder_(std::move(folder)) {}

  /// "audit-2026-08-01.jsonl".
  static std::string name_for(domain::Date day);

  /// Names, oldest day first. `storage`: the folder cannot be read.
  Result<std::vector<std::string>> all() const;

  /// The whole file; empty when there is none. `storage`.
  Result<std::string> content(std::string_view name) const;

  /// Bytes in the file, 0 when there is none. `storage`.
  Result<std::int64_t> size(std::string_view name) const;

  /// Adds text at the end and waits until it is on the disk. `storage`: it is not, and the file is as it was
  /// (if the disk lets us take it back; half a line is dealt with at the next opening).
  Result<void> append(std::string_view name, std::string_view text) const;

  /// Moves what stands behind `size` into a file of its own beside it, for a person to look at. `storage`.
  Result<void> move_tail_aside(std::string_view name, std::int64_t size) const;

  /// `storage`.
  Result<void> remove(std::string_view name) const;

 private:
  std::filesystem::path folder_;
};

}  // namespace kiosk::records
