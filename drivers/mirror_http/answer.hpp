#pragma once
// What a server's answer means before the first byte of its body is taken. Pure: the server may be anybody's.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "hal/base/result.hpp"

namespace kiosk::drivers::mirror_http {

/// The lines above a body, as they come. Of several answers on one connection (1xx) the last counts.
class Head {
 public:
  /// Takes one line with its end. `malformed`: all lines together are larger than 64 KiB, or a line that
  /// matters comes twice and says two things.
  Result<void> add(std::string_view line);

  /// The blank line came and the answer is a final one.
  bool complete() const { return complete_; }

  int status() const { return status_; }
  /// By its name in lower case; nothing when there is no such line.
  std::optional<std::string_view> field(std::string_view name) const;
  /// `malformed`: it is there and no number.
  Result<std::optional<std::int64_t>> content_length() const;

 private:
  std::map<std::string, std::string, std::less<>> fields_;
  int status_ = 0;
  bool complete_ = false;
  std::size_t size_ = 0;
};

/// Whether the body of a document of at most `most` bytes may be taken. Errors: see hal::ReleaseMirror.
Result<void> check_document(const Head& head, std::size_t most);

/// What was asked for when a file is brought.
struct Asked {
  std::int64_t length = 0;  ///< of the whole file
  std::int64_t from = 0;    ///< 0: all of it; else "Range: bytes=FROM-" with "If-Range: ETAG"
  std::string etag = "";
};

/// The place in the file where the body belongs: 0, also when the server passed over the range because its
/// file is another one now, or Asked::from. Errors: see hal::ReleaseMirror.
Result<std::int64_t> place_of_body(const Head& head, const Asked& asked);

/// The tag with which the file can be asked for in parts later: a strong one (RFC 9110 8.8.3 and 13.1.5),
/// else empty.
std::string strong_etag(const Head& head);

}  // namespace kiosk::drivers::mirror_http
