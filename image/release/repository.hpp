#pragma once
// A release repository in a folder: what a web server gives out, and the drafts of what it will.
//
//   metadata/ 1.root.json … timestamp.json 7.snapshot.json 5.targets.json   for any static web server, as
//   TUF 1.0 with targets/  os/HASH.kiosk.raucb                                           consistent snapshots
//   lays them out drafts/   root.json …                                                   stays with the
//   signers
//
// Nothing is published that a kiosk would refuse. The last file to change is timestamp.json, by renaming: a
// kiosk sees the old release whole or the new one.

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "firmware/update/release.hpp"
#include "firmware/update/workflow.hpp"
#include "image/release/draft.hpp"

namespace kiosk::release {

/// Who holds a role from now on.
struct Appointment {
  Role role = Role::root;
  std::int64_t threshold = 1;
  std::vector<update::Key> keys;
};

/// Errors of all calls: `refused` a kiosk would not take it, with the reason it would give · `malformed` a
/// draft or a published file is no document · `not_present` there is no such draft, file or release ·
/// `storage`.
class Repository {
 public:
  explicit Repository(std::filesystem::path folder) : folder_(std::move(folder)) {}

  /// Drafts the next root: as the published one, with these changes. The first must appoint all four roles.
  /// `refused` a threshold that no number of its keys can reach.
  Result<void> draft_root(const std::vector<Appointment>& appointments, const std::string& expires) const;

  /// Copies a file into targets/ and drafts the next targets with it; a draft that is there is added to.
  /// `refused` the secver is not above those of all releases for the same machines.
  Result<void> draft_release(const std::filesystem::path& file, update::Release release,
                             const std::string& expires) const;

  /// Drafts the next targets without a release. The file in targets/ stays for kiosks that are just fetching
  /// it.
  Result<void> draft_withdrawal(const std::string& path, const std::string& expires) const;

  /// Drafts the next targets as they are, with another expiry.
  Result<void> draft_renewal(const std::string& expires) const;

  /// Drafts a snapshot of the published targets, a timestamp of the published snapshot.
  Result<void> draft_snapshot(const std::string& expires) const;
  Result<void> draft_timestamp(const std::string& expires) const;

  std::filesystem::path draft(Role role) const;

  /// Publishes a draft, if everything holds that a kiosk asks of it at `now`: signatures by today's root (a
  /// new root's by the old and the new), versions, expiry, files that are there and right. Answers its
  /// version.
  Result<std::int64_t> publish(Role role, WallTime now) const;

  /// Looks at the whole repository as a kiosk that trusts `root` does, and at every file in it. Answers the
  /// targets.
  Result<update::Targets> check(std::string_view root, WallTime now) const;

 private:
  std::filesystem::path metadata(const std::string& name) const { return folder_ / "metadata" / name; }
  Result<std::string> text(const std::string& name) const;
  /// The highest version published, 0 when there is none.
  std::int64_t newest(Role role) const;
  Result<std::string> newest_text(Role role) const;
  Result<Json> targets_to_change(const std::string& expires) const;
  Result<update::Root> root() const;
  Result<void> check_root(std::string_view text) const;
  Result<update::Targets> check_targets(const update::Root& root, std::string_view text, WallTime now) const;
  Result<void> check_files(const update::Root& root, const update::Targets& targets) const;
  Result<update::Targets> check_from(const update::Root& root, std::string_view timestamp,
                                     WallTime now) const;
  Result<void> check_draft(Role role, std::string_view text, WallTime now) const;

  std::filesystem::path folder_;
};

}  // namespace kiosk::release
