#pragma once
// What a machine wrote to its disk, in order, so that its power can be cut after each of it.

#include <cstdint>
#include <filesystem>
#include <vector>

#include "hal/base/fd.hpp"
#include "hal/base/result.hpp"

namespace kiosk::image {

constexpr std::uint64_t sector = 512;  // of the disk; it writes one whole or not

/// One write, or a flush: what was written before it is on the disk for good.
struct Write {
  std::uint64_t at = 0, size = 0;  ///< bytes of the disk
  bool flush = false;              ///< all before it is kept; it is a write of its own where `size` is not 0
  bool discard = false;            ///< what was there may be anything now
  std::uint64_t data_at = 0;       ///< where the log has its bytes
};

/// The log that QEMU's blklogwrites keeps, in the form of Linux's dm-log-writes
/// (Documentation/admin-guide/device-mapper/log-writes.rst).
class WriteLog {
 public:
  /// `malformed` when it is none, or ends within an entry.
  static Result<WriteLog> open(const std::filesystem::path& file);

  const std::vector<Write>& writes() const { return writes_; }

  /// Does this write to `disk`, but for the first `sectors` of it only.
  Result<void> replay(const Write& write, const Fd& disk, std::uint64_t sectors = UINT64_MAX) const;

 private:
  Fd file_;
  std::vector<Write> writes_;
};

}  // namespace kiosk::image
