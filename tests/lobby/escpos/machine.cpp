#include "tests/lobby/escpos/machine.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace kiosk::lobby {

namespace {

constexpr std::uint8_t dle = 0x10, esc = 0x1B, gs = 0x1D;
constexpr int rows_to_the_knife = 96;  // 12 mm from head to cutter
constexpr int rows_a_line = 30;
constexpr int near_end_rows = 800;

bool holds_realtime_command(BytesView row) {
  for (std::size_t i = 0; i + 2 < row.size(); ++i)
    if (row[i] == dle && ((row[i + 1] == 0x04 && row[i + 2] >= 1 && row[i + 2] <= 4) ||
                          (row[i + 1] == 0x05 && row[i + 2] <= 3) || (row[i + 1] == 0x14 && row[i + 2] <= 8)))
      return true;
  return false;
}

}  // namespace

bool PrinterMachine::offline() const {
  return knobs.cover_open || knobs.paper_rows <= 0 || cutter_error_ || knobs.broken || knobs.head_hot ||
         knobs.feed_button;
}

void PrinterMachine::receive(BytesView bytes) {
  for (const auto byte : bytes) {
    buffer_.push_back(byte);
    if (last_.size() == 2 && last_[0] == dle) obey_realtime(last_[1], byte);
    last_.push_back(byte);
    if (last_.size() > 2) last_.erase(last_.begin());
  }
}

void PrinterMachine::obey_realtime(std::uint8_t command, std::uint8_t n) {
  if (command == 0x04 && n >= 1 && n <= 4) answer(status(n));
  if (command == 0x05 && n == 2 && cutter_error_ && !knobs.cutter_blocked) {
    cutter_error_ = cut_after_feed_ = false;
    feed_rows_ = raster_rows_ = 0;
    buffer_.clear();
  }
}

std::uint8_t PrinterMachine::status(int n) const {
  const auto bits = [](bool on, int mask) { return on ? mask : 0; };
  const bool out = knobs.paper_rows <= 0;
  int byte = 0x12;
  switch (n) {
    case 1:
      byte |= bits(offline() && knobs.admits_offline, 0x08) | bits(cutter_error_, 0x20);
      break;
    case 2:
      byte |= bits(knobs.cover_open || knobs.stale_answers > 0, 0x04) | bits(knobs.feed_button, 0x08) |
              bits(out, 0x20) | bits(cutter_error_ || knobs.broken || knobs.head_hot, 0x40);
      break;
    case 3:
      byte |= bits(cutter_error_, 0x08) | bits(knobs.broken, 0x20) | bits(knobs.head_hot, 0x40);
      break;
    default:
      byte |= bits(knobs.near_end || knobs.paper_rows < near_end_rows, 0x0C) | bits(out, 0x60);
  }
  return static_cast<std::uint8_t>(byte);
}

std::uint8_t PrinterMachine::port_status() const {
  const bool out = knobs.paper_rows <= 0;
  const bool error = knobs.cover_open || cutter_error_ || knobs.broken;
  return static_cast<std::uint8_t>((out ? 0x20 : 0) | (offline() ? 0 : 0x10) | (error ? 0 : 0x08));
}

void PrinterMachine::answer(std::uint8_t byte) {
  knobs.stale_answers = std::max(0, knobs.stale_answers - 1);
  if (knobs.silent) return;
  if (knobs.chatter) answers_.insert(answers_.end(), {0x14, 0x00, 0x00, 0x0F});
  answers_.push_back(knobs.garbage ? 0xE3 : byte);
}

void PrinterMachine::drop(std::size_t bytes) {
  buffer_.erase(buffer_.begin(), buffer_.begin() + static_cast<std::ptrdiff_t>(bytes));
}

bool PrinterMachine::step() {
  if (offline()) return false;
  if (feed_rows_ > 0) {
    --feed_rows_;
    return row_of_paper({});
  }
  if (cut_after_feed_) return cut();
  if (raster_rows_ > 0) return raster_row();
  if (buffer_.empty()) return false;
  switch (buffer_[0]) {
    case 0x00:
      drop(1);
      return true;
    case 0x0A:
      drop(1);
      return feed(rows_a_line);
    case dle:
      if (buffer_.size() < 3) return false;
      if (buffer_[1] != 0x04 && buffer_[1] != 0x05) complain(fmt::format("DLE {:02x}", buffer_[1]));
      drop(3);  // obeyed when it came in
      return true;
    case esc:
      return buffer_.size() >= 2 && escape_command();
    case gs:
      return buffer_.size() >= 2 && group_command();
    default:
      complain(fmt::format("byte {:02x} outside a command", buffer_[0]));
      drop(1);
      return true;
  }
}

