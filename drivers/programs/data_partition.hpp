#pragma once
// The data partition, through the image's script that knows where it lies.

#include <filesystem>
#include <memory>

#include "hal/data_partition.hpp"

namespace kiosk::drivers {

/// `script`: started as `script seal KEYFILE`; ends with 0 when it is done, with 3 when the key opens
/// nothing. The key lies in `folder`, which must be memory, for as long as the script runs.
std::unique_ptr<hal::DataPartition> make_data_partition(std::filesystem::path script,
                                                        std::filesystem::path folder);

}  // namespace kiosk::drivers
