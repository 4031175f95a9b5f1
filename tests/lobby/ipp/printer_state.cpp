#include "tests/lobby/ipp/printer_state.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace kiosk::lobby {

using std::chrono::steady_clock;

namespace {

int pages_in(BytesView pdf) {
  const auto text = as_text(pdf);
  int pages = 0;
  for (const std::string_view mark : {"/Type /Page", "/Type/Page"})
    for (auto at = text.find(mark); at != text.npos; at = text.find(mark, at + 1))
      if (text.substr(at + mark.size(), 1) != "s") ++pages;
  return std::max(pages, 1);
}

std::string text_of(ipp_t* request, const char* name) {
  const char* text = ippGetString(ippFindAttribute(request, name, IPP_TAG_ZERO), 0, nullptr);
  return text == nullptr ? "" : text;
}

void add_texts(ipp_t* to, ipp_tag_t type, const char* name, const std::vector<std::string>& texts) {
  std::vector<const char*> pointers;
  for (const auto& text : texts) pointers.push_back(text.c_str());
  ippAddStrings(to, IPP_TAG_PRINTER, type, name, static_cast<int>(pointers.size()), nullptr, pointers.data());
}

}  // namespace

void IppPrinterState::check(ipp_t* request) {
  auto* first = ippFirstAttribute(request);
  auto* second = ippNextAttribute(request);
  const auto is = [](ipp_attribute_t* attribute, std::string_view name) {
    return attribute != nullptr && ippGetName(attribute) != nullptr && ippGetName(attribute) == name;
  };
  if (!is(first, "attributes-charset") || text_of(request, "attributes-charset") != "utf-8")
    complain("attributes-charset utf-8 must come first");
  if (!is(second, "attributes-natural-language")) complain("attributes-natural-language must come second");
  if (!text_of(request, "printer-uri").starts_with("ipp")) complain("no printer-uri");
  if (text_of(request, "requesting-user-name").empty()) complain("no requesting-user-name");
  if (ippGetRequestId(request) < 1) complain("request-id must be positive");
}

Ipp IppPrinterState::answer(ipp_t* request, Bytes document) {
  check(request);
  advance();
  Ipp answer(ippNew());
  ippSetVersion(answer.get(), 2, 0);
  ippSetStatusCode(answer.get(), IPP_STATUS_OK);
  ippSetRequestId(answer.get(), ippGetRequestId(request));
  ippAddString(answer.get(), IPP_TAG_OPERATION, IPP_TAG_CHARSET, "attributes-charset", nullptr, "utf-8");
  ippAddString(answer.get(), IPP_TAG_OPERATION, IPP_TAG_LANGUAGE, "attributes-natural-language", nullptr,
               "en");
  const auto operation = ippGetOperation(request);
  if (operation != IPP_OP_SEND_DOCUMENT && !document.empty()) complain("a document behind another operation");
  auto* const job = job_of(request);
  switch (operation) {
    case IPP_OP_GET_PRINTER_ATTRIBUTES:
      printer_attributes(answer.get());
      return answer;
    case IPP_OP_CREATE_JOB:
      create_job(request, answer.get());
      return answer;
    case IPP_OP_SEND_DOCUMENT:
      send_document(request, answer.get(), std::move(document));
      return answer;
    case IPP_OP_GET_JOB_ATTRIBUTES:
      if (job != nullptr) job_attributes(*job, answer.get());
      break;
    case IPP_OP_CANCEL_JOB:
      if (job != nullptr) cancel_job(*job, answer.get());
      break;
    default:
      complain(fmt::format("operation {:04x}", static_cast<int>(operation)));
      ippSetStatusCode(answer.get(), IPP_STATUS_ERROR_OPERATION_NOT_SUPPORTED);
      return answer;
  }
  if (job == nullptr) {
    complain("a job that was never created");
    ippSetStatusCode(answer.get(), IPP_STATUS_ERROR_NOT_FOUND);
  }
  return answer;
}

bool IppPrinterState::wrong_type_at(int operation) const {
  return knobs.wire == IppKnobs::Wire::wrong_type && knobs.wire_at.value_or(operation) == operation;
}

IppJob* IppPrinterState::job_of(ipp_t* request) {
  const int id = ippGetInteger(ippFindAttribute(request, "job-id", IPP_TAG_INTEGER), 0);
  const auto at = std::ranges::find(jobs, id, &IppJob::id);
  return at == jobs.end() ? nullptr : &*at;
}

