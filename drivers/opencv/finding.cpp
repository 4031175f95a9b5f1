#include "drivers/opencv/finding.hpp"

#include <array>
#include <cstddef>
#include <utility>

#include "drivers/confined/message.hpp"

namespace kiosk::drivers {
namespace {

using confined::number_at;
using hal::FaceFault;

constexpr std::size_t head_bytes = 20;

bool jpeg_like(BytesView bytes) {
  return bytes.size() >= 4 && bytes.front() == 0xFF && bytes[1] == 0xD8 && bytes[bytes.size() - 2] == 0xFF &&
         bytes.back() == 0xD9;
}

/// Where on one axis, and how far; added up in more bits than they have.
bool inside(std::uint32_t at, std::uint32_t length, int frame_length) {
  return length > 0 && std::uint64_t{at} + length <= static_cast<std::uint64_t>(frame_length);
}

bool sound(BytesView bytes, int frame_width, int frame_height) {
  if (bytes.size() < head_bytes || bytes.size() > most_finding_bytes) return false;
  std::array<std::uint32_t, 5> numbers{};
  for (std::size_t i = 0; i < numbers.size(); i++) numbers[i] = number_at(bytes.data() + 4 * i);
  const auto [fault, x, y, width, height] = numbers;
  if (fault > static_cast<std::uint32_t>(FaceFault::blurred)) return false;
  const auto portrait = bytes.subspan(head_bytes);
  const auto is = [said = fault](FaceFault one) { return said == static_cast<std::uint32_t>(one); };
  if (is(FaceFault::none) ? !jpeg_like(portrait) : !portrait.empty()) return false;
  if (is(FaceFault::no_face)) return x == 0 && y == 0 && width == 0 && height == 0;
  return inside(x, width, frame_width) && inside(y, height, frame_height);
}

}  // namespace

Bytes bytes_of(const hal::FaceFinding& finding) {
  const auto& portrait = finding.portrait.reveal();  // for the kiosk, which sends it to the registry
  Bytes bytes;
  bytes.reserve(head_bytes + portrait.size());
  bytes.resize(head_bytes);
  std::size_t at = 0;
  for (const int number :
       {static_cast<int>(finding.fault), finding.x, finding.y, finding.width, finding.height}) {
    confined::put_number(bytes.data() + at, static_cast<std::uint32_t>(number));
    at += 4;
  }
  bytes.insert(bytes.end(), portrait.begin(), portrait.end());
  return bytes;
}

Result<hal::FaceFinding> finding_of(Bytes bytes, int frame_width, int frame_height) {
  if (!sound(bytes, frame_width, frame_height)) {
    wipe(bytes);
    return fail(Errc::malformed, "face finder: an answer that makes no sense");
  }
  const auto at = [&](std::size_t i) { return static_cast<int>(number_at(bytes.data() + 4 * i)); };
  hal::FaceFinding finding{.fault = static_cast<FaceFault>(at(0)),
                           .x = at(1),
                           .y = at(2),
                           .width = at(3),
                           .height = at(4),
                           .portrait = {}};
  bytes.erase(bytes.begin(), bytes.begin() + std::ptrdiff_t{head_bytes});
  finding.portrait = PersonalBytes(std::move(bytes));
  return finding;
}

}  // namespace kiosk::drivers
