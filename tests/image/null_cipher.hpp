#pragma once
// What somebody does who has held the disk: keyslots that any key opens.

#include "tests/image/kiosk_disk.hpp"

namespace kiosk::image {

/// Writes the volume key in the clear into every keyslot of the data partition, and into both copies of its
/// header that the keyslots are encrypted with no cipher, with checksums that are right (cryptsetup's LUKS2
/// on-disk format 1.1.3). Who opens it sees the same data. `malformed` when there is no such partition.
Result<void> put_null_cipher(const KioskDisk& disk);

}  // namespace kiosk::image
