// The signers' tool, from the first key to a kiosk that trusts what was published.

#include <sys/stat.h>

#include "drivers/mirror_folder/mirror_folder.hpp"
#include "firmware/records/schema.hpp"
#include "firmware/update/download.hpp"
#include "hal/base/file.hpp"
#include "tests/image/release/ceremony.hpp"

namespace kiosk::release {
namespace {

Errc code_of(const auto& result) {
  return result ? Errc::internal : result.error().code;
}

TEST_F(Ceremony, EndsWithAKioskThatTrustsTheRelease) {
  first_root();
  publish_release(1);
  done({"check", repository(), "--root", repository() + "/metadata/1.root.json"});
  const auto released = kiosk();
  ASSERT_TRUE(released) << released.error().what;
  const auto release = update::release_for({.compatible = "kiosk-x86", .data_schema = 3}, *released).value();
  ASSERT_TRUE(release);
  EXPECT_EQ(release->secver, 1);
  EXPECT_EQ(release->offline_max_age, std::chrono::days(60));
  const auto mirror = drivers::make_mirror_folder(repository());
  const auto from = update::mirror_path(released->root, release->path, release->target);
  ASSERT_TRUE(update::download(*mirror, from, release->target, folder / "got", {}, Wait::of(60s)));
  EXPECT_EQ(content_of(folder / "got"), content_of(bundle(1)));
}

TEST_F(Ceremony, SaysOfABundleWhatItSaysOfItself) {
  first_root();
  publish_release(4);
  const auto release =
      update::release_for({.compatible = "kiosk-x86", .data_schema = 3}, kiosk().value()).value();
  ASSERT_TRUE(release);
  EXPECT_EQ(release->version, "2026.8.4");
  EXPECT_EQ(release->secver, 4);
  EXPECT_EQ(release->data_schema, 3);
  EXPECT_EQ(release->compatible, "kiosk-x86");
}

TEST_F(Ceremony, AddsNothingThatAKioskWouldNotTakeForABundle) {
  first_root();
  EXPECT_NE(refused(add(bundle(1, "stranger"))).find("not signed by anybody"), std::string::npos) << said;
  EXPECT_NE(refused(add(bundle(1, "server"))).find("a key that is not for code"), std::string::npos) << said;
  auto bytes = content_of(bundle(1));
  const auto cut = key("cut.raucb");
  ASSERT_TRUE(replace_file(cut, bytes.substr(0, bytes.size() - 100)));
  EXPECT_NE(refused(add(cut)).find("bundle cut.raucb: "), std::string::npos) << said;
  EXPECT_NE(refused(add(key("nothing.raucb"))).find("there is none"), std::string::npos) << said;
  EXPECT_FALSE(std::filesystem::exists(draft("targets")));
}

TEST_F(Ceremony, FillsAStickThatMayBeAsLateAsItsReleaseSays) {
  first_root();
  publish_release(1);
  const auto release = [&] {
    const auto released = kiosk(update::Line::offline).value();
    return update::release_for({.compatible = "kiosk-x86", .data_schema = 3}, released);
  };
  clock.set(*update::read_time("2026-10-07T00:00:00Z"));
  EXPECT_EQ(code_of(kiosk()), Errc::refused) << "a server that stood still for so long is frozen";
  EXPECT_TRUE(release().value());
  clock.set(*update::read_time("2026-10-07T00:00:01Z"));
  EXPECT_EQ(code_of(release()), Errc::refused);
  clock.set(*update::read_time(later));
  EXPECT_EQ(code_of(kiosk(update::Line::offline)), Errc::refused) << "root and targets may never be late";
}

TEST_F(Ceremony, GoesOnWithReleasesRenewalsAndWithdrawals) {
  first_root();
  publish_release(1);
  ASSERT_TRUE(kiosk());
  publish_release(2);
  publish_online();
  EXPECT_EQ(kiosk()->targets.version, 2);
  done({"renew", repository(), "--expires", later});
  sign("targets", {"dora", "emil"});
  ASSERT_EQ(publish("targets"), 0) << said;
  publish_online();
  EXPECT_EQ(kiosk()->targets.files.size(), 1U);
  done({"withdraw", repository(), "os/kiosk.raucb", "--expires", later});
  sign("targets", {"dora", "emil"});
  ASSERT_EQ(publish("targets"), 0) << said;
  publish_online();
  EXPECT_EQ(kiosk()->targets.files.size(), 0U);
  EXPECT_NE(refused({"withdraw", repository(), "os/kiosk.raucb", "--expires", later}).find("no release"),
            std::string::npos);
}

TEST_F(Ceremony, HandsTheRootOn) {
  first_root();
  publish_release(1);
  ASSERT_TRUE(kiosk());
  for (const auto* name : {"anna", "berta", "online2"}) done({"key", key(name)});
  done({"root", repository(), "--expires", later, "--role", holders("root", 2, {"anna", "berta"}), "--role",
        holders("snapshot", 1, {"online2"}), "--role", holders("timestamp", 1, {"online2"})});
  sign("root", {"anna", "berta"});
  EXPECT_EQ(publish("root"), 1);
  EXPECT_NE(said.find("root: signed by 0 of the 2 that root 1 asks for"), std::string::npos) << said;
  sign("root", {"alice", "carol"});
  ASSERT_EQ(publish("root"), 0) << said;
  EXPECT_EQ(kiosk().error().what, "timestamp: signed by 0 of the 1 that root 2 asks for");
  EXPECT_EQ(run({"check", repository(), "--root", repository() + "/metadata/1.root.json"}), 1);
  for (const std::string role : {"snapshot", "timestamp"}) {
    done({role, repository(), "--expires", soon});
    sign(role, {"online"});
    EXPECT_EQ(publish(role), 1) << "the old online key counts no longer";
    sign(role, {"online2"});
    ASSERT_EQ(publish(role), 0) << said;
  }
  const auto released = kiosk();
  ASSERT_TRUE(released) << released.error().what;
  EXPECT_EQ(released->root.version, 2);
}

TEST_F(Ceremony, PublishesNothingThatAKioskWouldRefuse) {
  first_root();
  done(add(1));
  EXPECT_EQ(publish("targets"), 1);
  EXPECT_NE(said.find("signed by 0 of the 2"), std::string::npos);
  sign("targets", {"dora", "dora", "alice"});
  EXPECT_EQ(publish("targets"), 1);
  EXPECT_NE(said.find("signed by 1 of the 2"), std::string::npos) << said;
  sign("targets", {"emil"});
  ASSERT_TRUE(replace_file(
      folder / "repo/targets/os" / (update::sha256_hex(content_of(bundle(1))) + ".kiosk.raucb"), "another"));
  EXPECT_EQ(publish("targets"), 1);
  EXPECT_NE(said.find("the file in targets/ is another one"), std::string::npos) << said;
  done(add(1));
  sign("targets", {"emil", "fay"});
  ASSERT_EQ(publish("targets"), 0) << said;

  done({"snapshot", repository(), "--expires", "2026-07-31T00:00:00Z"});
  sign("snapshot", {"online"});
  EXPECT_EQ(publish("snapshot"), 1);
  EXPECT_NE(said.find("expired"), std::string::npos);
  EXPECT_NE(publish("timestamp"), 0) << "there is no draft";
}

TEST_F(Ceremony, ChangesNothingOfADraftThatSomebodySigned) {
  first_root();
  done(add(1));
  sign("targets", {"dora", "emil"});
  auto text = read_file(draft("targets"), 1 << 20).value();
  text.replace(text.find("kiosk-x86"), 9, "kiosk-arm");
  ASSERT_TRUE(replace_file(draft("targets"), text));
  EXPECT_EQ(publish("targets"), 1);
  EXPECT_NE(said.find("signed by 0 of the 2"), std::string::npos) << said;
}

TEST_F(Ceremony, LetsNoSecverFall) {
  first_root();
  publish_release(5);
  EXPECT_NE(refused(add(5)).find("secver 5 is not above 5, which os/kiosk.raucb has"), std::string::npos)
      << said;
  EXPECT_NE(refused(add(4)).find("secver 4 is not above 5"), std::string::npos) << said;
  done({"withdraw", repository(), "os/kiosk.raucb", "--expires", later});
  EXPECT_NE(refused(add(4)).find("secver 4 is not above 5"), std::string::npos)
      << "what was withdrawn counts too";
  done(add(6));
  done(add(6));  // a draft may be written again
  auto other = add(6);
  other[4] = "os/other.raucb";
  EXPECT_NE(refused(other).find("which os/kiosk.raucb has"), std::string::npos) << said;
}

TEST_F(Ceremony, PublishesNoSecverThatFellHoweverItCameIntoTheDraft) {
  first_root();
  publish_release(5);
  done(add(6));
  auto text = read_file(draft("targets"), 1 << 20).value();
  text.replace(text.find("\"secver\": 6"), 11, "\"secver\": 5");
  ASSERT_TRUE(replace_file(draft("targets"), text));
  sign("targets", {"dora", "emil"});
  EXPECT_EQ(publish("targets"), 1);
  EXPECT_NE(said.find("secver 5 is not above 5"), std::string::npos) << said;
}

TEST_F(Ceremony, PublishesNoHalfARelease) {
  first_root();
  done(add(1));
  auto text = read_file(draft("targets"), 1 << 20).value();
  text.replace(text.find("data_schema"), 11, "data_scheme");
  ASSERT_TRUE(replace_file(draft("targets"), text));
  sign("targets", {"dora", "emil"});
  EXPECT_EQ(publish("targets"), 1);
  EXPECT_NE(said.find("\"data_schema\" must be a number"), std::string::npos) << said;
}

TEST_F(Ceremony, AppointsNobodyWhoCanNeverSign) {
  const auto root = [&](const std::string& role) {
    return std::vector<std::string>{"root", repository(), "--expires", later, "--role", role};
  };
  EXPECT_NE(refused(root(holders("root", 3, {"alice", "bob"}))).find("3 of 2 keys can never sign"),
            std::string::npos);
  EXPECT_NE(refused(root(holders("root", 0, {"alice"}))).find("can never sign"), std::string::npos);
  EXPECT_NE(refused(root(holders("root", 1, {"alice", "alice"}))).find("the same key twice"),
            std::string::npos);
  EXPECT_NE(refused(root("root:1:/nowhere.pub")).find("/nowhere.pub"), std::string::npos);
  EXPECT_NE(refused(root("king:1:" + key("alice") + ".pub")).find("must be ROLE:THRESHOLD"),
            std::string::npos);
  EXPECT_NE(refused(root(holders("root", 1, {"alice"}))).find("no \"timestamp\""), std::string::npos)
      << "the first root appoints all";
  EXPECT_EQ(run({"root", repository()}), 2);
  EXPECT_EQ(run({"crown"}), 2);
}

TEST_F(Ceremony, KeepsSecretKeysForTheirHolder) {
  struct stat about{};
  ASSERT_EQ(::stat(key("alice").c_str(), &about), 0);
  EXPECT_EQ(about.st_mode & 07777U, 0600U);
  EXPECT_EQ(run({"key", key("alice")}), 1) << "never over a key that is there";
  EXPECT_EQ(run({"sign", draft("root"), key("alice") + ".pub"}), 1);
}

TEST_F(Ceremony, ShowsNothingInDisguise) {
  first_root();
  auto named = add(7);
  named[4] = "os/harmless";
  done(named);
  auto text = read_file(draft("targets"), 1 << 20).value();
  text.replace(text.find("os/harmless"), 11, "os/a\\u001b[2Jb\\n  c");
  ASSERT_TRUE(replace_file(draft("targets"), text));
  done({"show", draft("targets")});
  const auto size = std::to_string(content_of(bundle(7)).size());
  EXPECT_NE(said.find("os/a?[2Jb?  c: " + size + " bytes"), std::string::npos) << said;
  EXPECT_NE(said.find("no release for kiosks"), std::string::npos) << said;
}

TEST_F(Ceremony, LabelsASystemOfTheseSources) {
  done({"label", "--version", "2026.8.7", "--secver", "7"});
  EXPECT_EQ(said,
            "version=2026.8.7\nsecver=7\ndata_schema=" + std::to_string(records::schema().version) + "\n");
  EXPECT_EQ(run({"label", "--version", "2026.8.7", "--secver", "0"}), 2);
}

TEST_F(Ceremony, ShowsWhatIsToBeSigned) {
  first_root();
  done(add(7));
  done({"show", draft("targets")});
  EXPECT_NE(said.find("targets version 1, expires 2026-11-01T00:00:00Z"), std::string::npos) << said;
  EXPECT_NE(said.find("version 2026.8.7, secver 7, data_schema 3, for kiosk-x86"), std::string::npos) << said;
  EXPECT_NE(said.find(update::sha256_hex(content_of(bundle(7)))), std::string::npos);
  done({"show", repository() + "/metadata/1.root.json"});
  EXPECT_NE(said.find("root: 2 of"), std::string::npos) << said;
}

}  // namespace
}  // namespace kiosk::release
