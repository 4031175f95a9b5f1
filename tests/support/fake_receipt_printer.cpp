#include "tests/support/fake_receipt_printer.hpp"

#include <utility>

namespace kiosk::testing {

using hal::Actor;
using hal::DeviceState;
using hal::PrintOutcome;
using hal::Supply;

hal::DeviceStatus FakeReceiptPrinter::status() const {
  const std::lock_guard lock(mutex_);
  if (!state_.plugged) return {.state = DeviceState::no_device, .actor = Actor::clear, .detail = "unplugged"};
  const Supply paper = state_.paper_out ? Supply::out : state_.paper_low ? Supply::low : Supply::full;
  if (state_.broken)
    return {.state = DeviceState::hardware_error,
            .paper = paper,
            .actor = Actor::maintenance,
            .detail = "broken"};
  if (state_.cover_open)
    return {.state = DeviceState::user_error, .paper = paper, .actor = Actor::clear, .detail = "cover open"};
  if (state_.paper_out)
    return {.state = DeviceState::user_error, .paper = paper, .actor = Actor::clear, .detail = "paper out"};
  return {
      .state = DeviceState::online, .paper = paper, .actor = state_.paper_low ? Actor::clear : Actor::none};
}

Result<void> FakeReceiptPrinter::ready() const {
  if (!state_.plugged) return fail(Errc::unplugged, "unplugged");
  if (state_.broken) return fail(Errc::refused, "broken");
  if (state_.cover_open) return fail(Errc::jammed, "cover open");
  if (state_.paper_out) return fail(Errc::out_of_supply, "paper out");
  return {};
}

Result<PrintOutcome> FakeReceiptPrinter::print(const hal::Raster& slip, const Wait& wait) {
  TRY(wait.check());
  const auto size = static_cast<std::size_t>(slip.row_bytes()) * static_cast<std::size_t>(slip.height);
  if (slip.width < 1 || slip.height < 1 || slip.width > paper_.dots || slip.rows.size() != size)
    return fail(Errc::malformed, "not a slip for this paper");
  const std::lock_guard lock(mutex_);
  if (state_.next_job_fails) return std::unexpected(*std::exchange(state_.next_job_fails, std::nullopt));
  TRY(ready());
  if (std::exchange(state_.paper_ends_in_next_job, false)) {
    state_.paper_out = true;
    return PrintOutcome::in_doubt;
  }
  if (std::exchange(state_.cover_opens_in_next_job, false)) {
    state_.cover_open = true;
    return PrintOutcome::in_doubt;
  }
  slips_.push_back(slip);
  return PrintOutcome::printed;
}

std::vector<hal::Raster> FakeReceiptPrinter::slips() const {
  const std::lock_guard lock(mutex_);
  return slips_;
}

}  // namespace kiosk::testing
