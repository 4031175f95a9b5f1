#pragma once
// multipart/x-mixed-replace: the body of an MJPEG stream, one JPEG a part (RFC 2046 5.1.1 for the frame
// around it).

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "hal/base/bytes.hpp"

namespace kiosk::drivers {

/// The boundary named by a Content-Type header, without quotes. `refused` when it is not a multipart type of
/// x-mixed-replace, `malformed` when it names no boundary of 1..70 characters.
Result<std::string> boundary_of(std::string_view content_type);

/// Takes a stream apart, fed piece by piece as the network cuts it. Strict: it holds at most one part of
/// `most_bytes` and its headers of 4 KiB, and says `malformed` to everything else; after that it stays at the
/// same error.
class MultipartReader {
 public:
  /// Cameras differ in whether the "--" before each part belongs to the boundary that they announce: both are
  /// read.
  MultipartReader(std::string_view boundary, std::size_t most_bytes);

  /// Appends the parts that `bytes` completes to `parts`.
  /// `malformed`: a part that is too large, no image/jpeg, or framed wrongly · `unplugged`: the closing
  /// boundary.
  Result<void> feed(BytesView bytes, std::vector<Bytes>& parts);

 private:
  enum class At { first_boundary, headers, sized_body, open_body, after_body, end };

  Result<bool> step(std::vector<Bytes>& parts);
  Result<bool> read_delimiter();
  Result<bool> read_headers();
  Result<bool> read_sized_body(std::vector<Bytes>& parts);
  Result<bool> read_open_body(std::vector<Bytes>& parts);
  std::string_view held() const { return std::string_view(held_).substr(read_); }
  void take(std::size_t count) { read_ += count; }

  std::string delimiter_;  ///< "--boundary"
  std::size_t most_bytes_;
  std::string held_;  ///< bytes not understood yet, from read_ on
  std::size_t read_ = 0;
  std::size_t searched_ = 0;  ///< of an open body: known to hold no delimiter
  std::size_t size_ = 0;      ///< of a sized body
  At at_ = At::first_boundary;
  Result<void> state_;
};

}  // namespace kiosk::drivers
