#pragma once
// A slip printer without a wire, for flows: it keeps what it printed and fails as it is told.

#include <mutex>
#include <optional>
#include <vector>

#include "hal/receipt_printer.hpp"

namespace kiosk::testing {

class FakeReceiptPrinter final : public hal::ReceiptPrinter {
 public:
  explicit FakeReceiptPrinter(hal::SlipPaper paper = {}) : paper_(paper) {}

  hal::SlipPaper paper() const override { return paper_; }
  hal::DeviceStatus status() const override;
  Result<hal::PrintOutcome> print(const hal::Raster& slip, const Wait& wait) override;

  /// What the world does to it. From any thread.
  struct State {
    bool plugged = true;
    bool cover_open = false;
    bool paper_out = false;
    bool paper_low = false;
    bool broken = false;

    bool paper_ends_in_next_job = false;
    bool cover_opens_in_next_job = false;
    std::optional<Error> next_job_fails = {};  ///< before the first byte, for whatever reason
  };
  template <class Change>
  void turn(Change change) {
    const std::lock_guard lock(mutex_);
    change(state_);
  }

  /// Whole slips, cut.
  std::vector<hal::Raster> slips() const;

 private:
  Result<void> ready() const;

  const hal::SlipPaper paper_;
  mutable std::mutex mutex_;
  State state_;
  std::vector<hal::Raster> slips_;
};

}  // namespace kiosk::testing
