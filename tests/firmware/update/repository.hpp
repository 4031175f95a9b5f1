#pragma once
// A release repository whose every word a test may change before it is signed.

#include <map>
#include <string>
#include <vector>

#include "firmware/records/signing_key.hpp"
#include "firmware/update/json.hpp"
#include "firmware/update/metadata.hpp"
#include "firmware/update/refresh.hpp"
#include "firmware/update/release.hpp"
#include "tests/support/fake_release_mirror.hpp"
#include "tests/support/memory_store.hpp"

namespace kiosk::update {

/// Somebody who holds a key.
class Keyholder {
 public:
  Keyholder() : key_(records::SigningKey::generate().value()) {}

  Key key() const { return {key_.public_key()}; }
  std::string id() const { return key_id(key()); }
  Json object() const { return key_object(key()); }
  /// An entry of "signatures".
  Json sign(const Json& document) const;

 private:
  records::SigningKey key_;
};

/// The "signed" parts of the four documents, and who signs them. After a change: sign it into a mirror.
class Repository {
 public:
  /// Root and targets want two signatures of three holders, snapshot and timestamp one. Version 1 of all,
  /// consistent snapshots, one release; fresh until `expires`.
  explicit Repository(const std::string& expires = "2026-09-01T00:00:00Z");

  Json root, timestamp, snapshot, targets;
  std::map<Role, std::vector<Keyholder>> holders;

  Json& document(Role role);

  /// The document with the signatures of these.
  static std::string signed_by(const std::vector<Keyholder>& signers, const Json& document);
  std::string text(Role role) { return signed_by(holders[role], document(role)); }

  /// Writes the holders of the role into the root.
  void name_holders(Role role, std::int64_t threshold);

  /// A release of this content in targets.
  void release(const std::string& path, const std::string& content, const Json& custom);

  /// Makes snapshot and timestamp name what there is, and puts all documents into the mirror. Versions stay.
  void publish(testing::FakeReleaseMirror& mirror);
  /// The same after the versions of these have gone up by one.
  void publish_next(testing::FakeReleaseMirror& mirror, const std::vector<Role>& changed);

  /// "metadata/3.snapshot.json"
  std::string path(Role role);
};

/// Custom of a release that fits the machine of these tests.
Json custom(std::int64_t secver = 1);

/// A kiosk that looks at a repository.
struct World {
  Result<Released> refresh(Line line = Line::online);
  /// The kiosk forgets what it trusts.
  void forget() { store = std::make_unique<testing::MemoryStore>(schema()); }
  Documents trusted();
  std::int64_t version(Role role);  ///< of what is trusted; 0: nothing

  Repository repository;
  testing::FakeReleaseMirror mirror;
  std::unique_ptr<testing::MemoryStore> store = std::make_unique<testing::MemoryStore>(schema());
  std::string shipped_root;  ///< the repository's first
  WallTime now = *read_time("2026-08-01T08:00:00Z");
  WallTime built = *read_time("2026-07-01T00:00:00Z");

  World();
};

}  // namespace kiosk::update