bool PrinterMachine::escape_command() {
  if (buffer_[1] == 0x40) {
    drop(2);
    return true;
  }
  if (buffer_.size() < 3) return false;
  const int n = buffer_[2];
  switch (buffer_[1]) {
    case 0x61:
      if (n > 2) complain(fmt::format("ESC a {}", n));
      break;
    case 0x45:
      break;
    case 0x64:
      drop(3);
      return feed(n * rows_a_line);
    default:
      complain(fmt::format("ESC {:02x}", buffer_[1]));
  }
  drop(3);
  return true;
}

bool PrinterMachine::group_command() {
  if (buffer_.size() < 3) return false;
  switch (buffer_[1]) {
    case 0x76:
      return start_raster();
    case 0x56:
      return cut_command();
    case 0x72:
      if (buffer_[2] != 1) complain(fmt::format("GS r {}", buffer_[2]));
      if (knobs.in_turn && !knobs.silent) answers_.push_back(knobs.near_end ? 0x03 : 0x00);
      break;
    case 0x61:
    case 0x21:
      break;
    default:
      complain(fmt::format("GS {:02x}", buffer_[1]));
  }
  drop(3);
  return true;
}

bool PrinterMachine::start_raster() {
  if (buffer_.size() < 8) return false;
  const int bytes = buffer_[4] + 256 * buffer_[5];
  const int rows = buffer_[6] + 256 * buffer_[7];
  if (buffer_[2] != 0x30 || buffer_[3] > 3) complain("raster with an unknown mode");
  if (bytes == 0 || bytes > hanging_.row_bytes()) complain(fmt::format("raster of {} bytes a row", bytes));
  if (rows == 0 || rows > 255) complain(fmt::format("raster of {} rows", rows));
  drop(8);
  raster_bytes_ = bytes;
  raster_rows_ = bytes == 0 ? 0 : rows;
  return true;
}

bool PrinterMachine::raster_row() {
  const auto width = static_cast<std::size_t>(raster_bytes_);
  if (buffer_.size() < width) return false;
  const Bytes row(buffer_.begin(), buffer_.begin() + raster_bytes_);
  if (holds_realtime_command(row)) complain("a real-time command inside a picture");
  drop(width);
  --raster_rows_;
  return row_of_paper(row);
}

bool PrinterMachine::row_of_paper(BytesView dots) {
  Bytes row(dots.begin(), dots.end());
  row.resize(static_cast<std::size_t>(hanging_.row_bytes()));
  hanging_.rows.insert(hanging_.rows.end(), row.begin(), row.end());
  ++rows_printed;
  if (knobs.paper_rows != PrinterKnobs::endless) --knobs.paper_rows;
  if (knobs.cover_opens_after && --*knobs.cover_opens_after <= 0) {
    knobs.cover_opens_after.reset();
    knobs.cover_open = true;
  }
  return true;
}

bool PrinterMachine::feed(int rows) {
  feed_rows_ += rows;
  return true;
}

bool PrinterMachine::cut_command() {
  const int m = buffer_[2];
  if (m == 0x00 || m == 0x01) {
    drop(3);
    cut_after_feed_ = true;
    return true;
  }
  if (buffer_.size() < 4) return false;
  if (m != 0x41 && m != 0x42) complain(fmt::format("GS V {:02x}", m));
  const int n = buffer_[3];
  drop(4);
  cut_after_feed_ = true;
  return feed(rows_to_the_knife + n);
}

bool PrinterMachine::cut() {
  if (knobs.cutter_blocked) {
    cutter_error_ = true;
    return false;
  }
  cut_after_feed_ = false;
  slips_.push_back(hanging_);
  hanging_.rows.clear();
  return true;
}

}  // namespace kiosk::lobby
