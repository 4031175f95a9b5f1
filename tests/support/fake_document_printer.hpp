#pragma once
// An A4 printer without a wire, for flows: it keeps what it printed and fails as it is told.

#include <mutex>
#include <optional>
#include <vector>

#include "hal/document_printer.hpp"

namespace kiosk::testing {

class FakeDocumentPrinter final : public hal::DocumentPrinter {
 public:
  hal::DeviceStatus status() const override;
  Result<hal::PrintOutcome> print(const hal::Document& document, const std::function<void(int)>& on_page,
                                  const Wait& wait) override;

  /// What the world does to it. From any thread.
  struct State {
    bool plugged = true;
    bool paper_out = false;
    bool toner_out = false;
    bool door_open = false;
    bool jammed = false;
    bool takes_pdf = true;

    std::optional<int> jams_after_pages = {};  ///< of the next job, which is then in doubt
    std::optional<Error> next_job_fails = {};  ///< before anything is printed, for whatever reason
  };
  template <class Change>
  void turn(Change change) {
    const std::lock_guard lock(mutex_);
    change(state_);
  }

  /// Documents that are whole on paper.
  std::vector<hal::Document> documents() const;

 private:
  Result<std::optional<int>> begin();

  mutable std::mutex mutex_;
  State state_;
  std::vector<hal::Document> documents_;
};

}  // namespace kiosk::testing
