#pragma once
// The IPP operations that printing needs, as calls. Source: RFC 8011 chapter 4.

#include <optional>
#include <string>

#include "drivers/ipp/exchange.hpp"
#include "drivers/ipp/reasons.hpp"

namespace kiosk::drivers::ipp {

/// RFC 8011 5.3.7.
struct JobState {
  enum Phase {
    pending = 3,
    held = 4,
    processing = 5,
    stopped = 6,
    cancelled = 7,
    aborted = 8,
    completed = 9
  };
  Phase phase = pending;
  bool with_errors = false;            ///< the reasons hold job-completed-with-errors
  std::optional<int> pages_done = {};  ///< job-impressions-completed; nullopt: the printer does not count
};

/// Every call is one exchange with its errors, and says `busy` or `refused` when the printer's own answer
/// does.
class Operations {
 public:
  explicit Operations(Address address) : address_(std::move(address)) {}

  Result<PrinterState> printer(const Wait& wait) const;

  /// The new job's number. It prints nothing until a document is sent.
  Result<int> create_job(const std::string& title, const Wait& wait) const;

  /// Sends the job's only document. `busy`, `refused`: the printer has not taken it. Any other error: it may
  /// have.
  Result<void> send_pdf(int job, BytesView pdf, const Wait& wait) const;

  Result<JobState> job(int job, const Wait& wait) const;

  /// Success when the job will print nothing more: it was cancelled, or had ended.
  Result<void> cancel(int job, const Wait& wait) const;

 private:
  Message request(ipp_op_t operation) const;
  Result<Message> ask(const Message& request, BytesView document, const Wait& wait) const;

  Address address_;
};

}  // namespace kiosk::drivers::ipp
