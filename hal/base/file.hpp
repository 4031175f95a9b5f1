#pragma once
// Small files as a whole.

#include <filesystem>
#include <string>
#include <string_view>

#include "hal/base/bytes.hpp"

namespace kiosk {

/// Writes all bytes to an open descriptor. `storage`, with the reason. Blocks as long as the disk does.
Result<void> write_all(int fd, BytesView bytes);

/// The whole file, of at most `most` bytes. `not_present` there is none · `malformed` it is larger ·
/// `storage` it cannot be read, or is no plain file. A symbolic link is followed.
Result<std::string> read_file(const std::filesystem::path& file, std::size_t most);

/// Writes a whole file, or leaves what was there: the bytes go to a new file beside it, on to the disk, and
/// then take the name. After a power cut the old or the new one is there. `mode` is that of a new file.
/// `storage`.
Result<void> replace_file(const std::filesystem::path& file, std::string_view text, unsigned mode = 0644);

}  // namespace kiosk
