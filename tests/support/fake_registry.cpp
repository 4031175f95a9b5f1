#include "tests/support/fake_registry.hpp"

#include <utility>

namespace kiosk::testing {

void FakeRegistry::fail(Step step, Fault fault, Errc code, int times) {
  const std::lock_guard lock(mutex_);
  by_step_[step] = {fault, code, times};
}

void FakeRegistry::after(Step step, std::function<void()> happens) {
  const std::lock_guard lock(mutex_);
  happenings_[step] = std::move(happens);
}

void FakeRegistry::heal() {
  const std::lock_guard lock(mutex_);
  by_step_.clear();
}

PersonalBytes FakeRegistry::portrait(const std::string& person_id) {
  return PersonalBytes(lobby::plain_portrait(lobby::person(person_id)));
}

std::optional<FakeRegistry::Planned> FakeRegistry::next(Step step) {
  const std::lock_guard lock(mutex_);
  const auto planned = by_step_.find(step);
  if (planned == by_step_.end()) return std::nullopt;
  const auto fault = planned->second;
  if (fault.times == 1) {
    by_step_.erase(planned);
  } else if (fault.times > 1) {
    planned->second.times--;
  }
  return fault;
}

std::function<void()> FakeRegistry::happening(Step step) {
  const std::lock_guard lock(mutex_);
  const auto found = happenings_.find(step);
  return found == happenings_.end() ? nullptr : found->second;
}

template <class Work>
auto FakeRegistry::meet(Step step, const Wait& wait, Work work) -> decltype(work()) {
  TRY(wait.check());
  const auto fault = next(step);
  if (fault && fault->fault == Fault::before_work) return kiosk::fail(fault->code, "fake: before the work");
  if (fault && fault->fault == Fault::silence) {
    TRY(wait.sleep(std::chrono::hours(24)));
    return kiosk::fail(Errc::unreachable, "fake: silence");
  }
  auto result = work();
  if (const auto happens = happening(step)) happens();
  if (fault) return kiosk::fail(fault->code, "fake: the answer was lost");
  return result;
}

Result<hal::RegistryStatus> FakeRegistry::status(const Wait& wait) {
  return meet(Step::status, wait, [&] { return authority_.status(); });
}

Result<hal::FaceVerdict> FakeRegistry::verify_face(const hal::IdCard& card,
                                                   const PersonalBytes& portrait_jpeg, const Wait& wait) {
  return meet(Step::verify_face, wait, [&] { return authority_.verify_face(card, portrait_jpeg); });
}

Result<hal::StaffVerdict> FakeRegistry::verify_staff(const hal::IdCard& card, const PersonalText& badge,
                                                     const PersonalText& pin, const Wait& wait) {
  return meet(Step::verify_staff, wait, [&] { return authority_.verify_staff(card, badge, pin); });
}

Result<std::vector<hal::Mortgage>> FakeRegistry::mortgages(const hal::Applicant& applicant,
                                                           const Wait& wait) {
  return meet(Step::mortgages, wait, [&] { return authority_.mortgages(applicant); });
}

Result<std::vector<hal::Mortgage>> FakeRegistry::mortgages_by_certificate(
    const hal::Applicant& applicant, const PersonalText& certificate_number, const Wait& wait) {
  return meet(Step::mortgages_by_certificate, wait,
              [&] { return authority_.mortgages_by_certificate(applicant, certificate_number); });
}

Result<void> FakeRegistry::confirm_party(const std::string& mortgage_id, const std::string& party_id,
                                         const hal::Applicant& person, const Wait& wait) {
  return meet(Step::confirm_party, wait,
              [&] { return authority_.confirm_party(mortgage_id, party_id, person); });
}

Result<hal::Invitation> FakeRegistry::invite_party(const std::string& mortgage_id,
                                                   const std::string& party_id,
                                                   const hal::Applicant& applicant, const Wait& wait) {
  return meet(Step::invite_party, wait,
              [&] { return authority_.invite_party(mortgage_id, party_id, applicant); });
}

Result<hal::Reply> FakeRegistry::submit(const hal::Application& application, const Wait& wait) {
  return meet(Step::submit, wait, [&] { return authority_.submit(application); });
}

Result<hal::Reply> FakeRegistry::outcome(const std::string& key, const Wait& wait) {
  return meet(Step::outcome, wait, [&] { return authority_.outcome(key); });
}

Result<std::vector<hal::CaseProgress>> FakeRegistry::cases(const hal::Applicant& applicant,
                                                           const Wait& wait) {
  return meet(Step::cases, wait, [&] { return authority_.cases(applicant); });
}

Result<hal::CaseProgress> FakeRegistry::case_by_number(const std::string& acceptance_number,
                                                       const Wait& wait) {
  return meet(Step::case_by_number, wait, [&] { return authority_.case_by_number(acceptance_number); });
}

Result<hal::CaseProgress> FakeRegistry::case_by_token(const std::string& slip_token, const Wait& wait) {
  return meet(Step::case_by_token, wait, [&] { return authority_.case_by_token(slip_token); });
}

Result<void> FakeRegistry::rate(const std::string& acceptance_number, int level, const Wait& wait) {
  return meet(Step::rate, wait, [&] { return authority_.rate(acceptance_number, level); });
}

Result<std::string> FakeRegistry::call_staff(const std::string& reason, const Wait& wait) {
  return meet(Step::call_staff, wait, [&] { return authority_.call_staff(reason); });
}

Result<void> FakeRegistry::withdraw_call(const std::string& number, const Wait& wait) {
  return meet(Step::withdraw_call, wait, [&] { return authority_.withdraw_call(number); });
}

}  // namespace kiosk::testing
