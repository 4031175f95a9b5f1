#include "drivers/ipp/reasons.hpp"

#include <array>
#include <string_view>

namespace kiosk::drivers::ipp {

namespace {

using hal::Actor;
using hal::DeviceState;
using hal::Supply;

enum class Part { none, paper, toner };

/// What one reason means. Ordered by weight: a later row of this list is worse.
enum class Weight { note, warning, offline, supply, blocked, broken };

struct Meaning {
  std::string_view reason;
  Weight weight = Weight::note;
  Actor actor = Actor::none;
  Part part = Part::none;
};

constexpr std::array meanings{
    Meaning{"media-low", Weight::warning, Actor::clear, Part::paper},
    Meaning{"toner-low", Weight::warning, Actor::clear, Part::toner},
    Meaning{"marker-supply-low", Weight::warning, Actor::clear, Part::toner},
    Meaning{"output-area-almost-full", Weight::warning, Actor::clear},
    Meaning{"marker-waste-almost-full", Weight::warning, Actor::maintenance},
    Meaning{"opc-near-eol", Weight::warning, Actor::maintenance},

    Meaning{"offline", Weight::offline, Actor::clear},
    Meaning{"shutdown", Weight::offline, Actor::clear},
    Meaning{"paused", Weight::offline, Actor::clear},
    Meaning{"moving-to-paused", Weight::offline, Actor::clear},
    Meaning{"stopping", Weight::offline, Actor::clear},
    Meaning{"stopped-partly", Weight::offline, Actor::clear},
    Meaning{"connecting-to-device", Weight::offline, Actor::reset},
    Meaning{"timed-out", Weight::offline, Actor::reset},
    Meaning{"spool-area-full", Weight::offline, Actor::reset},

    Meaning{"media-empty", Weight::supply, Actor::clear, Part::paper},
    Meaning{"media-needed", Weight::supply, Actor::clear, Part::paper},
    Meaning{"toner-empty", Weight::supply, Actor::clear, Part::toner},
    Meaning{"marker-supply-empty", Weight::supply, Actor::clear, Part::toner},

    Meaning{"media-jam", Weight::blocked, Actor::clear, Part::paper},
    Meaning{"cover-open", Weight::blocked, Actor::clear},
    Meaning{"door-open", Weight::blocked, Actor::clear},
    Meaning{"interlock-open", Weight::blocked, Actor::clear},
    Meaning{"input-tray-missing", Weight::blocked, Actor::clear},
    Meaning{"output-area-full", Weight::blocked, Actor::clear},

    Meaning{"marker-waste-full", Weight::broken, Actor::maintenance},
    Meaning{"opc-life-over", Weight::broken, Actor::maintenance},
    Meaning{"fuser-over-temp", Weight::broken, Actor::maintenance},
    Meaning{"fuser-under-temp", Weight::broken, Actor::maintenance},
    Meaning{"other", Weight::broken, Actor::maintenance},
    Meaning{"unknown", Weight::broken, Actor::maintenance},
};

std::string_view stripped(std::string_view reason) {
  for (const std::string_view suffix : {"-report", "-warning", "-error"})
    if (reason.ends_with(suffix)) return reason.substr(0, reason.size() - suffix.size());
  return reason;
}

/// A reason that is not in the table stops the kiosk only when the printer itself calls it an error.
Meaning meaning_of(std::string_view reason) {
  const auto bare = stripped(reason);
  if (bare == "none") return {.reason = ""};
  for (const auto& meaning : meanings)
    if (meaning.reason == bare) return meaning;
  if (reason.ends_with("-error")) return {reason, Weight::broken, Actor::maintenance};
  return {.reason = reason};
}

Meaning worst_of(const PrinterState& printer) {
  Meaning worst;
  for (const auto& reason : printer.reasons)
    if (const auto meaning = meaning_of(reason); worst.reason.empty() || meaning.weight > worst.weight)
      worst = meaning;
  constexpr int stopped = 5;
  if (worst.weight <= Weight::warning && printer.state == stopped)
    return {"stopped", Weight::offline, Actor::clear};
  if (worst.weight <= Weight::warning && !printer.accepting)
    return {"accepts no jobs", Weight::offline, Actor::clear};
  return worst;
}

/// The worst that any reason tells of this part.
Supply supply_of(const PrinterState& printer, Part part) {
  Supply supply = Supply::full;
  for (const auto& reason : printer.reasons) {
    const auto meaning = meaning_of(reason);
    if (meaning.part != part) continue;
    if (meaning.weight == Weight::blocked) return Supply::jammed;
    if (meaning.weight == Weight::supply) supply = Supply::out;
    if (meaning.weight == Weight::warning && supply == Supply::full) supply = Supply::low;
  }
  return supply;
}

}  // namespace

hal::DeviceStatus status_of(const PrinterState& printer) {
  const auto worst = worst_of(printer);
  hal::DeviceStatus status{.paper = supply_of(printer, Part::paper),
                           .toner = supply_of(printer, Part::toner),
                           .actor = worst.actor,
                           .detail = std::string(worst.reason)};
  if (!printer.takes_pdf && worst.weight <= Weight::warning) {
    status.state = DeviceState::hardware_error;
    status.actor = Actor::configuration;
    status.detail = "does not take application/pdf";
    return status;
  }
  constexpr int processing = 4;
  switch (worst.weight) {
    case Weight::note:
    case Weight::warning:
      status.state = printer.state == processing ? DeviceState::busy : DeviceState::online;
      break;
    case Weight::offline:
      status.state = DeviceState::offline;
      break;
    case Weight::supply:
    case Weight::blocked:
      status.state = DeviceState::user_error;
      break;
    case Weight::broken:
      status.state = DeviceState::hardware_error;
      break;
  }
  return status;
}

Result<void> ready(const PrinterState& printer) {
  const auto worst = worst_of(printer);
  switch (worst.weight) {
    case Weight::note:
    case Weight::warning:
      break;
    case Weight::offline:
      return fail(printer.accepting ? Errc::unreachable : Errc::busy, std::string(worst.reason));
    case Weight::supply:
      return fail(Errc::out_of_supply, std::string(worst.reason));
    case Weight::blocked:
      return fail(Errc::jammed, std::string(worst.reason));
    case Weight::broken:
      return fail(Errc::refused, std::string(worst.reason));
  }
  if (!printer.takes_pdf) return fail(Errc::refused, "the printer does not take application/pdf");
  return {};
}

}  // namespace kiosk::drivers::ipp
