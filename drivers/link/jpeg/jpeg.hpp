#pragma once
// JPEG pictures in and out (libjpeg-turbo). Here because two cameras and the face finder speak it and a
// driver never includes another driver.

#include "hal/base/bytes.hpp"
#include "hal/camera.hpp"

namespace kiosk::drivers {

/// Decodes one baseline or progressive JPEG, at most 4096 dots a side; also Motion JPEG without its Huffman
/// tables, as USB cameras send it. `malformed` for anything else, a truncated picture included. Bytes after
/// the end-of-image marker are ignored. taken_at is left alone.
Result<hal::Frame> decode_jpeg(BytesView jpeg);

/// Encodes `frame` (4:2:0, `quality` 1..100). `malformed` when its size and bytes disagree.
Result<Bytes> encode_jpeg(const hal::Frame& frame, int quality);

}  // namespace kiosk::drivers
