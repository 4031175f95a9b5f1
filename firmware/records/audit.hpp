#pragma once
// 日志留痕: who did what, in which role, to what purpose, what was shown and printed. Lines can only be
// added, and each holds the hash of the one before: a line that was changed, removed or moved shows, on any
// other machine. The format is described in firmware/records/README.md; firmware/records/verify checks it
// independently.

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "firmware/records/signing_key.hpp"
#include "hal/base/clock.hpp"
#include "hal/store.hpp"

namespace kiosk::records {

/// In which role somebody acted.
enum class Role { citizen, agent, staff, technician, kiosk, remote };

std::string_view name_of(Role role);

/// A fact about the event. Never a citizen's data in full: masks (firmware/domain/masks.hpp), counts,
/// handles, digests. A citizen number in a text is masked all the same, and the log says that somebody must
/// look.
using AuditFact = std::variant<std::int64_t, bool, std::string>;

struct AuditEvent {
  std::string id;  ///< "mortgages.shown": what happened, thing and verb
  Role role = Role::kiosk;
  std::string actor;    ///< masked name, staff id, or empty: the kiosk itself, or nobody knows yet
  std::string purpose;  ///< the service, or why: "mortgage_cancellation"
  std::string session;  ///< as in the journal; empty outside sessions
  std::vector<std::pair<std::string, AuditFact>> facts;
};

/// The last line of the chain. Line 1 follows the hash of 64 zeros.
struct AuditHead {
  std::int64_t line = 0;
  std::string hash = std::string(64, '0');  ///< SHA-256, hexadecimal
  bool operator==(const AuditHead&) const = default;
};

/// A head that somebody else can keep: who has it can prove that lines up to it were not changed or cut away.
struct SignedHead {
  std::string kiosk;
  AuditHead head;
  std::string key;        ///< SigningKey::id
  std::string signature;  ///< Ed25519 over head_text(), hexadecimal
  bool operator==(const SignedHead&) const = default;
};

/// What is signed: "kiosk-audit-head 1\n<kiosk>\n<line>\n<hash>\n".
std::string head_text(std::string_view kiosk, const AuditHead& head);

struct AuditSettings {
  std::filesystem::path folder;  ///< holds audit-YYYY-MM-DD.jsonl, one file a day of China
  std::string kiosk;             ///< the kiosk's id
};

/// The chain. Its head stands in the store, its lines in the day's file. Any thread; one line after the
/// other.
class Audit {
 public:
  /// Finds the end of the chain: lines that a crash left unrecorded in the store are taken over, half a line
  /// is moved aside. Lines that the store knows and the file no longer has are a gap: an error in the
  /// log, a line audit.gap_found, and visible to the verifier for ever. `storage`: the folder cannot be used.
  static Result<Audit> open(hal::Store& store, const Clock& clock, AuditSettings settings,
                            std::optional<SigningKey> key);

  /// Adds a line. On success it is on the disk. `storage`: it is not, and what it would have recorded must
  /// not happen. Blocks for the disk, about 6 ms.
  Result<AuditHead> record(const AuditEvent& event);

  /// Signs the head, adds the signature as a line, and returns it for the heartbeat and the daily report. The
  /// chain signs itself whenever a new day's file begins. `not_present`: no key.
  Result<SignedHead> sign_head();

  Result<AuditHead> head();

  const AuditSettings& settings() const { return settings_; }

 private:
  Audit(hal::Store& store, const Clock& clock, AuditSettings settings, std::optional<SigningKey> key)
      : store_(store), clock_(clock), settings_(std::move(settings)), key_(std::move(key)) {}

  const SigningKey* key() const { return key_ ? &*key_ : nullptr; }

  hal::Store& store_;
  const Clock& clock_;
  AuditSettings settings_;
  std::optional<SigningKey> key_;
};

}  // namespace kiosk::records
