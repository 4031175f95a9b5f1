#include "firmware/records/audit.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "firmware/domain/date.hpp"
#include "firmware/records/audit_chain.hpp"
#include "firmware/records/audit_files.hpp"
#include "hal/base/log.hpp"

namespace kiosk::records {

namespace {

using hal::Transaction;

void tell(const Found& found) {
  if (found.gap)
    log::error("audit", "lines of the trail are missing or changed", {{"after", found.end.head.line}});
  if (found.torn) log::warning("audit", "the file's end was no line of the chain and was moved aside");
  if (found.taken_over > 0)
    log::info("audit", "lines were taken over from the file", {{"lines", found.taken_over}});
}

/// Writes lines at the end of the chain, within one transaction of the store: its turn is the chain's turn.
class Writer {
 public:
  /// `key`: or null.
  Writer(Transaction& transaction, const AuditSettings& settings, const SigningKey* key, WallTime now)
      : transaction_(transaction), files_(settings.folder), kiosk_(settings.kiosk), key_(key), now_(now) {}

  /// Finds the end. When a crash or a failed commit left the file ahead of the store, the lines are taken
  /// over.
  Result<void> begin() {
    const auto known = TRY(load_end(transaction_));
    const auto found = TRY(find_end(files_, known));
    end_ = found.end;
    tell(found);
    if (found.gap) return tell_of_gap();
    return end_.head.line > 0 ? store_end(transaction_, end_) : Result<void>();
  }

  /// The same without reading the file, while its size is the one the store knows.
  Result<void> begin_quickly() {
    const auto known = TRY(load_end(transaction_));
    const auto size = known.file.empty() ? Result<std::int64_t>(-1) : files_.size(known.file);
    end_ = known;
    if (size && *size == known.size) return {};
    return begin();
  }

  /// A new day's file begins with the signature of what was before it.
  Result<void> add(const AuditEvent& event) {
    if (key_ != nullptr && new_file()) TRY(sign());
    return append(event);
  }

  Result<SignedHead> sign() {
    const auto& key = *key_;
    const SignedHead unsigned_head{kiosk_, end_.head, key.id(), {}};
    const auto signature = TRY(key.sign(as_bytes(head_text(kiosk_, end_.head))));
    auto made = unsigned_head;
    made.signature = to_hex(signature);
    AuditEvent event{.id = "audit.head_signed", .role = Role::kiosk};
    event.facts = {
        {"line", made.head.line}, {"hash", made.head.hash}, {"key", made.key}, {"signature", made.signature}};
    TRY(append(event));
    return made;
  }

  const ChainEnd& end() const { return end_; }

 private:
  /// The clock may be set back: files never are.
  bool new_file() const { return !end_.file.empty() && file_now() != end_.file; }

  Result<void> append(const AuditEvent& event) {
    auto next = end_;
    next.file = file_now();
    const auto before = next.file == end_.file ? end_.size : 0;
    const auto line = write_line(event, kiosk_, now_, next.head);
    TRY(files_.append(next.file, line));
    next.size = before + static_cast<std::int64_t>(line.size());
    end_ = next;
    return store_end(transaction_, end_);
  }

  Result<void> tell_of_gap() {
    return add(
        {.id = "audit.gap_found", .role = Role::kiosk, .facts = {{"last_known_line", end_.head.line}}});
  }

  std::string file_now() const {
    return std::max(end_.file, AuditFiles::name_for(domain::day_in_china(now_)));
  }

  Transaction& transaction_;
  AuditFiles files_;
  std::string kiosk_;
  const SigningKey* key_;
  WallTime now_;
  ChainEnd end_;
};

}  // namespace

std::string_view name_of(Role role) {
  switch (role) {
    case Role::citizen:
      return "citizen";
    case Role::agent:
      return "agent";
    case Role::staff:
      return "staff";
    case Role::technician:
      return "technician";
    case Role::kiosk:
      return "kiosk";
    case Role::remote:
      return "remote";
  }
  std::unreachable();
}

std::string head_text(std::string_view kiosk, const AuditHead& head) {
  return fmt::format("kiosk-audit-head 1\n{}\n{}\n{}\n", kiosk, head.line, head.hash);
}

Result<Audit> Audit::open(hal::Store& store, const Clock& clock, AuditSettings settings,
                          std::optional<SigningKey> key) {
  Audit audit(store, clock, std::move(settings), std::move(key));
  TRY(store.transact([&](Transaction& transaction) {
    return Writer(transaction, audit.settings_, audit.key(), clock.now()).begin();
  }));
  return audit;
}

Result<AuditHead> Audit::record(const AuditEvent& event) {
  return hal::in_transaction(store_, [&](Transaction& transaction) -> Result<AuditHead> {
    Writer writer(transaction, settings_, key(), clock_.now());
    TRY(writer.begin_quickly());
    TRY(writer.add(event));
    return writer.end().head;
  });
}

Result<SignedHead> Audit::sign_head() {
  if (!key_) return fail(Errc::not_present, "audit: no signing key");
  return hal::in_transaction(store_, [&](Transaction& transaction) -> Result<SignedHead> {
    Writer writer(transaction, settings_, key(), clock_.now());
    TRY(writer.begin_quickly());
    return writer.sign();
  });
}

Result<AuditHead> Audit::head() {
  return hal::in_transaction(store_, [&](Transaction& transaction) -> Result<AuditHead> {
    const auto end = TRY(load_end(transaction));
    return end.head;
  });
}

}  // namespace kiosk::records
