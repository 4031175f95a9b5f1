#pragma once
// The papers that the kiosk owes. By regulation every decided application gives exactly one of three papers
// into the citizen's hand, so a paper is owed from the moment of the decision until it is certainly printed
// or delivered.

#include <string>
#include <string_view>
#include <vector>

#include "hal/base/clock.hpp"
#include "hal/registry.hpp"
#include "hal/store.hpp"

namespace kiosk::records {

enum class PaperKind {
  receipt,            ///< 受理回执, also after an instant registration
  completion_notice,  ///< 一次性补正告知书
  refusal,            ///< 不予受理告知书
};

enum class PaperState {
  owed,             ///< nothing has reached paper
  printing,         ///< a job is with the printer
  in_doubt,         ///< the printer could not say: a person looks
  printed,          ///< the printer says so
  electronic,       ///< shown on the glass instead: no printer printed anything
  left_to_windows,  ///< nobody came back for it: any window prints it from the registry's record
};

std::string_view name_of(PaperKind kind);
std::string_view name_of(PaperState state);

struct Paper {
  std::string submission;  ///< its idempotency key
  PaperKind kind = PaperKind::receipt;
  PaperState state = PaperState::owed;
  PaperState before = PaperState::owed;  ///< the last job: what it was until then
  int copy =
      0;  ///< jobs so far that may have reached paper; from 2 on the paper says 重印 (reprint) copy - 1
  WallTime changed;
  bool operator==(const Paper&) const = default;
};

PaperKind paper_for(hal::Decision decision);

/// Each call is one transaction: on success it is on the disk. Errors of all calls: `storage`; `not_present`
/// when no paper is known for that submission; `internal` for a change that makes no sense. Any thread.
/// Blocks, about 3 ms.
class Papers {
 public:
  Papers(hal::Store& store, const Clock& clock) : store_(store), clock_(clock) {}

  /// A paper is called for: part of the transaction that stores the decision.
  static Result<void> owe(hal::Transaction& transaction, std::string_view submission, PaperKind kind,
                          WallTime now);

  /// Right before the job goes to the printer. Returns the paper with the number of this copy: print that on
  /// it. Also allowed for a paper that is printed already: a person asked for a reprint.
  Result<Paper> printing(std::string_view submission);

  /// The printer says that it is done.
  Result<void> printed(std::string_view submission);

  /// The printer cannot tell.
  Result<void> in_doubt(std::string_view submission);

  /// The printer refused the job before anything reached paper: this copy does not
  /// count, and the paper is what it was before it.
  Result<void> nothing_printed(std::string_view submission);

  /// The citizen has read it on the glass. From any state.
  Result<void> delivered_electronically(std::string_view submission);

  /// It is no longer this kiosk's to print. From any state.
  Result<void> left_to_windows(std::string_view submission);

  Result<Paper> find(std::string_view submission);

  /// All that are still this kiosk's to print, oldest first.
  Result<std::vector<Paper>> owed();

  /// Once at start: what was printing is in doubt.
  Result<void> recover();

 private:
  hal::Store& store_;
  const Clock& clock_;
};

}  // namespace kiosk::records
