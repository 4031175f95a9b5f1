// A rollout ring by ring: the same release for ever more kiosks, and nothing else changed with it.

#include "hal/base/file.hpp"
#include "tests/image/release/ceremony.hpp"

namespace kiosk::release {
namespace {

struct Rings : Ceremony {
  /// The release that is there, for kiosks up to this ring; signed and published.
  void publish_ring(int ring, const std::string& path) {
    done(change_ring(std::to_string(ring), path));
    sign("targets", {"dora", "emil"});
    ASSERT_EQ(publish("targets"), 0) << said;
    publish_online();
  }
  std::vector<std::string> change_ring(const std::string& ring, const std::string& path = "os/kiosk.raucb") {
    return {"ring", repository(), path, ring, "--expires", later};
  }
  /// The version that a kiosk of this ring takes.
  std::string version_in(int ring) {
    const auto released = kiosk();
    EXPECT_TRUE(released) << released.error().what;
    const auto release =
        update::release_for({.compatible = "kiosk-x86", .data_schema = 3, .ring = ring}, *released);
    EXPECT_TRUE(release) << release.error().what;
    return *release ? (*release)->version : "nothing";
  }
};

TEST_F(Rings, WidensARolloutWithoutTheBundle) {
  first_root();
  publish_release(1);
  auto lab = add(bundle(2), "os/kiosk-2.raucb");
  lab.insert(lab.end(), {"--ring", "0"});
  done(lab);
  EXPECT_NE(said.find("version 2026.8.2, secver 2, data_schema 3, for kiosk-x86, rings 0 to 0"),
            std::string::npos)
      << said;
  EXPECT_NE(said.find("for kiosk-x86, every ring"), std::string::npos) << said;
  sign("targets", {"dora", "fay"});
  ASSERT_EQ(publish("targets"), 0) << said;
  publish_online();
  EXPECT_EQ(version_in(0), "2026.8.2");
  EXPECT_EQ(version_in(1), "2026.8.1") << "the others keep what they were offered";
  const auto target = [&] { return kiosk()->targets.files.find("os/kiosk-2.raucb")->second; };
  const auto before = target();
  for (const int ring : {1, 9, 3}) {
    publish_ring(ring, "os/kiosk-2.raucb");
    EXPECT_EQ(version_in(ring), "2026.8.2");
    EXPECT_EQ(version_in(9), ring == 9 ? "2026.8.2" : "2026.8.1");
    EXPECT_EQ(target().hashes, before.hashes);
    EXPECT_EQ(target().custom.contains("ring"), ring != 9) << "for everybody is said by saying nothing";
  }
  done({"check", repository(), "--root", repository() + "/metadata/1.root.json"});
}

TEST_F(Rings, ChangesTheRingAlsoOfADraft) {
  first_root();
  done(add(1));
  sign("targets", {"dora", "emil"});
  done(change_ring("2"));
  EXPECT_EQ(publish("targets"), 1) << "what was signed was for everybody";
  sign("targets", {"dora", "emil"});
  ASSERT_EQ(publish("targets"), 0) << said;
  publish_online();
  EXPECT_EQ(version_in(2), "2026.8.1");
  EXPECT_EQ(version_in(3), "nothing");
}

TEST_F(Rings, KnowsNoOtherRingAndNoOtherRelease) {
  first_root();
  publish_release(1);
  for (const auto* ring : {"10", "-1", "lab", "1.5"}) {
    EXPECT_EQ(run(change_ring(ring)), 2) << ring;
    auto added = add(2);
    added.insert(added.end(), {"--ring", ring});
    EXPECT_EQ(run(added), 2) << ring;
  }
  EXPECT_EQ(run(change_ring("10")), 2);
  EXPECT_NE(said.find("Value 10 not in range"), std::string::npos) << said;
  EXPECT_NE(refused(change_ring("1", "os/other.raucb")).find("no release os/other.raucb"), std::string::npos);
  EXPECT_NE(refused(change_ring("9")).find("os/kiosk.raucb is for ring 9 already"), std::string::npos)
      << said;
  EXPECT_FALSE(std::filesystem::exists(draft("targets")));
}

TEST_F(Rings, LetsNothingButTheRingChangeUnderASecver) {
  first_root();
  publish_release(5);
  const auto publish_changed = [&](const std::string& from, const std::string& to) {
    done(change_ring("1"));
    auto text = content_of(draft("targets"));
    text.replace(text.find(from), from.size(), to);
    EXPECT_TRUE(replace_file(draft("targets"), text));
    sign("targets", {"dora", "emil"});
    const int status = publish("targets");
    std::filesystem::remove(draft("targets"));
    return status == 0 ? "published" : said;
  };
  EXPECT_NE(publish_changed("2026.8.5", "2026.8.6").find("secver 5 is not above 5"), std::string::npos)
      << said;
  EXPECT_NE(publish_changed("\"ring\": 1", "\"ring\": 10").find("\"ring\" must be from 0 to 9"),
            std::string::npos)
      << said;
  EXPECT_NE(publish_changed("\"ring\": 1", "\"ring\": \"1\"").find("\"ring\" must be a number"),
            std::string::npos)
      << said;
  EXPECT_EQ(publish_changed("\"ring\": 1", "\"ring\": 0"), "published");
}

}  // namespace
}  // namespace kiosk::release
