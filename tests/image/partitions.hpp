#pragma once
// Where the parts of a kiosk's disk lie on it.

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>

#include "hal/base/result.hpp"

namespace kiosk::image {

struct Partition {
  std::uint64_t at = 0, size = 0;  ///< bytes
};
using Partitions = std::map<std::string, Partition>;

/// By their names, as sfdisk tells them.
Result<Partitions> read_partitions(const std::filesystem::path& disk);

/// The name of the one that these bytes lie in whole; nullptr when there is none.
const std::string* partition_of(std::uint64_t at, std::uint64_t size, const Partitions& partitions);

/// Whether a partition begins with what is in this file.
bool holds(const std::filesystem::path& disk, const Partition& partition, const std::filesystem::path& file);

}  // namespace kiosk::image
