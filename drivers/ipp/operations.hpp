#pragma once
// The IPP operations that printing needs, as calls. Source: RFC 8011 chapter 4.

#include <string>

#include "drivers/ipp/answers.hpp"
#include "drivers/ipp/exchange.hpp"
#include "drivers/ipp/reasons.hpp"

namespace kiosk::drivers::ipp {

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
