#include "tests/image/recording.hpp"

#include <fcntl.h>

namespace kiosk::image {

Result<Recording> Recording::open(const std::filesystem::path& log, const std::filesystem::path& disk) {
  Recording recording;
  recording.log_ = TRY(WriteLog::open(log));
  recording.partitions_ = TRY(read_partitions(disk));
  recording.disk_ = Fd(::open(disk.c_str(), O_RDWR | O_CLOEXEC));
  if (!recording.disk_) return fail(Errc::storage, disk.string() + " cannot be written");
  return recording;
}

const std::string* Recording::part_of(const Write& write) const {
  return partition_of(write.at, write.size, partitions_);
}

bool Recording::writes_to(std::string_view part, const Write& write) const {
  const auto* written = write.size == 0 ? nullptr : part_of(write);
  return written != nullptr && *written == part;
}

Result<void> Recording::replay(const Write& write, std::uint64_t sectors) const {
  return log_.replay(write, disk_, sectors);
}

}  // namespace kiosk::image
