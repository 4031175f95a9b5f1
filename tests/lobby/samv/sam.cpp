#include "tests/lobby/samv/sam.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace kiosk::lobby {
namespace {

using namespace std::chrono_literals;

constexpr std::uint8_t preamble[] = {0xAA, 0xAA, 0xAA, 0x96, 0x69};
constexpr std::uint8_t sam_id[] = {0x05, 0x00, 0x01, 0x00, 0x09, 0xB8, 0x32, 0x01,
                                   0x05, 0xBE, 0x12, 0x00, 0xAD, 0xC5, 0xB1, 0x11};

std::uint8_t checksum(BytesView bytes) {
  std::uint8_t sum = 0;
  for (const auto byte : bytes) sum ^= byte;
  return sum;
}

}  // namespace

void Sam::place(ChipCard card) {
  const std::lock_guard lock(mutex_);
  card_ = std::move(card);
  table_ = Table::card;
  state_ = State::idle;
}

void Sam::place_several() {
  const std::lock_guard lock(mutex_);
  table_ = Table::several;
  state_ = State::idle;
}

void Sam::place_other_card() {
  const std::lock_guard lock(mutex_);
  table_ = Table::other;
  state_ = State::idle;
}

void Sam::remove() {
  const std::lock_guard lock(mutex_);
  table_ =
      Table::empty;  // the SAM does not know yet: it takes the card for selected until it asks it something
}

bool Sam::card_lies_there() const {
  const std::lock_guard lock(mutex_);
  return table_ != Table::empty;
}

void Sam::misbehave(SamFault fault, int times, std::optional<std::uint16_t> command) {
  const std::lock_guard lock(mutex_);
  troubles_.push_back({fault, times, command});
}

void Sam::refuse(std::uint16_t command, std::uint8_t status) {
  const std::lock_guard lock(mutex_);
  refusal_ = {command, status};
}

void Sam::break_down(std::uint8_t status) {
  const std::lock_guard lock(mutex_);
  broken_ = status;
}

void Sam::set_thinking_time(Milliseconds time) {
  const std::lock_guard lock(mutex_);
  thinking_time_ = time;
}

void Sam::set_body_number_known(bool known) {
  const std::lock_guard lock(mutex_);
  body_number_known_ = known;
}

void Sam::set_address_command_old(bool old) {
  const std::lock_guard lock(mutex_);
  address_command_old_ = old;
}

void Sam::set_rereading(bool allowed) {
  const std::lock_guard lock(mutex_);
  rereading_ = allowed;
}

void Sam::power_cycle() {
  const std::lock_guard lock(mutex_);
  state_ = State::idle;
  heard_.clear();
}

std::vector<std::string> Sam::complaints() const {
  const std::lock_guard lock(mutex_);
  return complaints_;
}

void Sam::complain(std::string what) {
  const std::lock_guard lock(mutex_);
  complaints_.push_back(std::move(what));
}

std::optional<Sam::Reply> Sam::hear(BytesView bytes) {
  const std::lock_guard lock(mutex_);
  heard_.insert(heard_.end(), bytes.begin(), bytes.end());
  const BytesView heard(heard_);
  if (!std::ranges::equal(heard.first(std::min<std::size_t>(5, heard.size())),
                          BytesView(preamble).first(std::min<std::size_t>(5, heard.size())))) {
    complaints_.push_back("not a request: " + to_hex(heard));
    heard_.clear();
    return std::nullopt;  // a real one says nothing either
  }
  if (heard.size() < 7) return std::nullopt;
  const auto length = static_cast<std::size_t>(heard[5] << 8 | heard[6]);
  if (length != 3) {
    complaints_.push_back(fmt::format("request of length {}", length));
    heard_.clear();
    return Reply{frame({0x11})};
  }
  if (heard.size() < 10) return std::nullopt;
  if (heard.size() > 10) complaints_.push_back("more than one request at once");
  const bool whole = checksum(heard.subspan(5, 4)) == heard[9];
  const auto command = static_cast<std::uint16_t>(heard[7] << 8 | heard[8]);
  heard_.clear();
  if (!whole) {
    complaints_.push_back("request with a wrong checksum");
    return Reply{frame({0x10})};
  }

  const auto fault = trouble_for(command);
  if (fault == SamFault::request_damaged) return Reply{frame({0x10})};
  if (fault == SamFault::lift_card) table_ = Table::empty;
  if (fault == SamFault::restart) state_ = State::idle;
  Reply reply{frame(handle(command)), command >> 8 >= 0x20 ? thinking_time_ : Milliseconds(0)};
  if (fault == SamFault::too_late) reply.delay += 1300ms;
  if (fault) reply.bytes = spoil(std::move(reply.bytes), *fault);
  return reply;
}

