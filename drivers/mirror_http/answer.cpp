#include "drivers/mirror_http/answer.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include <fmt/format.h>

namespace kiosk::drivers::mirror_http {
namespace {

constexpr std::size_t most_head_bytes = 64 * 1024;

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r\n");
  if (first == text.npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

std::string lower(std::string_view text) {
  std::string result(text);
  std::ranges::transform(result, result.begin(), [](char letter) {
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
  });
  return result;
}

/// Digits alone, to the end of the text.
std::optional<std::int64_t> number(std::string_view text) {
  std::int64_t value = 0;
  const auto [stopped, error] = std::from_chars(text.begin(), text.end(), value);
  if (error != std::errc() || stopped != text.end() || text.starts_with('-')) return std::nullopt;
  return value;
}

bool matters(std::string_view name) {
  constexpr std::array names{"content-length", "content-range", "content-encoding", "transfer-encoding",
                             "etag"};
  return std::ranges::find(names, name) != names.end();
}

Result<void> check_status(int status) {
  const auto answer = fmt::format("the server answers {}", status);
  if (status == 200 || status == 206) return {};
  if (status == 404 || status == 410) return fail(Errc::not_present, answer);
  if (status == 429 || status == 503) return fail(Errc::busy, answer);
  if (status == 408 || status >= 500) return fail(Errc::unreachable, answer);
  if (status >= 400) return fail(Errc::refused, answer);
  if (status >= 300)
    return fail(Errc::refused, answer + ", a redirect: releases come from the address given");
  return fail(Errc::malformed, answer);
}

/// We asked for the bytes as they are. A body that must be unpacked first has no length that could be held
/// to.
Result<void> check_encoding(const Head& head) {
  if (const auto coding = head.field("content-encoding"); coding && lower(*coding) != "identity") {
    return fail(Errc::malformed, "the server compressed what it sent");
  }
  if (const auto coding = head.field("transfer-encoding"); coding && lower(*coding) != "chunked") {
    return fail(Errc::malformed, "the server compressed what it sent");
  }
  return {};
}

/// "bytes 100-199/200", and the last part may be "*".
bool is_rest(std::string_view range, const Asked& asked) {
  const auto rest = fmt::format("bytes {}-{}/", asked.from, asked.length - 1);
  if (!lower(range).starts_with(rest)) return false;
  range.remove_prefix(rest.size());
  return range == "*" || number(range) == asked.length;
}

Result<void> check_length(const Head& head, std::int64_t expected) {
  const auto length = TRY(head.content_length());
  if (!length || *length == expected) return {};
  return fail(Errc::malformed, fmt::format("the server announces {} bytes instead of {}", *length, expected));
}

}  // namespace

Result<void> Head::add(std::string_view line) {
  size_ += line.size();
  if (size_ > most_head_bytes) return fail(Errc::malformed, "the lines above the body have no end");
  if (complete_) return {};  // behind a chunked body
  const auto text = trimmed(line);
  if (text.starts_with("HTTP/")) {
    fields_.clear();
    status_ = 0;
    const auto code = trimmed(text.substr(std::min(text.find(' '), text.size())));
    status_ = static_cast<int>(number(code.substr(0, 3)).value_or(0));
    return {};
  }
  if (text.empty()) {
    complete_ = status_ >= 200;
    return {};
  }
  const auto colon = text.find(':');
  if (colon == text.npos) return {};
  const auto name = lower(trimmed(text.substr(0, colon)));
  const auto value = trimmed(text.substr(colon + 1));
  const auto [place, first] = fields_.try_emplace(name, value);
  if (!first && matters(name) && place->second != value) return fail(Errc::malformed, "two lines " + name);
  return {};
}

std::optional<std::string_view> Head::field(std::string_view name) const {
  const auto found = fields_.find(name);
  if (found == fields_.end()) return std::nullopt;
  return found->second;
}

Result<std::optional<std::int64_t>> Head::content_length() const {
  const auto text = field("content-length");
  if (!text) return std::nullopt;
  const auto length = number(*text);
  if (!length) return fail(Errc::malformed, "a length that is no number");
  return length;
}

Result<void> check_document(const Head& head, std::size_t most) {
  TRY(check_status(head.status()));
  if (head.status() != 200) return fail(Errc::malformed, "the server sends a part that nobody asked for");
  TRY(check_encoding(head));
  const auto length = TRY(head.content_length());
  if (length && std::cmp_greater(*length, most)) {
    return fail(Errc::malformed, fmt::format("the server announces {} bytes, more than {}", *length, most));
  }
  return {};
}

Result<std::int64_t> place_of_body(const Head& head, const Asked& asked) {
  TRY(check_status(head.status()));
  TRY(check_encoding(head));
  if (head.status() == 200) {
    TRY(check_length(head, asked.length));
    return 0;
  }
  const auto range = head.field("content-range");
  if (asked.from == 0 || !range || !is_rest(*range, asked)) {
    return fail(Errc::malformed, "the server sends another part than the one asked for");
  }
  if (const auto etag = head.field("etag"); etag && *etag != asked.etag) {
    return fail(Errc::malformed, "the server sends a part of another file");
  }
  TRY(check_length(head, asked.length - asked.from));
  return asked.from;
}

std::string strong_etag(const Head& head) {
  const auto etag = head.field("etag").value_or("");
  const bool strong = etag.size() > 2 && etag.size() <= 200 && etag.starts_with('"') && etag.ends_with('"');
  return strong ? std::string(etag) : std::string();
}

}  // namespace kiosk::drivers::mirror_http
