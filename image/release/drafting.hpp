#pragma once
// Writing the next version of a document, for its holders to sign.

#include <string>
#include <vector>

#include "firmware/update/release.hpp"
#include "image/release/folder.hpp"

namespace kiosk::release {

/// Who holds a role from now on.
struct Appointment {
  Role role = Role::root;
  std::int64_t threshold = 1;
  std::vector<update::Key> keys;
};

// Each replaces the draft of its role and with it all signatures under that. Errors of all: `malformed`
// something published or drafted is no document, or `expires` is no date ("2027-08-01T00:00:00Z") ·
// `storage`.

/// The next root: as the published one, with these changes. The first must appoint all four roles. `refused`
/// a threshold that no number of its keys can reach, or a key twice.
Result<void> draft_root(const Folder& folder, const std::vector<Appointment>& appointments,
                        const std::string& expires);

/// Copies a file into targets/ and adds it to the draft of targets, or to the published ones. `refused` its
/// secver is not above that of every release for the same machines that was ever published · `not_present` no
/// such file.
Result<void> draft_release(const Folder& folder, const std::filesystem::path& file, update::Release release,
                           const std::string& expires);

/// The same release for kiosks up to another ring, update::Release::ring; its file is neither needed nor
/// touched. One that is narrowed stays where it is installed, and is given up where it is not yet.
/// `not_present` no such release · `refused` it is for that ring already, or `ring` is none.
Result<void> draft_ring(const Folder& folder, const std::string& path, int ring, const std::string& expires);

/// Targets without a release. The file in targets/ stays for kiosks that are just fetching it. `not_present`.
Result<void> draft_withdrawal(const Folder& folder, const std::string& path, const std::string& expires);

/// Targets as they are, with another expiry.
Result<void> draft_renewal(const Folder& folder, const std::string& expires);

/// A snapshot of the published targets, a timestamp of the published snapshot. `not_present` there is none.
Result<void> draft_snapshot(const Folder& folder, const std::string& expires);
Result<void> draft_timestamp(const Folder& folder, const std::string& expires);

}  // namespace kiosk::release