std::optional<SamFault> Sam::trouble_for(std::uint16_t command) {
  const auto trouble =
      std::ranges::find_if(troubles_, [&](const Trouble& t) { return !t.command || *t.command == command; });
  if (trouble == troubles_.end()) return std::nullopt;
  const SamFault fault = trouble->fault;
  if (--trouble->times == 0) troubles_.erase(trouble);
  return fault;
}

Sam::Answer Sam::handle(std::uint16_t command) {
  if (refusal_ && refusal_->first == command) return {std::exchange(refusal_, std::nullopt)->second};
  if (command == 0x12FF) return {0x90, Bytes(std::begin(sam_id), std::end(sam_id))};
  if (broken_ != 0) return {broken_};
  switch (command) {
    case 0x10FF:
      state_ = State::idle;
      return {0x90};
    case 0x11FF:
      return {0x90};
    case 0x2001:
      return find();
    case 0x2002:
      return select();
    case 0x3001:
      return read();
    case 0x3002:
    case 0x3003:
    case 0x3005:
      return item(command);
    case 0x3010:
      complaints_.push_back("fingerprints were asked for");
      return {0x23};
    default:
      complaints_.push_back(fmt::format("unknown command {:04X}", command));
      return {0x21};
  }
}

/// What every command about a card begins with: a card that was lifted is noticed now.
bool Sam::lost_card() {
  if (table_ != Table::empty || state_ == State::idle) return false;
  state_ = State::idle;
  return true;
}

Sam::Answer Sam::find() {
  if (lost_card() || table_ == Table::empty || table_ == Table::several) return {0x80};
  if (state_ == State::selected || state_ == State::spent) return {0x80};
  state_ = State::found;
  return {0x9F, Bytes(4, 0)};
}

Sam::Answer Sam::select() {
  if (lost_card()) return {0x81};
  if (state_ != State::found) return {0x81};
  if (table_ == Table::other) return {0x40};
  state_ = State::selected;
  return {0x90, Bytes(8, 0)};
}

Sam::Answer Sam::read() {
  if (lost_card()) return {0x41};
  if (state_ == State::spent) return {0x41};
  if (state_ != State::selected) return {0x21};
  if (!rereading_) state_ = State::spent;
  return {0x90, read_data(card_)};
}

/// The newest address, or the number of the card's body: the small things that presence is asked by.
Sam::Answer Sam::item(std::uint16_t command) {
  if (command == 0x3005 && !body_number_known_) return {0x21};
  if (command == (address_command_old_ ? 0x3003 : 0x3002)) return {0x21};
  if (lost_card() || (state_ != State::selected && state_ != State::spent)) return {0x41};
  if (command == 0x3005) return {0x90, Bytes(28, 0x30)};
  if (card_.newest_address.empty()) return {0x91};
  return {0x90, utf16_field(card_.newest_address, 35)};
}

Bytes Sam::frame(const Answer& answer) {
  Bytes bytes(std::begin(preamble), std::end(preamble));
  const std::size_t length = answer.data.size() + 4;
  bytes.push_back(static_cast<std::uint8_t>(length >> 8));
  bytes.push_back(static_cast<std::uint8_t>(length & 0xFF));
  bytes.insert(bytes.end(), {0x00, 0x00, answer.status});
  bytes.insert(bytes.end(), answer.data.begin(), answer.data.end());
  bytes.push_back(checksum(BytesView(bytes).subspan(5)));
  return bytes;
}

Bytes Sam::spoil(Bytes bytes, SamFault fault) {
  switch (fault) {
    case SamFault::garbage_in_front:
      bytes.insert(bytes.begin(), {0xFF, 0x00});
      return bytes;
    case SamFault::first_byte_lost:
      bytes.erase(bytes.begin());
      return bytes;
    case SamFault::checksum_wrong:
      bytes.back() ^= 0x5A;
      return bytes;
    case SamFault::half_an_answer:
      bytes.resize(bytes.size() / 2);
      return bytes;
    case SamFault::impossible_length:
      bytes[5] = bytes[6] = 0xFF;
      return bytes;
    case SamFault::time_out_frame:
      return {0xAA, 0xAA, 0xAA, 0x96, 0x69, 0x00, 0x05, 0x05, 0x05, 0x05};
    case SamFault::noise:
      return Bytes(300, 0x96);
    case SamFault::silence:
      return {};
    default:
      return bytes;
  }
}

}  // namespace kiosk::lobby
