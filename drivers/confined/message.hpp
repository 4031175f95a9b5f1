#pragma once
// What goes through the one socket of a confined program: messages with a header of fixed size in front,
// least significant byte first. Pure.
//
//   number   4  of the question, which its answer repeats; 0: the program has closed itself in
//   verdict  4  of an answer; a question has `done`
//   size     4  of the bytes that follow

#include <array>
#include <cstddef>
#include <cstdint>

#include "hal/base/bytes.hpp"

namespace kiosk::drivers::confined {

enum class Verdict : std::uint32_t {
  done = 1,     ///< the bytes that follow are the answer
  refused = 2,  ///< the question is not what it should be; nothing follows
  failed = 3,   ///< the program is at fault; nothing follows
};

struct Header {
  std::uint32_t number = 0;
  Verdict verdict = Verdict::done;
  std::uint32_t size = 0;

  bool operator==(const Header&) const = default;
};

using HeaderBytes = std::array<std::uint8_t, 12>;

HeaderBytes bytes_of(const Header& header);

/// `malformed`: no such verdict, more than `most_bytes`, bytes after anything but `done`.
Result<Header> header_of(const HeaderBytes& bytes, std::size_t most_bytes);

/// The header of the answer to question `number`: the same, and `malformed` for an answer to another one.
Result<Header> answer_of(const HeaderBytes& bytes, std::uint32_t number, std::size_t most_bytes);

/// One number inside a message.
void put_number(std::uint8_t* at, std::uint32_t value);
std::uint32_t number_at(const std::uint8_t* at);

}  // namespace kiosk::drivers::confined