void IppPrinterState::printer_attributes(ipp_t* answer) {
  const bool at_work = std::ranges::any_of(jobs, [](const IppJob& job) { return job.state == 5; });
  const int state = knobs.state == 3 && at_work ? 4 : knobs.state;
  if (wrong_type_at(IPP_OP_GET_PRINTER_ATTRIBUTES))
    ippAddString(answer, IPP_TAG_PRINTER, IPP_TAG_TEXT, "printer-state", nullptr, "idle");
  else
    ippAddInteger(answer, IPP_TAG_PRINTER, IPP_TAG_ENUM, "printer-state", state);
  add_texts(answer, IPP_TAG_KEYWORD, "printer-state-reasons", knobs.reasons);
  ippAddBoolean(answer, IPP_TAG_PRINTER, "printer-is-accepting-jobs", knobs.accepting ? 1 : 0);
  add_texts(answer, IPP_TAG_MIMETYPE, "document-format-supported", knobs.formats);
}

void IppPrinterState::create_job(ipp_t* request, ipp_t* answer) {
  if (knobs.busy || !knobs.accepting) {
    ippSetStatusCode(answer, knobs.busy ? IPP_STATUS_ERROR_BUSY : IPP_STATUS_ERROR_NOT_ACCEPTING_JOBS);
    return;
  }
  const IppJob job{
      .id = static_cast<int>(jobs.size()) + 1, .name = text_of(request, "job-name"), .document = {}};
  if (job.name.empty()) complain("a job without a name");
  jobs.push_back(job);
  ippAddInteger(answer, IPP_TAG_JOB, IPP_TAG_INTEGER, "job-id", job.id);
  ippAddInteger(answer, IPP_TAG_JOB, IPP_TAG_ENUM, "job-state", job.state);
}

void IppPrinterState::send_document(ipp_t* request, ipp_t* answer, Bytes document) {
  auto* const job = job_of(request);
  if (job == nullptr || job->state != 3 || !job->document.empty()) {
    complain("a document for no waiting job");
    ippSetStatusCode(answer, IPP_STATUS_ERROR_NOT_FOUND);
    return;
  }
  if (ippFindAttribute(request, "last-document", IPP_TAG_BOOLEAN) == nullptr) complain("no last-document");
  const auto format = text_of(request, "document-format");
  if (std::ranges::find(knobs.formats, format) == knobs.formats.end() || knobs.refuses_documents) {
    ippSetStatusCode(answer, IPP_STATUS_ERROR_DOCUMENT_FORMAT_ERROR);
    return;
  }
  if (format == "application/pdf" && !as_text(document).starts_with("%PDF-")) complain("a PDF that is none");
  job->pages = pages_in(document);
  job->document = std::move(document);
  job->state = knobs.aborts ? 8 : 5;
  last_page_ = steady_clock::now();
}

void IppPrinterState::job_attributes(IppJob& job, ipp_t* answer) {
  if (wrong_type_at(IPP_OP_GET_JOB_ATTRIBUTES))
    ippAddString(answer, IPP_TAG_JOB, IPP_TAG_KEYWORD, "job-state", nullptr, "completed");
  else
    ippAddInteger(answer, IPP_TAG_JOB, IPP_TAG_ENUM, "job-state", job.state);
  ippAddString(answer, IPP_TAG_JOB, IPP_TAG_KEYWORD, "job-state-reasons", nullptr, "none");
  if (knobs.counts_pages)
    ippAddInteger(answer, IPP_TAG_JOB, IPP_TAG_INTEGER, "job-impressions-completed", job.pages_done);
}

void IppPrinterState::cancel_job(IppJob& job, ipp_t* answer) {
  if (knobs.cannot_cancel) {
    ippSetStatusCode(answer, IPP_STATUS_ERROR_INTERNAL);
  } else if (job.state >= 7) {
    ippSetStatusCode(answer, IPP_STATUS_ERROR_NOT_POSSIBLE);
  } else {
    job.state = 7;
  }
}

void IppPrinterState::advance() {
  for (auto& job : jobs)
    if (job.state == 5) move_paper(job, steady_clock::now());
}

void IppPrinterState::move_paper(IppJob& job, steady_clock::time_point now) {
  while (job.pages_done < job.pages && now - last_page_ >= knobs.page_time) {
    if (knobs.fault_after_pages && job.pages_done >= *knobs.fault_after_pages) {
      knobs.reasons = {knobs.fault};
      if (knobs.completes_all_the_same) job.state = 9;
      return;
    }
    ++job.pages_done;
    last_page_ += knobs.page_time;
  }
  if (job.pages_done == job.pages) {
    job.state = 9;
    if (knobs.fault_after_pages && job.pages_done >= *knobs.fault_after_pages) knobs.reasons = {knobs.fault};
  }
}

void IppPrinterState::clear_fault() {
  knobs.fault_after_pages.reset();
  knobs.reasons = {"none"};
  knobs.state = 3;
  last_page_ = steady_clock::now();
}

}  // namespace kiosk::lobby
