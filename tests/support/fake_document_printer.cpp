#include "tests/support/fake_document_printer.hpp"

#include <utility>

namespace kiosk::testing {

using hal::Actor;
using hal::DeviceState;
using hal::PrintOutcome;
using hal::Supply;

hal::DeviceStatus FakeDocumentPrinter::status() const {
  const std::lock_guard lock(mutex_);
  if (!state_.plugged) return {.state = DeviceState::no_device, .actor = Actor::clear, .detail = "unplugged"};
  hal::DeviceStatus status{.state = DeviceState::online, .paper = Supply::full, .toner = Supply::full};
  const auto blocked = [&status](const char* detail) {
    status.state = DeviceState::user_error;
    status.actor = Actor::clear;
    status.detail = detail;
  };
  if (state_.paper_out) {
    status.paper = Supply::out;
    blocked("media-empty");
  }
  if (state_.toner_out) {
    status.toner = Supply::out;
    blocked("toner-empty");
  }
  if (state_.door_open) blocked("door-open");
  if (state_.jammed) {
    status.paper = Supply::jammed;
    blocked("media-jam");
  }
  return status;
}

/// Why it cannot print, or after how many pages the next job jams.
Result<std::optional<int>> FakeDocumentPrinter::begin() {
  const std::lock_guard lock(mutex_);
  if (state_.next_job_fails) return std::unexpected(*std::exchange(state_.next_job_fails, std::nullopt));
  if (!state_.plugged) return fail(Errc::unreachable, "unplugged");
  if (state_.jammed) return fail(Errc::jammed, "media-jam");
  if (state_.door_open) return fail(Errc::jammed, "door-open");
  if (state_.paper_out) return fail(Errc::out_of_supply, "media-empty");
  if (state_.toner_out) return fail(Errc::out_of_supply, "toner-empty");
  if (!state_.takes_pdf) return fail(Errc::refused, "does not take application/pdf");
  return std::exchange(state_.jams_after_pages, std::nullopt);
}

Result<PrintOutcome> FakeDocumentPrinter::print(const hal::Document& document,
                                                const std::function<void(int)>& on_page, const Wait& wait) {
  TRY(wait.check());
  const auto jam_after = TRY(begin());
  for (int page = 0; page < document.pages; ++page) {
    if (jam_after && page >= *jam_after) {
      turn([](State& state) { state.jammed = true; });
      return PrintOutcome::in_doubt;
    }
    if (on_page) on_page(page + 1);
  }
  const std::lock_guard lock(mutex_);
  documents_.push_back(document);
  return PrintOutcome::printed;
}

std::vector<hal::Document> FakeDocumentPrinter::documents() const {
  const std::lock_guard lock(mutex_);
  return documents_;
}

}  // namespace kiosk::testing
