#pragma once
// A registry in memory: the lobby's authority without HTTPS, failing where a test wants it to.

#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>

#include "hal/registry.hpp"
#include "tests/lobby/registry/authority.hpp"

namespace kiosk::testing {

/// The rules, the people and the mortgages are those of tests/lobby/registry (cast.hpp), so what a flow test
/// learns here is true for the demo too. Faults may be set from any thread.
class FakeRegistry final : public hal::Registry {
 public:
  enum class Step {
    status,
    verify_face,
    verify_staff,
    mortgages,
    mortgages_by_certificate,
    confirm_party,
    invite_party,
    submit,
    outcome,
    cases,
    case_by_number,
    case_by_token,
    rate,
    call_staff,
    withdraw_call,
  };
  enum class Fault {
    before_work,  ///< fails with nothing done
    after_work,   ///< does the work and loses the answer
    silence,      ///< does nothing and says nothing until the wait ends
  };

  explicit FakeRegistry(lobby::Authority::Settings settings = {}) : authority_(std::move(settings)) {}

  /// The next `times` calls of this step fail; 0 means all of them until heal().
  void fail(Step step, Fault fault, Errc code = Errc::unreachable, int times = 1);
  /// Something in the world happens each time this step was worked on, before its answer.
  void after(Step step, std::function<void()> happens);
  void heal();

  /// The rules behind it: decide(), set_release(), enrol(), recorded(), latest_json() ...
  lobby::Authority& authority() { return authority_; }
  /// A live picture of this person that the registry knows again.
  static PersonalBytes portrait(const std::string& person_id);

  Result<hal::RegistryStatus> status(const Wait& wait) override;
  Result<hal::FaceVerdict> verify_face(const hal::IdCard& card, const PersonalBytes& portrait_jpeg,
                                       const Wait& wait) override;
  Result<hal::StaffVerdict> verify_staff(const hal::IdCard& card, const PersonalText& badge,
                                         const PersonalText& pin, const Wait& wait) override;
  Result<std::vector<hal::Mortgage>> mortgages(const hal::Applicant& applicant, const Wait& wait) override;
  Result<std::vector<hal::Mortgage>> mortgages_by_certificate(const hal::Applicant& applicant,
                                                              const PersonalText& certificate_number,
                                                              const Wait& wait) override;
  Result<void> confirm_party(const std::string& mortgage_id, const std::string& party_id,
                             const hal::Applicant& person, const Wait& wait) override;
  Result<hal::Invitation> invite_party(const std::string& mortgage_id, const std::string& party_id,
                                       const hal::Applicant& applicant, const Wait& wait) override;
  Result<hal::Reply> submit(const hal::Application& application, const Wait& wait) override;
  Result<hal::Reply> outcome(const std::string& key, const Wait& wait) override;
  Result<std::vector<hal::CaseProgress>> cases(const hal::Applicant& applicant, const Wait& wait) override;
  Result<hal::CaseProgress> case_by_number(const std::string& acceptance_number, const Wait& wait) override;
  Result<hal::CaseProgress> case_by_token(const std::string& slip_token, const Wait& wait) override;
  Result<void> rate(const std::string& acceptance_number, int level, const Wait& wait) override;
  Result<std::string> call_staff(const std::string& reason, const Wait& wait) override;
  Result<void> withdraw_call(const std::string& number, const Wait& wait) override;

 private:
  struct Planned {
    Fault fault = Fault::before_work;
    Errc code = Errc::unreachable;
    int times = 1;
  };
  std::optional<Planned> next(Step step);
  std::function<void()> happening(Step step);
  template <class Work>
  auto meet(Step step, const Wait& wait, Work work) -> decltype(work());

  lobby::Authority authority_;
  mutable std::mutex mutex_;
  std::map<Step, Planned> by_step_;
  std::map<Step, std::function<void()>> happenings_;
};

}  // namespace kiosk::testing
