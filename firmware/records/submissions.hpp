#pragma once
// Applications on their way to the registry. Each is on the disk under its idempotency key before the first
// byte leaves, so that an answer that got lost is asked for again and an application is never sent twice.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hal/base/clock.hpp"
#include "hal/registry.hpp"
#include "hal/store.hpp"

namespace kiosk::records {

/// prepared → sent → decided
///     ↓        ↓  ↘    ↑
/// withdrawn ←──── unknown
enum class SubmissionState {
  prepared,   ///< stored, no byte has left
  sent,       ///< a byte may have left; the answer is not here yet
  unknown,    ///< no answer came: to be asked for with Registry::outcome, never sent again
  decided,    ///< the registry's reply is stored, and the paper it calls for is owed
  withdrawn,  ///< it never reached the registry, or the registry promised to refuse the key: safe to start
              ///< anew
};

std::string_view name_of(SubmissionState state);

struct Submission {
  std::string key;  ///< idempotency key
  std::string session;
  std::string service;
  std::string subject;  ///< the registry's handle of what it is about: Application::mortgage_id
  SubmissionState state = SubmissionState::prepared;
  WallTime changed;
  std::string why;                  ///< of unknown and withdrawn; for the technician
  PersonalText for_paper;           ///< what the paper needs beside the reply, as the service wrote it (JSON)
  std::optional<hal::Reply> reply;  ///< of decided
  bool operator==(const Submission&) const = default;
};

/// The outbox. Each call is one transaction: on success it is on the disk. Errors of all calls: `storage`;
/// `not_present` for an unknown key; `internal` for a change that the states above do not allow. Any thread.
/// Blocks for the disk, about 3 ms.
class Submissions {
 public:
  Submissions(hal::Store& store, const Clock& clock) : store_(store), clock_(clock) {}

  /// Stores an application that is about to be sent. Picture, document and signatures are not kept: they are
  /// the registry's once it has answered, and worth nothing if it never does. `for_paper` is sealed. `busy`:
  /// another application about the same subject is under way; settle that one first.
  Result<void> prepare(std::string_view session, const hal::Application& application,
                       const PersonalText& for_paper);

  /// Called right before Registry::submit. If this fails nothing may be sent.
  Result<void> sending(std::string_view key);

  /// The reply is here. Stores it and, in the same transaction, the paper that it calls for as owed
  /// (papers.hpp). The same reply again is success; another one is `refused`.
  Result<void> decided(std::string_view key, const hal::Reply& reply);

  /// No answer whose meaning is certain.
  Result<void> unknown(std::string_view key, std::string_view why);

  /// Nothing was sent, or the registry answered `not_present` to outcome(), or refused to take it.
  Result<void> withdrawn(std::string_view key, std::string_view why);

  Result<Submission> find(std::string_view key);

  /// Sent or unknown: each is to be asked for with Registry::outcome until it is decided or withdrawn.
  Result<std::vector<Submission>> pending();

  /// Once at start, before anything is sent: prepared ones become withdrawn (no byte has left), sent ones
  /// unknown.
  Result<void> recover();

 private:
  hal::Store& store_;
  const Clock& clock_;
};

}  // namespace kiosk::records
