#pragma once
// A slip on its way from the caller's thread to the printer's.

#include <atomic>
#include <utility>
#include <vector>

#include "hal/base/bytes.hpp"
#include "hal/base/mailbox.hpp"
#include "hal/base/personal.hpp"
#include "hal/device.hpp"

namespace kiosk::drivers::escpos {

/// Shared by the two threads. Either the caller withdraws it or the worker begins it, never both: that is
/// what lets print() end at once when the session ends, and say truthfully that nothing was printed.
class Job {
 public:
  Job(std::vector<Bytes> job_blocks, int height, Wait caller_wait)
      : blocks(std::move(job_blocks)), rows(height), wait(std::move(caller_wait)) {}
  ~Job() {
    for (auto& block : blocks) wipe(block);  // the slip shows a citizen's name and case
  }
  Job(const Job&) = delete;
  Job& operator=(const Job&) = delete;

  /// The caller has gone. False when the first byte may have left.
  bool withdraw() { return move_to(Stage::withdrawn); }
  /// The first byte is about to leave. False when the caller has gone.
  bool begin() { return move_to(Stage::begun); }

  std::vector<Bytes> blocks;
  const int rows;
  const Wait wait;
  Mailbox<Result<hal::PrintOutcome>> outcome;

 private:
  enum class Stage { queued, begun, withdrawn };

  bool move_to(Stage next) {
    Stage queued = Stage::queued;
    return stage_.compare_exchange_strong(queued, next);
  }

  std::atomic<Stage> stage_{Stage::queued};
};

}  // namespace kiosk::drivers::escpos
