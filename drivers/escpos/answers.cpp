#include "drivers/escpos/answers.hpp"

namespace kiosk::drivers::escpos {

namespace {

constexpr std::uint8_t fixed_bits = 0x93;  // 0, 1, 4 and 7 tell the kinds apart
constexpr std::uint8_t fixed_bits_of_unasked_rest = 0x90;

}  // namespace

std::optional<Answer> AnswerFilter::next(std::uint8_t byte) {
  if (unasked_seen_ == 0) return start(byte);
  if ((byte & fixed_bits_of_unasked_rest) != 0) {  // the block broke off: this byte begins something new
    noise_ += static_cast<int>(unasked_seen_);
    unasked_seen_ = 0;
    return start(byte);
  }
  unasked_[unasked_seen_++] = byte;
  if (unasked_seen_ < unasked_.size()) return std::nullopt;
  unasked_seen_ = 0;
  const bool cover_open = (unasked_[0] & 0x20) != 0;
  const bool paper_end = (unasked_[2] & 0x0C) != 0;
  return Answer{Answer::Kind::unasked, static_cast<std::uint8_t>(cover_open || paper_end ? 1 : 0)};
}

std::optional<Answer> AnswerFilter::start(std::uint8_t byte) {
  switch (byte & fixed_bits) {
    case 0x12:
      return Answer{Answer::Kind::realtime, byte};
    case 0x00:
      return Answer{Answer::Kind::sensor, byte};
    case 0x10:
      unasked_[0] = byte;
      unasked_seen_ = 1;
      return std::nullopt;
    default:
      ++noise_;
      return std::nullopt;
  }
}

}  // namespace kiosk::drivers::escpos
