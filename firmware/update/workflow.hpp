#pragma once
// The client workflow of The Update Framework 1.0 (theupdateframework.github.io/specification, section 5) as
// pure functions: what was trusted and what came from a mirror go in, what is trusted now comes out.
// refresh.hpp fetches and keeps.
//
// Errors of all: `malformed` the bytes are not the document that was asked for · `refused` they are, and must
// not be trusted: signatures missing (arbitrary software), a version that goes back (rollback), expired
// (freeze), not what another document names (mix and match). Error::what says which.

#include <optional>
#include <string_view>

#include "firmware/update/metadata.hpp"

namespace kiosk::update {

/// Bytes that a mirror may make us read for one document. Ours are some kilobytes; a mirror's may be endless.
std::size_t largest(Role role);

/// How many roots follow one another in one refresh.
inline constexpr int most_roots = 256;

/// A root that comes from the image or the kiosk's own memory: verified by its own keys alone. It may have
/// expired.
Result<Root> first_root(std::string_view text);

/// 5.3.4 to 5.3.6: the root after `trusted`, signed as both of them ask. It may have expired: only the last
/// one's date counts. `refused` it is not the next version: only a file that is not there ends the chain.
Result<Root> next_root(const Root& trusted, std::string_view text);

/// 5.3.11: whether the keys of timestamp or snapshot changed between two roots, so that what was trusted of
/// these roles is forgotten. Else a thief of the old keys who signed version 2^63-1 would have stopped all
/// updates for ever.
bool forgets_online_roles(const Root& before, const Root& after);

/// 5.4.2 and 5.4.3. Nothing when the version is the trusted one: then that stays, whatever else differs.
Result<std::optional<Timestamp>> next_timestamp(const Root& root, const std::optional<Timestamp>& trusted,
                                                std::string_view text);

/// 5.5.2 to 5.5.5.
Result<Snapshot> next_snapshot(const Root& root, const Timestamp& timestamp,
                               const std::optional<Snapshot>& trusted, std::string_view text);

/// 5.6.2 to 5.6.4.
Result<Targets> next_targets(const Root& root, const Snapshot& snapshot, std::string_view text);

/// 5.3.10, 5.4.4, 5.5.6, 5.6.5: `refused` from the moment on at which the document expires.
Result<void> check_fresh(Role role, const Head& head, WallTime now);

/// Whether a document's bytes are those that another one names by length and hashes, as far as it does.
bool names(const Listing& listing, std::string_view text);

/// What the kiosk trusted earlier, read again from its own memory: whatever does not verify by today's root
/// is as if it had never been. It may have expired; it still says below which versions nothing goes.
std::optional<Timestamp> earlier_timestamp(const Root& root, std::string_view text);
std::optional<Snapshot> earlier_snapshot(const Root& root, std::string_view text);

}  // namespace kiosk::update
