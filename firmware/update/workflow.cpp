#include "firmware/update/workflow.hpp"

#include <set>

#include <fmt/format.h>

namespace kiosk::update {
namespace {

std::unexpected<Error> refuse(Role role, std::string why) {
  return fail(Errc::refused, fmt::format("{}: {}", name_of(role), why));
}

/// A key counts once, under however many ids it stands in the root.
template <class T>
Result<void> check_signatures(const Root& root, Role role, const Signed<T>& signed_document) {
  const auto& keyholders = root.roles.at(role);
  std::set<Bytes> signed_by;
  for (const auto& signature : signed_document.signatures) {
    const auto key = root.keys.find(signature.key_id);
    if (key == root.keys.end() || !keyholders.key_ids.contains(signature.key_id)) continue;
    if (key->second.signed_this(signed_document.message, signature.bytes)) signed_by.insert(key->second.raw);
  }
  const auto count = static_cast<std::int64_t>(signed_by.size());
  if (count >= keyholders.threshold) return {};
  return refuse(role, fmt::format("signed by {} of the {} that root {} asks for", count, keyholders.threshold,
                                  root.version));
}

Result<void> check_not_back(Role role, std::string_view of, std::int64_t trusted, std::int64_t offered) {
  if (offered >= trusted) return {};
  return refuse(role, fmt::format("rollback of {} from version {} to {}", of, trusted, offered));
}

Result<void> check_named(Role role, const Listing& listing, std::string_view text) {
  if (names(listing, text)) return {};
  return refuse(role, fmt::format("not the version {} that is named by length and hash", listing.version));
}

Result<void> check_version(Role role, const Listing& listing, std::int64_t version) {
  if (listing.version == version) return {};
  return refuse(role, fmt::format("is version {} where {} is named", version, listing.version));
}

}  // namespace

std::size_t largest(Role role) {
  constexpr std::size_t kilobyte = 1024;
  switch (role) {
    case Role::root:
      return 256 * kilobyte;
    case Role::timestamp:
      return 16 * kilobyte;
    case Role::snapshot:
      return 256 * kilobyte;
    case Role::targets:
      return 4096 * kilobyte;
  }
  std::unreachable();
}

Result<Root> first_root(std::string_view text) {
  auto root = TRY(read_root(text));
  TRY(check_signatures(root.document, Role::root, root));
  return std::move(root.document);
}

Result<Root> next_root(const Root& trusted, std::string_view text) {
  auto root = TRY(read_root(text));
  TRY(check_signatures(trusted, Role::root, root));
  TRY(check_not_back(Role::root, "root", trusted.version, root.document.version));
  if (root.document.version - 1 != trusted.version) {
    return refuse(Role::root,
                  fmt::format("version {} does not follow {}", root.document.version, trusted.version));
  }
  TRY(check_signatures(root.document, Role::root, root));
  return std::move(root.document);
}

bool forgets_online_roles(const Root& before, const Root& after) {
  return before.roles.at(Role::timestamp).key_ids != after.roles.at(Role::timestamp).key_ids ||
         before.roles.at(Role::snapshot).key_ids != after.roles.at(Role::snapshot).key_ids;
}

Result<std::optional<Timestamp>> next_timestamp(const Root& root, const std::optional<Timestamp>& trusted,
                                                std::string_view text) {
  auto timestamp = TRY(read_timestamp(text));
  TRY(check_signatures(root, Role::timestamp, timestamp));
  if (trusted) {
    const auto& offered = timestamp.document;
    TRY(check_not_back(Role::timestamp, "timestamp", trusted->version, offered.version));
    if (offered.version == trusted->version) return std::nullopt;
    TRY(check_not_back(Role::timestamp, "snapshot", trusted->snapshot.version, offered.snapshot.version));
  }
  return std::move(timestamp.document);
}

Result<Snapshot> next_snapshot(const Root& root, const Timestamp& timestamp,
                               const std::optional<Snapshot>& trusted, std::string_view text) {
  TRY(check_named(Role::snapshot, timestamp.snapshot, text));
  auto snapshot = TRY(read_snapshot(text));
  TRY(check_signatures(root, Role::snapshot, snapshot));
  TRY(check_version(Role::snapshot, timestamp.snapshot, snapshot.document.version));
  if (!trusted) return std::move(snapshot.document);
  for (const auto& [name, listing] : trusted->documents) {
    const auto offered = snapshot.document.documents.find(name);
    if (offered == snapshot.document.documents.end())
      return refuse(Role::snapshot, name + " is no longer named");
    TRY(check_not_back(Role::snapshot, name, listing.version, offered->second.version));
  }
  return std::move(snapshot.document);
}

Result<Targets> next_targets(const Root& root, const Snapshot& snapshot, std::string_view text) {
  const auto& listing = snapshot.documents.find("targets.json")->second;
  TRY(check_named(Role::targets, listing, text));
  auto targets = TRY(read_targets(text));
  TRY(check_signatures(root, Role::targets, targets));
  TRY(check_version(Role::targets, listing, targets.document.version));
  return std::move(targets.document);
}

Result<void> check_fresh(Role role, const Head& head, WallTime now) {
  if (now < head.expires) return {};
  return refuse(role, fmt::format("version {} expired at {}", head.version, write_time(head.expires)));
}

bool names(const Listing& listing, std::string_view text) {
  if (listing.length && std::cmp_not_equal(*listing.length, text.size())) return false;
  if (listing.hashes.empty()) return true;
  HashCheck check(listing.hashes);
  check.add(as_bytes(text));
  return check.holds();
}

std::optional<Timestamp> earlier_timestamp(const Root& root, std::string_view text) {
  auto timestamp = read_timestamp(text);
  if (!timestamp || !check_signatures(root, Role::timestamp, *timestamp)) return std::nullopt;
  return std::move(timestamp->document);
}

std::optional<Snapshot> earlier_snapshot(const Root& root, std::string_view text) {
  auto snapshot = read_snapshot(text);
  if (!snapshot || !check_signatures(root, Role::snapshot, *snapshot)) return std::nullopt;
  return std::move(snapshot->document);
}

}  // namespace kiosk::update
