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

Result<void> explain_registry(Session& s, const Error& error) {
  switch (error.code) {
    case Errc::unreachable:
    case Errc::timed_out:
    case Errc::malformed:
      return offer_retry(s, Fault::registry, error);
    case Errc::busy:
      return offer_retry(s, Fault::registry_busy, error);
    case Errc::refused:
    case Errc::not_present:
      return std::unexpected(explain_and_end(s, Fault::declined, error));
    default:
      return std::unexpected(error);
  }
}

}  // namespace kiosk::session
