#pragma once
// The signers of releases with their keys, and a kiosk that trusts their first root.

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "firmware/update/release.hpp"
#include "tests/support/memory_store.hpp"
#include "tests/support/set_clock.hpp"
#include "tests/support/temporary_folder.hpp"

namespace kiosk::release {

using namespace std::chrono_literals;

constexpr auto later = "2026-11-01T00:00:00Z";
constexpr auto soon = "2026-08-08T00:00:00Z";

/// A bundle of release "2026.8.SECVER", signed by this one of BundleMaker's.
std::string bundle(int secver, const std::string& signer = "release");

std::string content_of(const std::string& file);

struct Ceremony : ::testing::Test {
  Ceremony();

  std::string key(const std::string& name) const { return (folder / name).string(); }
  std::string repository() const { return (folder / "repo").string(); }
  std::string draft(const std::string& role) const { return repository() + "/drafts/" + role + ".json"; }
  std::string holders(const std::string& role, int threshold, const std::vector<std::string>& names) const;

  int run(const std::vector<std::string>& arguments);
  void done(const std::vector<std::string>& arguments) { ASSERT_EQ(run(arguments), 0) << said; }
  /// What the tool says when it refuses.
  std::string refused(const std::vector<std::string>& arguments);
  void sign(const std::string& role, const std::vector<std::string>& names);
  int publish(const std::string& role) { return run({"publish", repository(), role}); }

  void first_root();
  std::vector<std::string> add(int secver) const { return add(bundle(secver)); }
  std::vector<std::string> add(const std::string& file, const std::string& path = "os/kiosk.raucb") const;
  void publish_release(int secver);
  void publish_online();
  /// A kiosk that trusts the first root looks at the folder.
  Result<update::Released> kiosk(update::Line line = update::Line::online);

  testing::TemporaryFolder folder;
  testing::SetClock clock;  // 2026-08-01
  testing::MemoryStore store{update::schema()};
  std::string said;
};

}  // namespace kiosk::release
