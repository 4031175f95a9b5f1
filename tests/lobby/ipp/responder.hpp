#pragma once
// An IPP printer of our own, for what ippeveprinter cannot show: stopped and error states, and every way of
// answering badly.

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "hal/base/bytes.hpp"
#include "hal/base/fd.hpp"

namespace kiosk::lobby {

/// What the world does to the printer, and how it answers.
struct IppKnobs {
  enum class Wire {
    good,
    silent,          ///< takes the request and never answers
    dribble,         ///< sends header bytes one by one for ever
    garbage,         ///< answers what is not HTTP
    not_ipp,         ///< good HTTP around bytes that are no IPP
    truncated,       ///< the IPP answer ends in its middle
    oversized,       ///< an IPP answer of megabytes
    wrong_request,   ///< the answer to another request
    wrong_type,      ///< printer-state and job-state as text
    http_error,      ///< HTTP 503
    http_forbidden,  ///< HTTP 403
    hang_up,         ///< takes the request and closes
    lose_answer,     ///< does the work, then closes without an answer
  };

  int state = 3;  ///< 3 idle or processing, as jobs are; 5 stopped
  std::vector<std::string> reasons = {"none"};
  bool accepting = true;
  std::vector<std::string> formats = {"application/pdf", "image/pwg-raster"};

  std::chrono::milliseconds page_time{20};
  std::optional<int> fault_after_pages;   ///< the job stands still there, and `reasons` become `fault`
  std::string fault = "media-jam-error";  //
  bool completes_all_the_same = false;    ///< says "completed" although the fault kept the paper in
  bool aborts = false;                    ///< jobs end as aborted
  bool counts_pages = true;               ///< knows job-impressions-completed
  bool refuses_documents = false;         ///< client-error-document-format-error to Send-Document
  bool busy = false;                      ///< server-error-busy to Create-Job
  bool cannot_cancel = false;             ///< server-error-internal-error to Cancel-Job

  Wire wire = Wire::good;
  std::optional<int> wire_at;  ///< only for this IPP operation (6 Send-Document, 9 Get-Job-Attributes …)
};

struct IppJob {
  int id = 0;
  std::string name;
  Bytes document;
  int pages = 0;       ///< of the document
  int pages_done = 0;  ///< on paper
  int state = 3;       ///< RFC 8011 5.3.7
};

/// Runs from start() to its destructor, on 127.0.0.1. Every call may come from any thread.
class IppResponder {
 public:
  static Result<std::unique_ptr<IppResponder>> start(std::uint16_t port = 0);
  ~IppResponder();

  std::string uri() const;

  void turn(const std::function<void(IppKnobs&)>& knobs);
  /// The fault is cleared; a job that stands goes on, as real printers do.
  void clear_fault();
  void unplug();
  void plug_in();

  std::vector<IppJob> jobs() const;
  /// What no IPP client may send. Empty in every good test.
  std::vector<std::string> complaints() const;

 private:
  explicit IppResponder(Fd listener, std::uint16_t port);

  class Inside;
  std::unique_ptr<Inside> inside_;
};

}  // namespace kiosk::lobby
