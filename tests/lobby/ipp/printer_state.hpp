#pragma once
// The responder without a wire: IPP requests in, IPP answers out, jobs that take their time.

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include <cups/cups.h>

#include "tests/lobby/ipp/responder.hpp"

namespace kiosk::lobby {

struct DeleteIpp {
  void operator()(ipp_t* message) const { ippDelete(message); }
};
using Ipp = std::unique_ptr<ipp_t, DeleteIpp>;

class IppPrinterState {
 public:
  /// Answers one request, `document` is what came behind it. Strict: what RFC 8011 demands of a client is
  /// checked.
  Ipp answer(ipp_t* request, Bytes document);

  /// Lets the jobs' paper move on to now.
  void advance();
  void clear_fault();

  IppKnobs knobs;
  std::vector<IppJob> jobs;
  std::vector<std::string> complaints;

 private:
  void check(ipp_t* request);
  void printer_attributes(ipp_t* answer);
  void create_job(ipp_t* request, ipp_t* answer);
  void send_document(ipp_t* request, ipp_t* answer, Bytes document);
  void job_attributes(IppJob& job, ipp_t* answer);
  void cancel_job(IppJob& job, ipp_t* answer);
  void move_paper(IppJob& job, std::chrono::steady_clock::time_point now);
  bool wrong_type_at(int operation) const;
  IppJob* job_of(ipp_t* request);
  void complain(const std::string& what) { complaints.push_back(what); }

  std::chrono::steady_clock::time_point last_page_ = {};
};

}  // namespace kiosk::lobby
