#include "drivers/mjpeg/multipart.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

#include "hal/base/personal.hpp"

namespace kiosk::drivers {
namespace {

constexpr std::size_t most_headers = 4096;
constexpr std::string_view blanks = " \t";

std::string lower(std::string_view text) {
  std::string result(text);
  for (char& c : result) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return result;
}

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(blanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

struct PartHeaders {
  bool jpeg = false;
  std::optional<std::size_t> length;
};

Result<PartHeaders> parse_headers(std::string_view lines) {
  PartHeaders headers;
  while (!lines.empty()) {
    const auto end = lines.find("\r\n");
    const auto line = lines.substr(0, end);
    lines.remove_prefix(end == std::string_view::npos ? lines.size() : end + 2);
    const auto colon = line.find(':');
    if (colon == std::string_view::npos || colon == 0)
      return fail(Errc::malformed, "part header without a colon");
    const auto name = lower(line.substr(0, colon));
    const auto value = trimmed(line.substr(colon + 1));
    if (name == "content-type")
      headers.jpeg = lower(trimmed(value.substr(0, value.find(';')))) == "image/jpeg";
    if (name == "content-length") {
      std::size_t length = 0;
      const auto [stop, error] = std::from_chars(value.data(), value.data() + value.size(), length);
      if (error != std::errc() || stop != value.data() + value.size()) {
        return fail(Errc::malformed, "part length is not a number");
      }
      headers.length = length;
    }
  }
  return headers;
}

}  // namespace

Result<std::string> boundary_of(std::string_view content_type) {
  const auto type = lower(trimmed(content_type.substr(0, content_type.find(';'))));
  if (type != "multipart/x-mixed-replace") return fail(Errc::refused, "not an MJPEG stream");
  std::size_t at = content_type.find(';');
  while (at != std::string_view::npos) {
    const auto next = content_type.find(';', at + 1);
    auto value = trimmed(content_type.substr(at + 1, next == std::string_view::npos ? next : next - at - 1));
    at = next;
    if (!lower(value).starts_with("boundary=")) continue;
    value = trimmed(value.substr(9));
    if (value.size() >= 2 && value.front() == '"' && value.back() == '"')
      value = value.substr(1, value.size() - 2);
    if (!value.empty() && value.size() <= 70 && value.find_first_of("\"\r\n") == std::string_view::npos) {
      return std::string(value);
    }
    break;
  }
  return fail(Errc::malformed, "the stream names no boundary");
}

MultipartReader::MultipartReader(std::string_view boundary, std::size_t most_bytes)
    : delimiter_(boundary.starts_with("--") ? std::string(boundary) : "--" + std::string(boundary)),
      most_bytes_(most_bytes) {}

Result<void> MultipartReader::feed(BytesView bytes, std::vector<Bytes>& parts) {
  if (!state_) return state_;
  held_.append(as_text(bytes));
  for (;;) {
    const auto more = step(parts);
    if (!more) {
      wipe(held_);
      read_ = 0;
      state_ = std::unexpected(more.error());
      return state_;
    }
    if (!*more) break;
  }
  held_.erase(0, read_);
  read_ = 0;
  return {};
}

// One step further; false when more bytes are needed for it.
Result<bool> MultipartReader::step(std::vector<Bytes>& parts) {
  switch (at_) {
    case At::first_boundary:
    case At::after_body:
      return read_delimiter();
    case At::headers:
      return read_headers();
    case At::sized_body:
      return read_sized_body(parts);
    case At::open_body:
      return read_open_body(parts);
    case At::end:
      break;
  }
  return fail(Errc::unplugged, "the camera closed its stream");
}

// [CRLF] --boundary [--] CRLF. The CRLF in front is missing before the first part, and some cameras leave it
// out or send two.
Result<bool> MultipartReader::read_delimiter() {
  while (held().starts_with("\r\n")) take(2);
  if (at_ == At::first_boundary) {
    if (held().size() < delimiter_.size() + 4) return false;
    if (held().starts_with("--" + delimiter_)) delimiter_.insert(0, "--");
  }
  if (held() == "\r" || held().size() < delimiter_.size() + 2) {
    if (held().substr(0, delimiter_.size()) != std::string_view(delimiter_).substr(0, held().size()) &&
        held().substr(0, 1) != "\r") {
      return fail(Errc::malformed, "no boundary where a part should begin");
    }
    return false;
  }
  if (!held().starts_with(delimiter_)) return fail(Errc::malformed, "no boundary where a part should begin");
  const auto end = held().substr(delimiter_.size(), 2);
  if (end == "--") {
    at_ = At::end;
    return true;
  }
  if (end != "\r\n") return fail(Errc::malformed, "no line end after the boundary");
  take(delimiter_.size() + 2);
  at_ = At::headers;
  return true;
}

Result<bool> MultipartReader::read_headers() {
  if (held().starts_with("\r\n")) return fail(Errc::malformed, "a part without headers");
  const auto end = held().find("\r\n\r\n");
  if (std::min(end, held().size()) > most_headers) return fail(Errc::malformed, "part headers are too long");
  if (end == std::string_view::npos) return false;
  const auto headers = TRY(parse_headers(held().substr(0, end)));
  if (!headers.jpeg) return fail(Errc::malformed, "a part that is not image/jpeg");
  if (headers.length && *headers.length > most_bytes_)
    return fail(Errc::malformed, "a part that is too large");
  take(end + 4);
  size_ = headers.length.value_or(0);
  searched_ = 0;
  at_ = headers.length ? At::sized_body : At::open_body;
  return true;
}

Result<bool> MultipartReader::read_sized_body(std::vector<Bytes>& parts) {
  if (held().size() < size_) return false;
  const auto body = as_bytes(held().substr(0, size_));
  parts.emplace_back(body.begin(), body.end());
  take(size_);
  at_ = At::after_body;
  return true;
}

Result<bool> MultipartReader::read_open_body(std::vector<Bytes>& parts) {
  const std::string end = "\r\n" + delimiter_;
  const auto found = held().find(end, searched_);
  const bool ended = found != std::string_view::npos;
  if (ended ? found > most_bytes_ : held().size() > most_bytes_ + end.size())
    return fail(Errc::malformed, "a part that is too large");
  if (!ended) {
    searched_ = held().size() - std::min(held().size(), end.size() - 1);
    return false;
  }
  const auto body = as_bytes(held().substr(0, found));
  parts.emplace_back(body.begin(), body.end());
  take(found);
  at_ = At::after_body;
  return true;
}

}  // namespace kiosk::drivers
