#include "firmware/app/citizens_side.hpp"

#include "firmware/domain/date.hpp"
#include "hal/base/log.hpp"

namespace kiosk::app {

/// An answer that comes too late is nobody's.
template <class Question>
Result<shell::Attended> CitizensSide::ask(Question question, const Wait& wait) {
  question.request = ++request_;
  needs_.to_shell(question);
  for (;;) {
    const auto answer = TRY(answers_.take(wait));
    if (answer.request == request_) return answer;
  }
}

Result<hal::Attendance> CitizensSide::attendance(const Wait& wait) {
  const auto answer = TRY(ask(shell::Attend{}, wait));
  // A session that was ended may still be handing back what it holds.
  const bool somebody = answer.somebody || !needs_.quiet();
  return hal::Attendance{
      .somebody = somebody,
      .nobody_for = somebody ? milliseconds::zero() : std::chrono::floor<milliseconds>(answer.nobody_for)};
}

Result<void> CitizensSide::stay_closed(std::chrono::minutes about, const Wait& wait) {
  if (!needs_.quiet()) return fail(Errc::busy, "a session is not over yet");
  const auto answer = ask(shell::StayClosed{.back_at = domain::time_in_china(needs_.clock.now() + about),
                                            .at_longest = Steady::now() + 2 * about},
                          wait);
  if (!answer) {  // the glass may still get to it, and nobody would know
    needs_.to_shell(shell::OpenAgain{.request = ++request_});
    return std::unexpected(answer.error());
  }
  if (answer->somebody) return fail(Errc::busy, "somebody is there");
  return {};
}

Result<void> CitizensSide::open(const Wait& wait) {
  TRY(ask(shell::OpenAgain{}, wait));
  return {};
}

Result<hal::Vitals> CitizensSide::vitals(const Wait& wait) {
  TRY(ask(shell::Attend{}, wait));  // the loop that answers fingers lives
  hal::Vitals vitals{.running_for = std::chrono::floor<milliseconds>(Steady::now() - began_),
                     .first_picture = needs_.seen(),
                     .set_aside = std::ssize(needs_.store.health().set_aside),
                     .data_schema = needs_.store.settled(),
                     .registry_reached = needs_.registry_reached()};
  const auto works = [&](const char* name, const hal::Device& device) {
    if (device.status().usable()) vitals.devices.insert(name);
  };
  works("id_reader", needs_.devices.id_reader);
  works("receipt_printer", needs_.devices.receipt_printer);
  works("document_printer", needs_.devices.document_printer);
  works("camera", needs_.devices.camera);
  works("scanner", needs_.devices.scanner);
  return vitals;
}

Result<void> CitizensSide::settle(const Wait& wait) {
  TRY(wait.check());
  TRY(needs_.store.settle());
  log::info("records", "older programs may not open them any more", {{"schema", needs_.store.settled()}});
  return {};
}

}  // namespace kiosk::app
