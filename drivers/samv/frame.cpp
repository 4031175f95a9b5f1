#include "drivers/samv/frame.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include <fmt/format.h>

namespace kiosk::drivers::samv {
namespace {

constexpr std::array<std::uint8_t, 5> preamble{0xAA, 0xAA, 0xAA, 0x96, 0x69};
// Real readers drop the first AA or put rubbish in front, so the last four bytes of the preamble are looked
// for.
constexpr BytesView mark = BytesView(preamble).subspan(1);
constexpr std::size_t furthest_mark = 6;

std::uint8_t checksum(BytesView bytes) {
  std::uint8_t sum = 0;
  for (const std::uint8_t byte : bytes) sum ^= byte;
  return sum;
}

/// Where LEN begins; nullopt while the mark may still come.
Result<std::optional<std::size_t>> find_length(BytesView received) {
  for (std::size_t at = 0; at <= furthest_mark && at + mark.size() <= received.size(); ++at) {
    if (std::ranges::equal(received.subspan(at, mark.size()), mark)) return at + mark.size();
  }
  if (received.size() >= furthest_mark + mark.size()) return fail(Errc::malformed, "no preamble");
  return std::nullopt;
}

}  // namespace

Bytes request(Command command) {
  const auto code = static_cast<std::uint16_t>(command);
  Bytes frame(preamble.begin(), preamble.end());
  frame.insert(frame.end(),
               {0x00, 0x03, static_cast<std::uint8_t>(code >> 8), static_cast<std::uint8_t>(code & 0xFF)});
  frame.push_back(checksum(BytesView(frame).subspan(preamble.size())));
  return frame;
}

Result<std::size_t> missing(BytesView received) {
  const auto at = TRY(find_length(received));
  if (!at) return std::max<std::size_t>(7, received.size() + 1) - received.size();
  if (received.size() < *at + 2) return *at + 2 - received.size();
  const std::size_t length = static_cast<std::size_t>(received[*at] << 8 | received[*at + 1]);
  if (length < 4 || length > longest_frame - 7)
    return fail(Errc::malformed, fmt::format("length {}", length));
  const BytesView rest = received.subspan(*at + 2);
  // "AAAAAA9669 0005 050505": two bytes short of what it announces; waiting for them would only lose time.
  if (length == 5 && rest.size() >= 3 && std::ranges::all_of(rest.first(3), [](auto b) { return b == 5; }))
    return fail(Errc::malformed, "the reader's time-out frame");
  return rest.size() >= length ? 0 : length - rest.size();
}

Result<Answer> decode(BytesView received) {
  const std::size_t lacking = TRY(missing(received));
  if (lacking != 0) return fail(Errc::malformed, fmt::format("{} bytes are missing", lacking));
  const auto at = TRY(find_length(received));
  const std::size_t length = static_cast<std::size_t>(received[*at] << 8 | received[*at + 1]);
  const BytesView summed = received.subspan(*at, 2 + length - 1);
  if (checksum(summed) != received[*at + 2 + length - 1]) return fail(Errc::malformed, "wrong checksum");
  const BytesView data = summed.subspan(2 + 3);
  return Answer{.status = summed[4], .data = PersonalBytes(Bytes(data.begin(), data.end()))};
}

std::string status_text(std::uint8_t status) {
  const char* words = "unknown status";
  switch (status) {
    case 0x90:
      words = "success";
      break;
    case 0x9F:
      words = "card found";
      break;
    case 0x10:
      words = "bad checksum received";
      break;
    case 0x11:
      words = "bad length received";
      break;
    case 0x21:
      words = "unknown command or wrong order";
      break;
    case 0x23:
      words = "not permitted";
      break;
    case 0x24:
      words = "unrecognised error";
      break;
    case 0x31:
      words = "card did not authenticate the SAM";
      break;
    case 0x32:
      words = "SAM did not authenticate the card";
      break;
    case 0x33:
      words = "information check failed";
      break;
    case 0x40:
      words = "wrong card type";
      break;
    case 0x41:
      words = "read failed";
      break;
    case 0x47:
      words = "no random number";
      break;
    case 0x60:
      words = "SAM self-test failed";
      break;
    case 0x66:
      words = "SAM not authorised";
      break;
    case 0x80:
      words = "no card found";
      break;
    case 0x81:
      words = "select failed";
      break;
    case 0x91:
      words = "item empty";
      break;
    default:
      break;
  }
  return fmt::format("{} ({:02X})", words, status);
}

}  // namespace kiosk::drivers::samv
