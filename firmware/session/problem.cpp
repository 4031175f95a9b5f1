#include "firmware/session/problem.hpp"

namespace kiosk::session {

Result<void> offer_retry(Session& s, Fault fault, const Error& error) {
  const screens::Problem page{.kind = fault, .incident = s.incident(error), .can_retry = true};
  const auto answer = TRY(s.ui.ask(page, s.wait, Back::none));
  if (answer == screens::Problem::Answer::retry) return {};
  return fail(Errc::cancelled, "given up after: " + error.what);
}

Error explain_and_end(Session& s, Fault fault, const Error& error) {
  const screens::Problem page{.kind = fault, .incident = s.incident(error), .can_retry = false};
  (void)s.ui.ask(page, s.wait, Back::none);  // whatever is answered, it is the end
  return {Errc::cancelled, "ended by: " + error.what};
}

bool worth_a_retry(Errc code) {
  switch (code) {
    case Errc::unreachable:
    case Errc::timed_out:
    case Errc::malformed:
    case Errc::busy:
      return true;
    default:
      return false;
  }
}

}  // namespace kiosk::session
