#pragma once
// One citizen, one service, from the first page to the last. Ends by request_stop() on its Wait: every wait
// returns `cancelled`, TRY unwinds, and what the session held wipes itself.

#include <chrono>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "firmware/records/audit.hpp"
#include "firmware/records/counters.hpp"
#include "firmware/records/journal.hpp"
#include "firmware/records/papers.hpp"
#include "firmware/records/submissions.hpp"
#include "firmware/session/ui.hpp"
#include "hal/base/clock.hpp"
#include "hal/camera.hpp"
#include "hal/code_scanner.hpp"
#include "hal/document_printer.hpp"
#include "hal/face_finder.hpp"
#include "hal/id_reader.hpp"
#include "hal/receipt_printer.hpp"
#include "hal/registry.hpp"

namespace kiosk::session {

using namespace std::chrono_literals;

/// The machine's devices.
struct Devices {
  hal::IdReader& id_reader;
  hal::ReceiptPrinter& receipt_printer;
  hal::DocumentPrinter& document_printer;
  hal::Camera& camera;
  hal::FaceFinder& faces;
  hal::CodeScanner& scanner;
};

/// What must survive the session.
struct Records {
  records::Journal& journal;
  records::Submissions& submissions;
  records::Papers& papers;
  records::Counters& counters;
  records::Audit& audit;
};

/// What is fixed for this machine and hall.
struct Office {
  std::string kiosk_id;
  std::string hall_name;
  std::string phone;
  std::string number_prefix;
  int number_digits = 12;
  std::string register_province;   ///< "鲁": how certificate numbers of this city begin
  std::string register_authority;  ///< "济南市"; empty: no search by certificate
  bool invitations = true;         ///< the city's registry sends owners messages to agree by
  int staff_pin_digits = 8;
  std::map<std::string, std::string> promised;  ///< service → promised time in the city's words
};

/// How a service ended, when it did not fail.
enum class Outcome {
  done,         ///< decided, or shown what was asked for
  explained,    ///< it cannot be done here or now, and the person knows why and what to do
  not_decided,  ///< the application is stored; the registry has not answered
};

struct Session {
  std::string id;       ///< UUID, the same in journal and audit trail
  std::string service;  ///< "mortgage_cancellation"
  Ui& ui;
  Devices devices;
  hal::Registry& registry;
  Records records;
  const Clock& clock;
  Random& random;
  const Office& office;
  Wait wait;

  std::optional<screens::Step> step =
      {};  ///< where in its service it stands, for the pages that services share

  std::string actor;        ///< masked name, once somebody is identified
  bool card_shown = false;  ///< a card was read at all
  bool card_there = false;  ///< a card was read and not seen to be taken
  bool slip_given = false;
  int pages_given = 0;

  /// A step of at most `span`.
  Wait within(Steady::duration span) const { return wait.at_most(span); }

  using Facts = std::vector<std::pair<std::string, records::AuditFact>>;

  /// Writes a line of the audit trail. `storage`: what it would have recorded must not happen.
  Result<void> note(std::string event, Facts facts = {}, records::Role role = records::Role::citizen);

  /// note() for what has happened and cannot be taken back: a line that cannot be kept is logged, and the
  /// citizen is served on.
  void note_done(std::string event, Facts facts = {}, records::Role role = records::Role::citizen);

  /// Counts what happened, for the maintenance menu: never who. A count that cannot be kept is lost; the
  /// store has logged why.
  void count(std::string_view what, std::int64_t times = 1);

  /// A short number for staff ("K3-0412") that leads to a line of the audit trail, which it writes.
  std::string incident(const Error& error);
};

/// Whose deeds the lines of the trail are from here to the end of the scope.
class ActingAs {
 public:
  ActingAs(Session& s, std::string actor) : s_(s), before_(std::exchange(s.actor, std::move(actor))) {}
  ~ActingAs() { s_.actor = std::move(before_); }
  ActingAs(const ActingAs&) = delete;
  ActingAs& operator=(const ActingAs&) = delete;

 private:
  Session& s_;
  std::string before_;
};

/// For records of what has happened already, once an application has left. Before that a record that cannot
/// be kept stops the session; afterwards nothing stands between the citizen and the outcome: the log says
/// what was not kept, and the next start finds it open.
void after_the_fact(std::string_view what, const Result<void>& kept);

/// Runs `steps` again each time the person goes back out of them. The step that has no question before it
/// decides what Back means there.
template <class Steps>
auto repeat_on_back(Steps&& steps) -> std::invoke_result_t<Steps> {
  for (;;) {
    auto result = steps();
    if (!result && result.error().code == Errc::went_back) continue;
    return result;
  }
}

/// Asks `question`, then goes on with `next`; back out of `next` asks the question again, back out of the
/// question itself leaves both.
template <class Question, class Next>
auto ask_then(Question&& question, Next&& next) -> std::invoke_result_t<Next> {
  for (;;) {
    TRY(question());
    auto result = next();
    if (!result && result.error().code == Errc::went_back) continue;
    return result;
  }
}

}  // namespace kiosk::session
