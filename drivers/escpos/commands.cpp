#include "drivers/escpos/commands.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace kiosk::drivers::escpos {

namespace {

constexpr std::uint8_t dle = 0x10, esc = 0x1B, gs = 0x1D;
constexpr std::initializer_list<std::uint8_t> initialise{esc, 0x40};
constexpr std::initializer_list<std::uint8_t> feed_and_cut{gs, 0x56, 0x42, 0x00};

void append(Bytes& to, std::initializer_list<std::uint8_t> bytes) {
  to.insert(to.end(), bytes);
}

std::uint8_t low(int value) {
  return static_cast<std::uint8_t>(value & 0xFF);
}

std::uint8_t high(int value) {
  return static_cast<std::uint8_t>((value >> 8) & 0xFF);
}

/// GS v 0: `rows` rows of the slip from `first` on.
void append_band(Bytes& block, const hal::Raster& slip, int first, int rows) {
  const int width = slip.row_bytes();
  append(block, {gs, 0x76, 0x30, 0x00, low(width), high(width), low(rows), high(rows)});
  const auto begin = slip.rows.begin() + static_cast<std::ptrdiff_t>(first) * width;
  const auto picture = block.size();
  block.insert(block.end(), begin, begin + static_cast<std::ptrdiff_t>(rows) * width);
  defuse(std::span(block).subspan(picture));
}

bool obeyed_anywhere(std::uint8_t command, std::uint8_t parameter) {
  switch (command) {
    case 0x04:
      return parameter >= 1 && parameter <= 8;  // DLE EOT: status
    case 0x05:
      return parameter <= 3;  // DLE ENQ: recover, clear the buffers
    case 0x14:
      return parameter <= 8;  // DLE DC4: drawer, power off, clear the buffers
    default:
      return false;
  }
}

}  // namespace

Bytes ask_status(int n) {
  return {dle, 0x04, static_cast<std::uint8_t>(n)};
}

Bytes ask_paper_sensor() {
  return {gs, 0x72, 0x01};
}

Result<std::vector<Bytes>> slip_blocks(const hal::Raster& slip, int dots) {
  if (slip.width < 1 || slip.height < 1) return fail(Errc::malformed, "the slip is empty");
  if (slip.width > dots)
    return fail(Errc::malformed, fmt::format("the slip is {} dots wide, the paper {}", slip.width, dots));
  const auto size = static_cast<std::size_t>(slip.row_bytes()) * static_cast<std::size_t>(slip.height);
  if (slip.rows.size() != size) return fail(Errc::malformed, "the slip's rows do not fit its size");

  std::vector<Bytes> blocks;
  for (int first = 0; first < slip.height; first += band_rows) {
    Bytes& block = blocks.emplace_back();
    block.reserve(static_cast<std::size_t>(slip.row_bytes()) * band_rows + 16);  // growing would leave copies
    if (first == 0) append(block, initialise);
    append_band(block, slip, first, std::min(band_rows, slip.height - first));
  }
  blocks.emplace_back(feed_and_cut);
  return blocks;
}

Bytes cut_off_remains(int row_bytes) {
  Bytes bytes(static_cast<std::size_t>(row_bytes) * band_rows, 0x00);  // NUL between commands is ignored
  append(bytes, {dle, 0x05, 0x02});
  append(bytes, initialise);
  append(bytes, feed_and_cut);
  return bytes;
}

int defuse(std::span<std::uint8_t> picture) {
  int places = 0;
  for (std::size_t i = 0; i + 2 < picture.size(); ++i) {
    if (picture[i] != dle || !obeyed_anywhere(picture[i + 1], picture[i + 2])) continue;
    picture[i] |= 0x08;  // beside the one dot that is black there
    ++places;
  }
  return places;
}

}  // namespace kiosk::drivers::escpos
