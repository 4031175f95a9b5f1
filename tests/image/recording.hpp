#pragma once
// A disk as it was, and what a machine then wrote to it, to be written again up to where the power goes.

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "hal/base/fd.hpp"
#include "hal/base/result.hpp"
#include "tests/image/partitions.hpp"
#include "tests/image/write_log.hpp"

namespace kiosk::image {

class Recording {
 public:
  /// `disk` is written to by replay(). `malformed` when the log is none or the disk has no partitions,
  /// `storage` when the disk cannot be written.
  static Result<Recording> open(const std::filesystem::path& log, const std::filesystem::path& disk);

  const std::vector<Write>& writes() const { return log_.writes(); }
  const Partitions& partitions() const { return partitions_; }

  /// The name of the partition that it lies in whole; nullptr when there is none.
  const std::string* part_of(const Write& write) const;

  /// Whether data go to that partition with it; a flush alone is none.
  bool writes_to(std::string_view part, const Write& write) const;

  /// See WriteLog::replay().
  Result<void> replay(const Write& write, std::uint64_t sectors = UINT64_MAX) const;

 private:
  WriteLog log_;
  Partitions partitions_;
  Fd disk_;
};

}  // namespace kiosk::image
