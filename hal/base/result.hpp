#pragma once
// Result<T>, Error and TRY: how every fallible function of the kiosk answers.

#include <expected>
#include <string>
#include <string_view>
#include <utility>

namespace kiosk {

/// Why something did not happen. One closed list, because it decides what the *kiosk does*; the words in
/// Error::what are for the technician and the citizen's sentence comes from the text table.
enum class Errc {
  cancelled,      ///< the session ended, or the caller's Wait was stopped
  went_back,      ///< the citizen pressed Back: ask the question before this one again
  timed_out,      ///< the time given in Wait passed first
  not_present,    ///< no card, no document, no such case: the thing asked for is not there
  unplugged,      ///< the device left the bus or the line went dead
  out_of_supply,  ///< paper, toner, stock: hall staff can refill
  jammed,         ///< paper or a cover: hall staff can clear
  refused,        ///< the other side understood and said no
  malformed,      ///< the other side's bytes, JSON or configuration are not what the standard says
  unreachable,    ///< no connection, or no answer whose meaning is certain
  storage,        ///< the disk is full, read-only or damaged
  busy,           ///< somebody else is using it; later may work
  internal,       ///< a fault of this program or machine that none of the above describes
};

/// The code's own name ("timed_out"), for logs and tests. Never shown to a citizen.
std::string_view name_of(Errc code);

/// A failure: what the kiosk should do about it, and what a technician should know about it.
/// `what` never holds personal data.
struct Error {
  Errc code = Errc::internal;
  std::string what;

  /// The same failure with the place it happened put in front: "reader: port: no answer".
  Error in(std::string_view place) &&;

  bool operator==(const Error&) const = default;
};

template <class T>
using Result = std::expected<T, Error>;

/// Shorthand for returning a failure: `return fail(Errc::jammed, "cover open");`
inline std::unexpected<Error> fail(Errc code, std::string what) {
  return std::unexpected(Error{code, std::move(what)});
}

}  // namespace kiosk

/// Unwraps a Result or returns its Error from the enclosing function.
/// TRY is a whole statement or the whole initialiser of one variable, never an argument and never inside
/// braces: GCC 12 leaks the members built before it (measured).
#define TRY(expression)                                                                   \
  __extension__({                                                                         \
    auto kiosk_try_result_ = (expression);                                                \
    if (!kiosk_try_result_) return std::unexpected(std::move(kiosk_try_result_).error()); \
    *std::move(kiosk_try_result_);                                                        \
  })
