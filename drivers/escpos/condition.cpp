#include "drivers/escpos/condition.hpp"

#include <fmt/format.h>

namespace kiosk::drivers::escpos {

namespace {

bool valid(std::uint8_t byte) {
  return (byte & 0x93) == 0x12;  // bits 1 and 4 are always 1, bits 0 and 7 always 0
}

/// The paper sensors are reported twice each; a byte in which the two disagree was damaged on its way.
bool pairs_agree(std::uint8_t paper) {
  const int near_end = paper & 0x0C;
  const int end = paper & 0x60;
  return (near_end == 0 || near_end == 0x0C) && (end == 0 || end == 0x60);
}

}  // namespace

Result<Condition> condition_of(const StatusBytes& bytes) {
  const std::uint8_t error = bytes.error.value_or(0x12);
  for (const auto byte : {bytes.printer, bytes.cause, error, bytes.paper})
    if (!valid(byte)) return fail(Errc::malformed, fmt::format("status byte {:02x}", byte));
  if (!pairs_agree(bytes.paper))
    return fail(Errc::malformed, fmt::format("paper status {:02x}", bytes.paper));
  return Condition{
      .offline = (bytes.printer & 0x08) != 0,
      .cover_open = (bytes.cause & 0x04) != 0,
      .feeding = (bytes.cause & 0x08) != 0,
      .paper_end = (bytes.cause & 0x20) != 0 || (bytes.paper & 0x60) != 0,
      .paper_low = (bytes.paper & 0x0C) != 0,
      .cutter = (error & 0x08) != 0,
      .head_hot = (error & 0x40) != 0,
      .broken = (error & 0x20) != 0,
      .error = (bytes.cause & 0x40) != 0,
  };
}

hal::DeviceStatus status_of(const Condition& c) {
  using enum hal::DeviceState;
  using hal::Actor;
  const hal::Supply paper = c.paper_end   ? hal::Supply::out
                            : c.paper_low ? hal::Supply::low
                                          : hal::Supply::full;
  const auto status = [&](hal::DeviceState state, Actor actor, const char* detail) {
    return hal::DeviceStatus{.state = state, .paper = paper, .toner = {}, .actor = actor, .detail = detail};
  };
  if (c.broken) return status(hardware_error, Actor::maintenance, "unrecoverable error");
  if (c.cutter) return status(user_error, Actor::clear, "cutter stuck");
  if (c.cover_open) return status(user_error, Actor::clear, "cover open");
  if (c.paper_end) return status(user_error, Actor::clear, "paper out");
  if (c.head_hot) return status(offline, Actor::none, "print head hot, cooling down");
  if (c.error) return status(user_error, Actor::clear, "error, cause not told");
  if (c.feeding) return status(offline, Actor::none, "feed button held");
  if (c.offline) return status(offline, Actor::clear, "off line");
  if (c.paper_low) return status(online, Actor::clear, "paper low");
  return status(online, Actor::none, "");
}

Result<void> ready(const Condition& c) {
  const auto detail = status_of(c).detail;
  if (c.broken) return fail(Errc::refused, detail);
  if (c.cutter || c.cover_open) return fail(Errc::jammed, detail);
  if (c.paper_end) return fail(Errc::out_of_supply, detail);
  if (c.offline || c.error || c.feeding || c.head_hot) return fail(Errc::busy, detail);
  return {};
}

}  // namespace kiosk::drivers::escpos
