// A wrong line is refused with file, line, key and what is allowed.

#include "firmware/updater/service/configuration.hpp"

#include <cstdlib>

#include <gtest/gtest.h>

#include "hal/base/file.hpp"

namespace kiosk::updater {
namespace {

using namespace std::chrono_literals;

std::string example() {
  return read_file(
             std::filesystem::path(std::getenv("KIOSK_SOURCE")) / "firmware/updater/program/example.toml",
             1 << 20)
      .value();
}

/// The example with its line of that beginning as `line`.
std::string with(const std::string& begins, const std::string& line) {
  auto text = example();
  const auto at = text.find("\n" + begins) + 1;
  EXPECT_NE(at, 0U) << begins;
  return text.replace(at, text.find('\n', at) - at, line);
}

TEST(TheUpdatersConfiguration, IsRead) {
  const auto read = parse_configuration(example(), "updater.toml");
  ASSERT_TRUE(read) << read.error().what;
  EXPECT_EQ(read->rules.kiosk, "K3");
  EXPECT_EQ(read->rules.compatible, "kiosk-x86");
  EXPECT_EQ(read->rules.ring, 9);
  EXPECT_EQ(read->rules.window, (Window{.opens = 1h, .closes = 5h, .utc_offset = 8h}));
  EXPECT_EQ(read->rules.quiet, 15min);
  EXPECT_EQ(read->place.folder, "/var/lib/kiosk-updater");
  EXPECT_EQ(read->place.poll_every, 60min);
  EXPECT_EQ(read->place.keep_free, std::int64_t{512} << 20);
  const auto other = parse_configuration(with("utc_offset", "utc_offset = \"-05:30\""), "updater.toml");
  ASSERT_TRUE(other);
  EXPECT_EQ(other->rules.window.utc_offset, -(5h + 30min));
  EXPECT_EQ(parse_configuration(with("ring", ""), "updater.toml")->rules.ring, 9) << "with everybody";
  EXPECT_EQ(parse_configuration(with("ring", "ring = 0"), "updater.toml")->rules.ring, 0);
}

struct Wrong {
  const char* begins;
  const char* line;
  const char* said;
};

TEST(TheUpdatersConfiguration, SaysWhatIsWrongWhere) {
  for (const auto& [begins, line, said] : {
           Wrong{"kiosk =", "", "updater.toml:4: [update] kiosk: is missing; a text is needed"},
           Wrong{"kiosk =", "kiosk = 3", "updater.toml:5: [update] kiosk: must be a text in quotes"},
           Wrong{"ring", "ring = 10",
                 "updater.toml:9: [update] ring: 10 is out of range; allowed: a whole number from 0 to 9"},
           Wrong{"ring", "ring = -1",
                 "updater.toml:9: [update] ring: -1 is out of range; allowed: a whole number from 0 to 9"},
           Wrong{"ring", "ring = \"lab\"",
                 "updater.toml:9: [update] ring: must be a whole number from 0 to 9"},
           Wrong{"ring", "ring = 1.5", "updater.toml:9: [update] ring: must be a whole number from 0 to 9"},
           Wrong{"window", "window = \"25:00-05:00\"",
                 "updater.toml:10: [update] window: must be two times of the day, as in \"01:00-05:00\""},
           Wrong{"window", "window = \"01:00\"",
                 "updater.toml:10: [update] window: must be two times of the day, as in \"01:00-05:00\""},
           Wrong{"window", "window = \"1:00-5:00\"",
                 "updater.toml:10: [update] window: must be two times of the day, as in \"01:00-05:00\""},
           Wrong{"utc_offset", "utc_offset = \"08:00\"",
                 "updater.toml:11: [update] utc_offset: must be from \"-14:00\" to \"+14:00\", as in "
                 "\"+08:00\""},
           Wrong{"quiet_minutes", "quiet_minutes = 241",
                 "updater.toml:12: [update] quiet_minutes: 241 is out of range; allowed: a whole number from "
                 "0 to "
                 "240"},
           Wrong{"poll_minutes", "poll_minutes = \"often\"",
                 "updater.toml:13: [update] poll_minutes: must be a whole number from 10 to 1440"},
           Wrong{"keep_free_mb", "keep_free = 512",
                 "updater.toml:14: [update] keep_free: is not known here; known: compatible, data, "
                 "keep_free_mb, "
                 "kiosk, poll_minutes, quiet_minutes, ring, root, utc_offset, window"},
           Wrong{"[store]", "[stores]",
                 "updater.toml:23: [stores] is not known; tables: update, release_mirror, store, slots, "
                 "citizens_side, power"},
           Wrong{"kiosk =", "kiosk = [1]", "updater.toml:5: [update] kiosk: lists hold texts only"},
           Wrong{"[update]", "update = 3\n[x]", "updater.toml:4: update must be a table: [update]"},
       }) {
    const auto read = parse_configuration(with(begins, line), "updater.toml");
    ASSERT_FALSE(read) << line;
    EXPECT_EQ(read.error().code, Errc::malformed);
    EXPECT_EQ(read.error().what, said);
  }
  EXPECT_EQ(parse_configuration("[update", "u").error().code, Errc::malformed);
  EXPECT_EQ(read_configuration("/nowhere/updater.toml").error().code, Errc::storage);
}

}  // namespace
}  // namespace kiosk::updater
