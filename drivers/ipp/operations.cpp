#include "drivers/ipp/operations.hpp"

#include <array>
#include <atomic>

namespace kiosk::drivers::ipp {

namespace {

constexpr const char* user = "kiosk";  // the owner of every job; never the citizen
constexpr const char* pdf_format = "application/pdf";

int next_request_id() {
  static std::atomic<int> last{0};
  return ++last;
}

void add_text(const Message& to, ipp_tag_t type, const char* name, const char* value) {
  ippAddString(to.get(), IPP_TAG_OPERATION, type, name, nullptr, value);
}

template <std::size_t n>
void request_only(const Message& to, const std::array<const char*, n>& names) {
  ippAddStrings(to.get(), IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "requested-attributes", static_cast<int>(n),
                nullptr, names.data());
}

}  // namespace

Message Operations::request(ipp_op_t operation) const {
  Message message(ippNew());
  ippSetVersion(message.get(), 2, 0);
  ippSetOperation(message.get(), operation);
  ippSetRequestId(message.get(), next_request_id());
  add_text(message, IPP_TAG_CHARSET, "attributes-charset", "utf-8");
  add_text(message, IPP_TAG_LANGUAGE, "attributes-natural-language", "en");
  add_text(message, IPP_TAG_URI, "printer-uri", address_.uri.c_str());
  return message;
}

Result<Message> Operations::ask(const Message& request, BytesView document, const Wait& wait) const {
  auto answer = TRY(exchange(address_, request.get(), document, wait));
  TRY(accepted(*answer));
  return answer;
}

Result<PrinterState> Operations::printer(const Wait& wait) const {
  const auto question = request(IPP_OP_GET_PRINTER_ATTRIBUTES);
  add_text(question, IPP_TAG_NAME, "requesting-user-name", user);
  request_only(question, std::array{"printer-state", "printer-state-reasons", "printer-is-accepting-jobs",
                                    "document-format-supported"});
  const auto answer = TRY(ask(question, {}, wait));
  return read_printer(*answer);
}

Result<int> Operations::create_job(const std::string& title, const Wait& wait) const {
  const auto question = request(IPP_OP_CREATE_JOB);
  add_text(question, IPP_TAG_NAME, "requesting-user-name", user);
  add_text(question, IPP_TAG_NAME, "job-name", title.c_str());
  ippAddString(question.get(), IPP_TAG_JOB, IPP_TAG_KEYWORD, "media", nullptr, "iso_a4_210x297mm");
  const auto answer = TRY(ask(question, {}, wait));
  return read_job_number(*answer);
}

Result<void> Operations::send_pdf(int job, BytesView pdf, const Wait& wait) const {
  const auto question = request(IPP_OP_SEND_DOCUMENT);
  ippAddInteger(question.get(), IPP_TAG_OPERATION, IPP_TAG_INTEGER, "job-id", job);
  add_text(question, IPP_TAG_NAME, "requesting-user-name", user);
  add_text(question, IPP_TAG_MIMETYPE, "document-format", pdf_format);
  ippAddBoolean(question.get(), IPP_TAG_OPERATION, "last-document", 1);
  TRY(ask(question, pdf, wait));
  return {};
}

Result<JobState> Operations::job(int job, const Wait& wait) const {
  const auto question = request(IPP_OP_GET_JOB_ATTRIBUTES);
  ippAddInteger(question.get(), IPP_TAG_OPERATION, IPP_TAG_INTEGER, "job-id", job);
  add_text(question, IPP_TAG_NAME, "requesting-user-name", user);
  request_only(question, std::array{"job-state", "job-state-reasons", "job-impressions-completed"});
  const auto answer = TRY(ask(question, {}, wait));
  return read_job(*answer);
}

Result<void> Operations::cancel(int job, const Wait& wait) const {
  const auto question = request(IPP_OP_CANCEL_JOB);
  ippAddInteger(question.get(), IPP_TAG_OPERATION, IPP_TAG_INTEGER, "job-id", job);
  add_text(question, IPP_TAG_NAME, "requesting-user-name", user);
  const auto answer = TRY(exchange(address_, question.get(), {}, wait));
  const int status = ippGetStatusCode(answer.get());
  const bool gone = status == IPP_STATUS_ERROR_NOT_POSSIBLE || status == IPP_STATUS_ERROR_NOT_FOUND;
  if (!gone) TRY(accepted(*answer));
  return {};
}

}  // namespace kiosk::drivers::ipp
