#include "tests/image/release/ceremony.hpp"

#include <sstream>
#include <utility>

#include "drivers/mirror_folder/mirror_folder.hpp"
#include "hal/base/file.hpp"
#include "image/release/command.hpp"
#include "tests/drivers/rauc/bundles.hpp"

namespace kiosk::release {
namespace {

const testing::BundleMaker& maker() {
  static const testing::TemporaryFolder folder;
  static const testing::BundleMaker maker(folder / "bundles");
  return maker;
}

}  // namespace

std::string bundle(int secver, const std::string& signer) {
  return maker().make({.version = "2026.8." + std::to_string(secver), .secver = secver, .data_schema = 3},
                      signer);
}

std::string content_of(const std::string& file) {
  return read_file(file, 8 << 20).value();
}

Ceremony::Ceremony() {
  for (const auto* name : {"alice", "bob", "carol", "dora", "emil", "fay", "online"}) {
    EXPECT_EQ(run({"key", key(name)}), 0) << said;
  }
}

std::string Ceremony::holders(const std::string& role, int threshold,
                              const std::vector<std::string>& names) const {
  auto text = role + ":" + std::to_string(threshold);
  char before = ':';
  for (const auto& name : names) text += std::exchange(before, ',') + key(name) + ".pub";
  return text;
}

int Ceremony::run(const std::vector<std::string>& arguments) {
  std::ostringstream out;
  const int status = release_command(arguments, clock, out);
  said = out.str();
  return status;
}

std::string Ceremony::refused(const std::vector<std::string>& arguments) {
  EXPECT_EQ(run(arguments), 1) << said;
  return said;
}

void Ceremony::sign(const std::string& role, const std::vector<std::string>& names) {
  for (const auto& name : names) done({"sign", draft(role), key(name)});
}

void Ceremony::first_root() {
  done({"root", repository(), "--expires", later, "--role", holders("root", 2, {"alice", "bob", "carol"}),
        "--role", holders("targets", 2, {"dora", "emil", "fay"}), "--role",
        holders("snapshot", 1, {"online"}), "--role", holders("timestamp", 1, {"online"})});
  sign("root", {"alice", "bob"});
  ASSERT_EQ(publish("root"), 0) << said;
}

std::vector<std::string> Ceremony::add(const std::string& file, const std::string& path) const {
  return {"add", repository(), file, "--as", path, "--keyring", maker().keyring(), "--offline-max-age",
          "60",  "--expires",  later};
}

void Ceremony::publish_release(int secver) {
  done(add(secver));
  sign("targets", {"dora", "fay"});
  ASSERT_EQ(publish("targets"), 0) << said;
  publish_online();
}

void Ceremony::publish_online() {
  for (const std::string role : {"snapshot", "timestamp"}) {
    done({role, repository(), "--expires", soon});
    sign(role, {"online"});
    ASSERT_EQ(publish(role), 0) << said;
  }
}

Result<update::Released> Ceremony::kiosk(update::Line line) {
  const auto shipped = read_file(repository() + "/metadata/1.root.json", 1 << 20).value();
  const auto mirror = drivers::make_mirror_folder(repository());
  update::TrustedStore trusted(store);
  return update::refresh(*mirror, trusted, {.shipped_root = shipped, .now = clock.now(), .line = line},
                         Wait::of(60s));
}

}  // namespace kiosk::release
