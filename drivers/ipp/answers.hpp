#pragma once
// What a printer's answers say. Pure, and fuzzed: the printer may be anything that speaks on the hall's
// network.

#include <optional>

#include <cups/cups.h>

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

/// `busy`, `refused`: the printer's own status says so (RFC 8011 appendix B).
Result<void> accepted(ipp_t& answer);

/// The answer to Get-Printer-Attributes. `malformed` without a printer-state.
Result<PrinterState> read_printer(ipp_t& answer);

/// The answer to Create-Job: the new job's number, from 1. `malformed` without one.
Result<int> read_job_number(ipp_t& answer);

/// The answer to Get-Job-Attributes. `malformed` without a job-state of RFC 8011.
Result<JobState> read_job(ipp_t& answer);

}  // namespace kiosk::drivers::ipp
