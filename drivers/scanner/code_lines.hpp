#pragma once
// Codes out of a stream of bytes: each ends with CR, LF or both. Pure.

#include <optional>
#include <string>

#include "hal/base/bytes.hpp"
#include "hal/base/personal.hpp"

namespace kiosk::drivers::scanner {

inline constexpr std::size_t longest_code = 1024;

/// Puts codes together byte by byte.
class CodeLines {
 public:
  CodeLines() { line_.reserve(longest_code); }
  CodeLines(const CodeLines&) = delete;
  CodeLines& operator=(const CodeLines&) = delete;
  ~CodeLines() { wipe(line_); }

  /// A code when this byte ends one; blank lines are none. `malformed`: longer than 1024 bytes, or not UTF-8.
  std::optional<Result<PersonalText>> feed(std::uint8_t byte);

  /// The code that has begun belongs to the past: its rest will be dropped as well. Nothing, when none has
  /// begun.
  void forget_begun();

  /// Starts anew, as after a silence or on a new line.
  void reset();

  bool begun() const { return !line_.empty() || dropping_; }

 private:
  std::string line_;
  bool too_long_ = false;
  bool dropping_ = false;  ///< up to the next line end
};

/// Whether these bytes are UTF-8 as RFC 3629 has it: shortest forms, no surrogates, nothing above U+10FFFF.
bool is_utf8(std::string_view text);

}  // namespace kiosk::drivers::scanner
