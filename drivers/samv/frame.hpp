#pragma once
// SAM-V frames: bytes in, values out, no I/O. Sources: README.md of this folder.

#include <cstdint>

#include "hal/base/bytes.hpp"
#include "hal/base/personal.hpp"

namespace kiosk::drivers::samv {

/// CMD and PARA of a request.
enum class Command : std::uint16_t {
  sam_status = 0x11FF,
  sam_id = 0x12FF,
  find = 0x2001,
  select = 0x2002,
  read = 0x3001,  ///< text and photo; 30 10, which adds fingerprints, is never sent
  newest_address_old = 0x3002,
  newest_address = 0x3003,
  body_number = 0x3005,
};

/// SW3 of an answer, the only one that decides; SW1 and SW2 are the card's own words, passed on.
namespace sw {
inline constexpr std::uint8_t bad_checksum = 0x10, bad_length = 0x11, wrong_order = 0x21, no_random = 0x47,
                              self_test_failed = 0x60, not_authorised = 0x66, no_card = 0x80,
                              select_failed = 0x81, success = 0x90, empty = 0x91, found = 0x9F;
}  // namespace sw

/// What the reader said. The data of a read is a citizen's.
struct Answer {
  std::uint8_t status = 0;  ///< SW3
  PersonalBytes data;
  bool repeated =
      false;  ///< it had to be asked for again: the reader may have acted on the first request already
};

/// No legal answer is longer: a read with fingerprints has 2321 bytes.
inline constexpr std::size_t longest_frame = 4096;

/// The frame of a request, ready to be sent.
Bytes request(Command command);

/// How many bytes are still missing from the answer that begins with `received`: 0 when it is complete.
/// `malformed`: this cannot become an answer (no preamble, impossible length, or the eleven-byte "time-out"
/// of some firmware, whose length does not match).
Result<std::size_t> missing(BytesView received);

/// The answer in a complete frame. `malformed`: wrong checksum, or anything missing() objects to.
Result<Answer> decode(BytesView received);

/// "card found (9F)": for logs and the technician.
std::string status_text(std::uint8_t status);

}  // namespace kiosk::drivers::samv
