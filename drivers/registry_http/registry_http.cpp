#include "drivers/registry_http/registry_http.hpp"

#include <utility>

#include "drivers/registry_http/answers.hpp"
#include "drivers/registry_http/https.hpp"
#include "drivers/registry_http/requests.hpp"
#include "hal/base/log.hpp"

namespace kiosk::drivers {
namespace {

using namespace registry_http;

enum class Repeat { never, reads };

class RegistryHttp final : public hal::Registry {
 public:
  RegistryHttp(std::unique_ptr<Https> https, int attempts, milliseconds pause)
      : https_(std::move(https)), attempts_(attempts), pause_(pause) {}

  Result<hal::RegistryStatus> status(const Wait& wait) override {
    return ask({.path = "/v1/status"}, Repeat::reads, read_status, wait);
  }

  Result<hal::FaceVerdict> verify_face(const hal::IdCard& card, const PersonalBytes& portrait_jpeg,
                                       const Wait& wait) override {
    return ask({.path = "/v1/faces/verify", .body = face_request(card, portrait_jpeg), .once = true},
               Repeat::never, read_face_verdict, wait);
  }

  Result<hal::StaffVerdict> verify_staff(const hal::IdCard& card, const PersonalText& badge,
                                         const PersonalText& pin, const Wait& wait) override {
    return ask({.path = "/v1/staff/verify", .body = staff_request(card, badge, pin), .once = true},
               Repeat::never, read_staff_verdict, wait);
  }

  Result<std::vector<hal::Mortgage>> mortgages(const hal::Applicant& applicant, const Wait& wait) override {
    return ask({.path = "/v1/mortgages/search", .body = applicant_request(applicant)}, Repeat::reads,
               read_mortgages, wait);
  }

  Result<std::vector<hal::Mortgage>> mortgages_by_certificate(const hal::Applicant& applicant,
                                                              const PersonalText& certificate_number,
                                                              const Wait& wait) override {
    return ask(
        {.path = "/v1/mortgages/by-certificate", .body = certificate_request(applicant, certificate_number)},
        Repeat::reads, read_mortgages, wait);
  }

  Result<void> confirm_party(const std::string& mortgage_id, const std::string& party_id,
                             const hal::Applicant& person, const Wait& wait) override {
    return ask({.path = "/v1/parties/confirm", .body = party_request(mortgage_id, party_id, person)},
               Repeat::reads, read_done, wait);
  }

  Result<hal::Invitation> invite_party(const std::string& mortgage_id, const std::string& party_id,
                                       const hal::Applicant& applicant, const Wait& wait) override {
    auto sent = ask({.path = "/v1/parties/invite", .body = party_request(mortgage_id, party_id, applicant)},
                    Repeat::reads, read_invitation, wait);
    // Only the phone number may be missing; of anything else that is not there it is a refusal.
    const bool missing = !sent && sent.error().code == Errc::not_present;
    if (missing && !sent.error().what.starts_with("phone_unknown")) sent.error().code = Errc::refused;
    return sent;
  }

  Result<hal::Reply> submit(const hal::Application& application, const Wait& wait) override {
    return ask({.path = "/v1/applications",
                .body = application_request(application),
                .idempotency_key = application.key,
                .once = true},
               Repeat::never, read_reply, wait);
  }

  Result<hal::Reply> outcome(const std::string& key, const Wait& wait) override {
    return ask({.path = "/v1/applications/outcome", .body = one_text("key", key)}, Repeat::reads, read_reply,
               wait);
  }

  Result<std::vector<hal::CaseProgress>> cases(const hal::Applicant& applicant, const Wait& wait) override {
    return ask({.path = "/v1/cases/search", .body = applicant_request(applicant)}, Repeat::reads, read_cases,
               wait);
  }

  Result<hal::CaseProgress> case_by_number(const std::string& acceptance_number, const Wait& wait) override {
    return ask({.path = "/v1/cases/by-number", .body = one_text("acceptance_number", acceptance_number)},
               Repeat::reads, read_case, wait);
  }

  Result<hal::CaseProgress> case_by_token(const std::string& slip_token, const Wait& wait) override {
    return ask({.path = "/v1/cases/by-token", .body = one_text("slip_token", slip_token)}, Repeat::reads,
               read_case, wait);
  }

  Result<void> rate(const std::string& acceptance_number, int level, const Wait& wait) override {
    return ask({.path = "/v1/ratings", .body = rating_request(acceptance_number, level), .once = true},
               Repeat::never, read_done, wait);
  }

  Result<std::string> call_staff(const std::string& reason, const Wait& wait) override {
    return ask({.path = "/v1/staff-calls", .body = one_text("reason", reason), .once = true}, Repeat::never,
               read_staff_call, wait);
  }

  Result<void> withdraw_call(const std::string& number, const Wait& wait) override {
    return ask({.path = "/v1/staff-calls/withdraw", .body = one_text("call_number", number)}, Repeat::reads,
               read_done, wait);
  }

 private:
  template <class T>
  Result<T> ask(const Request& request, Repeat repeat, Result<T> (*read)(std::string_view),
                const Wait& wait) {
    auto pause = pause_;
    for (int attempt = 1;; ++attempt, pause *= 2) {
      auto result = ask_once(request, read, wait);
      if (result || result.error().code != Errc::unreachable) return result;
      log::warning("registry", "no answer",
                   {{"path", request.path}, {"attempt", attempt}, {"why", result.error().what}});
      if (repeat == Repeat::never || attempt >= attempts_) return result;
      TRY(wait.sleep(pause));
    }
  }

  template <class T>
  Result<T> ask_once(const Request& request, Result<T> (*read)(std::string_view), const Wait& wait) {
    const Answer answer = TRY(https_->send(request, wait));
    if (answer.status != 200) return std::unexpected(read_problem(answer.status, answer.body));
    return read(answer.body);
  }

  std::unique_ptr<Https> https_;
  int attempts_;
  milliseconds pause_;
};

}  // namespace

Result<std::unique_ptr<hal::Registry>> make_registry_http(RegistryHttpConfig config) {
  while (config.url.ends_with('/')) config.url.pop_back();
  TRY(check_https("registry", config.url, registry_http::party_of(config)));
  if (config.certificate_file.empty()) return fail(Errc::malformed, "registry certificate_file: is missing");
  if (config.silence_limit.count() < 1) return fail(Errc::malformed, "registry silence_limit: at least 1 s");
  const int attempts = config.attempts;
  const auto pause = config.pause;
  auto https = TRY(Https::open(std::move(config)));
  return std::make_unique<RegistryHttp>(std::move(https), attempts, pause);
}

}  // namespace kiosk::drivers
