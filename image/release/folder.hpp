#pragma once
// A release repository in a folder: what a web server gives out, and the drafts of what it will.
//
//   metadata/ 1.root.json … timestamp.json 7.snapshot.json 5.targets.json   for any static web server, as
//   TUF 1.0 with targets/  os/HASH.kiosk.raucb                                           consistent snapshots
//   lays them out drafts/   root.json …                                                   stays with the
//   signers

#include <filesystem>
#include <string>
#include <vector>

#include "firmware/update/metadata.hpp"
#include "hal/base/file.hpp"

namespace kiosk::release {

using update::Role;

/// No document is larger.
inline constexpr std::size_t largest_document = 8 << 20;

/// Errors of all: `not_present` there is no such file · `malformed` what is published is no document ·
/// `storage`.
class Folder {
 public:
  explicit Folder(std::filesystem::path folder) : folder_(std::move(folder)) {}

  std::filesystem::path draft(Role role) const;
  std::filesystem::path metadata(Role role, std::int64_t version) const;
  /// Where a target's file lies, by its hash.
  std::filesystem::path file(const std::string& path, const update::Target& target) const;

  Result<std::string> read_draft(Role role) const;
  Result<void> write_draft(Role role, std::string_view text) const;
  /// The version does not matter for a timestamp.
  Result<std::string> published(Role role, std::int64_t version) const;
  Result<void> publish(Role role, std::int64_t version, std::string_view text) const;

  /// The highest version published; 0 when there is none. Of timestamps there is one, whose version it says
  /// itself.
  Result<std::int64_t> newest(Role role) const;

  /// Today's root, verified by itself.
  Result<update::Root> root() const;

  /// Every targets document that was ever published and is still there.
  Result<std::vector<update::Targets>> all_targets() const;

 private:
  std::filesystem::path folder_;
};

/// The target that a file is: its length and its SHA-256.
Result<update::Target> target_of(const std::filesystem::path& file);

}  // namespace kiosk::release
