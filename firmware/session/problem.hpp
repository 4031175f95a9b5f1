#pragma once
// Failures as pages: what happened, what to do now, what is safe. No dead ends.

#include "firmware/session/session.hpp"
#include "screens/citizen/problem.hpp"
#include "screens/citizen/working.hpp"

namespace kiosk::session {

/// Whose fault a failed call was: the words of the page.
using Fault = screens::Problem::Kind;

/// Shows the page and asks. Success: try again. `cancelled`: the person has had enough, or the session ends.
Result<void> offer_retry(Session& s, Fault fault, const Error& error);

/// Shows the page without a way to try again, waits until it was read, and returns `cancelled`.
Error explain_and_end(Session& s, Fault fault, const Error& error);

/// Failures that another try may mend. The others are for the caller to understand.
bool worth_a_retry(Errc code);

/// Asks the registry, with a page that says so. A failure of the line is shown and tried again as long as the
/// person wants; everything else comes back to the caller. `within`: how long one try may take (UX (b) 5: 10
/// s).
template <class Call>
auto ask_registry(Session& s, screens::Working::What what, Call&& call, Steady::duration span = 10s)
    -> std::invoke_result_t<Call, const Wait&> {
  for (;;) {
    s.ui.show(screens::Working{.what = what});
    auto result = call(s.within(span));
    if (result || !worth_a_retry(result.error().code)) return result;
    TRY(s.wait.check());  // the session's own end is no failure of the line
    TRY(offer_retry(s, Fault::registry, result.error()));
  }
}

}  // namespace kiosk::session
