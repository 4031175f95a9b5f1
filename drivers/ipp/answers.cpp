#include "drivers/ipp/answers.hpp"

#include <string>
#include <vector>

namespace kiosk::drivers::ipp {

namespace {

std::optional<int> number(ipp_t& from, const char* name, ipp_tag_t type) {
  auto* const attribute = ippFindAttribute(&from, name, type);
  if (attribute == nullptr) return std::nullopt;
  return ippGetInteger(attribute, 0);
}

std::vector<std::string> texts(ipp_t& from, const char* name, ipp_tag_t type) {
  std::vector<std::string> all;
  auto* const attribute = ippFindAttribute(&from, name, type);
  for (int i = 0; i < ippGetCount(attribute); ++i)
    if (const char* text = ippGetString(attribute, i, nullptr)) all.emplace_back(text);
  return all;
}

}  // namespace

Result<void> accepted(ipp_t& answer) {
  const int status = ippGetStatusCode(&answer);  // may be a number that libcups has no name for
  if (status < IPP_STATUS_REDIRECTION_OTHER_SITE) return {};
  const std::string text = ippErrorString(ippGetStatusCode(&answer));
  switch (status) {
    case IPP_STATUS_ERROR_BUSY:
    case IPP_STATUS_ERROR_NOT_ACCEPTING_JOBS:
    case IPP_STATUS_ERROR_TEMPORARY:
    case IPP_STATUS_ERROR_TOO_MANY_JOBS:
      return fail(Errc::busy, text);
    default:
      return fail(Errc::refused, text);
  }
}

Result<PrinterState> read_printer(ipp_t& answer) {
  const auto state = number(answer, "printer-state", IPP_TAG_ENUM);
  if (!state) return fail(Errc::malformed, "no printer-state in the answer");
  PrinterState printer{.state = *state, .reasons = texts(answer, "printer-state-reasons", IPP_TAG_KEYWORD)};
  if (auto* accepting = ippFindAttribute(&answer, "printer-is-accepting-jobs", IPP_TAG_BOOLEAN))
    printer.accepting = ippGetBoolean(accepting, 0) != 0;
  auto* const formats = ippFindAttribute(&answer, "document-format-supported", IPP_TAG_MIMETYPE);
  printer.takes_pdf = formats != nullptr && ippContainsString(formats, "application/pdf") != 0;
  return printer;
}

Result<int> read_job_number(ipp_t& answer) {
  const auto job = number(answer, "job-id", IPP_TAG_INTEGER);
  if (!job || *job < 1) return fail(Errc::malformed, "no job-id in the answer");
  return *job;
}

Result<JobState> read_job(ipp_t& answer) {
  const auto phase = number(answer, "job-state", IPP_TAG_ENUM);
  if (!phase || *phase < JobState::pending || *phase > JobState::completed)
    return fail(Errc::malformed, "no job-state in the answer");
  JobState state{.phase = static_cast<JobState::Phase>(*phase)};
  for (const auto& reason : texts(answer, "job-state-reasons", IPP_TAG_KEYWORD))
    state.with_errors = state.with_errors || reason == "job-completed-with-errors";
  state.pages_done = number(answer, "job-impressions-completed", IPP_TAG_INTEGER);
  return state;
}

}  // namespace kiosk::drivers::ipp
