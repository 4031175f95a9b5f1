#pragma once
// Failures as pages: what happened, what to do now, what is safe. No dead ends.

#include <algorithm>
#include <initializer_list>

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

/// The registry did not give what was asked for. Success: the line failed or it asks to come later, and the
/// person wants another try. A refusal is explained, and ends it: no other try would change it. What is no
/// such failure comes back as it is.
Result<void> explain_registry(Session& s, const Error& error);

/// Errors that answer the question, each with a page of its own in the caller: a wrong PIN, an unknown
/// number.
using Answers = std::initializer_list<Errc>;

/// Asks the registry, with a page that says so, until it answers or the person has had enough. One try takes
/// 10 s at most (UX (b) 5). Of the registry's errors only `answers` come back.
template <class Call>
auto ask_registry(Session& s, screens::Working::What what, Call&& call, Answers answers = {})
    -> std::invoke_result_t<Call, const Wait&> {
  for (;;) {
    s.ui.show(screens::Working{.what = what});
    auto result = call(s.within(10s));
    if (result || std::ranges::find(answers, result.error().code) != answers.end()) return result;
    TRY(s.wait.check());  // the session's own end is no failure of the line
    TRY(explain_registry(s, result.error()));
  }
}

}  // namespace kiosk::session
