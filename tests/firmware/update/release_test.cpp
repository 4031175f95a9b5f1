#include "firmware/update/release.hpp"

#include <limits>

#include <gtest/gtest.h>

#include "tests/firmware/update/repository.hpp"

namespace kiosk::update {
namespace {

using std::chrono::days;

Target target(const Json& custom) {
  return {.length = 9, .hashes = {{"sha256", sha256_hex("release 1")}}, .custom = custom};
}

Released released(const std::map<std::string, Json>& customs, milliseconds overdue = milliseconds(0)) {
  Released released{.overdue = overdue};
  for (const auto& [path, custom] : customs) released.targets.files[path] = target(custom);
  return released;
}

const Machine machine{.compatible = "kiosk-x86", .secver = 1, .data_schema = 3};

std::string version_for(const Machine& asked, const Released& all) {
  const auto release = release_for(asked, all);
  if (!release) return release.error().what;
  return *release ? (*release)->version : "nothing";
}

std::string wrong_after(auto change) {
  Json json = custom();
  change(json);
  const auto release = read_release("os/kiosk.raucb", target(json));
  if (release) return "taken";
  EXPECT_EQ(release.error().code, Errc::malformed);
  return release.error().what.substr(std::string("release \"os/kiosk.raucb\": ").size());
}

TEST(Release, IsReadFromWhatIsSigned) {
  const auto release = read_release("os/kiosk.raucb", target(custom(7))).value();
  EXPECT_EQ(release.version, "2026.8.7");
  EXPECT_EQ(release.secver, 7);
  EXPECT_EQ(release.data_schema, 3);
  EXPECT_EQ(release.compatible, "kiosk-x86");
  EXPECT_EQ(release.notes, "说明");
  EXPECT_EQ(release.offline_max_age, days(60));
  EXPECT_EQ(release.ring, last_ring) << "for everybody";
  EXPECT_EQ(custom_of(release), custom(7));
  auto first = custom(7);
  first["ring"] = 0;
  EXPECT_EQ(read_release("os/kiosk.raucb", target(first)).value().ring, 0);
  EXPECT_EQ(custom_of(read_release("os/kiosk.raucb", target(first)).value()), first);
}

TEST(Release, LacksNothingThatDecides) {
  EXPECT_EQ(wrong_after([](Json& json) { json.erase("notes"); }), "taken");
  EXPECT_EQ(wrong_after([](Json& json) { json.erase("offline_max_age"); }), "taken");
  EXPECT_EQ(wrong_after([](Json& json) { json["later"] = Json::object(); }), "taken");
  EXPECT_EQ(wrong_after([](Json& json) { json.erase("version"); }), "\"version\" must be a text");
  EXPECT_EQ(wrong_after([](Json& json) { json["version"] = "a\x1b[2J"; }),
            "\"version\" must have 1 to 64 bytes and no control characters");
  EXPECT_EQ(wrong_after([](Json& json) { json["secver"] = "7"; }), "\"secver\" must be a number");
  EXPECT_EQ(wrong_after([](Json& json) { json["secver"] = 0; }),
            "\"secver\" must be from 1 to 9223372036854775807");
  EXPECT_EQ(wrong_after([](Json& json) { json.erase("data_schema"); }), "\"data_schema\" must be a number");
  EXPECT_EQ(wrong_after([](Json& json) { json["offline_max_age"] = 367; }),
            "\"offline_max_age\" must be from 0 to 366");
  EXPECT_EQ(wrong_after([](Json& json) { json["notes"] = std::string(4001, 'x'); }),
            "\"notes\" must have 1 to 4000 bytes and no control characters");
  EXPECT_EQ(wrong_after([](Json& json) { json["ring"] = 9; }), "taken");
  for (const Json& ring : {Json(-1), Json(10), Json(4294967297), Json(18446744073709551615U)}) {
    EXPECT_EQ(wrong_after([&](Json& json) { json["ring"] = ring; }), "\"ring\" must be from 0 to 9") << ring;
  }
  for (const Json& ring : {Json("1"), Json(1.0), Json(), Json(true), Json::array({1})}) {
    EXPECT_EQ(wrong_after([&](Json& json) { json["ring"] = ring; }), "\"ring\" must be a number") << ring;
  }
  EXPECT_FALSE(read_release("../../etc/passwd", target(custom())));
  auto without = target(custom());
  without.hashes = {{"sha512", "00"}};
  EXPECT_FALSE(read_release("os/kiosk.raucb", without));
}

TEST(Release, IsNotLongerThanAnyDisk) {
  auto endless = target(custom());
  endless.length = std::numeric_limits<std::int64_t>::max();
  const auto release = read_release("os/kiosk.raucb", endless);
  ASSERT_FALSE(release);
  EXPECT_EQ(release.error().what, "release \"os/kiosk.raucb\": more than 64 GB");
}

TEST(Release, IsTheNewestForThisMachine) {
  auto foreign = custom(9);
  foreign["compatible"] = "kiosk-arm";
  const auto all =
      released({{"a", custom(2)}, {"b", custom(4)}, {"c", custom(3)}, {"d", foreign}, {"e", Json::object()}});
  EXPECT_EQ(version_for(machine, all), "2026.8.4");
  EXPECT_EQ(version_for({.compatible = "kiosk-arm", .secver = 1}, all), "2026.8.9");
  EXPECT_EQ(version_for({.compatible = "kiosk-x86", .secver = 4}, all), "nothing");
  EXPECT_EQ(version_for({.compatible = "kiosk-mips", .secver = 0}, all), "nothing");
}

Json custom_for(int ring, std::int64_t secver) {
  auto json = custom(secver);
  json["ring"] = ring;
  return json;
}

Machine in_ring(int ring) {
  auto asked = machine;
  asked.ring = ring;
  return asked;
}

TEST(Release, GoesToTheRingsUpToItsOwn) {
  const auto all = released({{"a", custom_for(0, 5)}, {"b", custom_for(1, 4)}, {"c", custom(3)}});
  EXPECT_EQ(version_for(in_ring(0), all), "2026.8.5");
  EXPECT_EQ(version_for(in_ring(1), all), "2026.8.4");
  EXPECT_EQ(version_for(in_ring(2), all), "2026.8.3") << "the older one stays for the others";
  EXPECT_EQ(version_for(machine, all), "2026.8.3") << "who says nothing is in the last ring";
  EXPECT_EQ(version_for(in_ring(2), released({{"b", custom_for(1, 4)}})), "nothing");
  EXPECT_EQ(version_for(machine, released({{"b", custom_for(last_ring, 4)}})), "2026.8.4");
  EXPECT_EQ(version_for(in_ring(1), released({{"a", custom_for(0, 4)}, {"b", custom_for(1, 4)}})), "2026.8.4")
      << "the other one is not for this kiosk";
}

TEST(Release, OfNoRingIsMalformedForEveryRing) {
  for (const int ring : {0, last_ring}) {
    EXPECT_EQ(version_for(in_ring(ring), released({{"a", custom_for(10, 5)}, {"b", custom(2)}})),
              "release \"a\": \"ring\" must be from 0 to 9");
  }
}

TEST(Release, NeverGoesBackHoweverWellItIsSigned) {
  const auto all = released({{"old", custom(1)}});
  EXPECT_EQ(version_for({.compatible = "kiosk-x86", .secver = 2, .data_schema = 3}, all), "nothing");
}

TEST(Release, MustBeAbleToReadTheRecords) {
  EXPECT_EQ(
      version_for({.compatible = "kiosk-x86", .secver = 1, .data_schema = 4}, released({{"a", custom(2)}})),
      "release 2026.8.2: reads records up to 3, here they are 4");
}

TEST(Release, MayNotBeTwo) {
  const auto twice = release_for(machine, released({{"a", custom(2)}, {"b", custom(2)}}));
  ASSERT_FALSE(twice);
  EXPECT_EQ(twice.error().code, Errc::malformed);
  EXPECT_EQ(version_for(machine, released({{"a", custom(2)}, {"b", custom(2)}, {"c", custom(3)}})),
            "2026.8.3");
}

TEST(Release, SaysItselfHowOldItsStickMayBe) {
  EXPECT_EQ(version_for(machine, released({{"a", custom(2)}}, days(60))), "2026.8.2");
  EXPECT_EQ(version_for(machine, released({{"a", custom(2)}}, days(60) + milliseconds(1))),
            "release 2026.8.2: its metadata expired 61 days ago, 60 are allowed");
  auto hurried = custom(2);
  hurried.erase("offline_max_age");
  EXPECT_EQ(release_for(machine, released({{"a", hurried}}, milliseconds(1))).error().code, Errc::refused);
}

}  // namespace
}  // namespace kiosk::update
