#include "hal/base/options.hpp"

#include <gtest/gtest.h>

namespace kiosk {
namespace {

Options sample() {
  return {"kiosk.toml",
          "id_reader",
          10,
          {{"driver", {std::string("samv"), 11}},
           {"baud", {std::int64_t{115201}, 12}},
           {"quiet", {true, 13}},
           {"ratio", {std::int64_t{2}, 14}},
           {"names", {Options::Texts{"a", "b"}, 15}}}};
}

TEST(Options, TakesWhatIsAllowed) {
  auto options = sample();
  EXPECT_EQ(options.one_of("driver", {"samv", "other"}), "samv");
  EXPECT_EQ(options.number_or("speed", 1, 9, 4), 4);
  EXPECT_EQ(options.flag_or("quiet", false), true);
  EXPECT_EQ(options.decimal_or("ratio", 0, 5, 1), 2.0);
  EXPECT_EQ(options.texts("names"), (Options::Texts{"a", "b"}));
  EXPECT_EQ(options.text_or("path", "none"), "none");
}

TEST(Options, RefusesAWrongValueWithFileLineKeyAndWhatIsAllowed) {
  auto options = sample();
  EXPECT_EQ(
      options.number("baud", 9600, 115200).error().what,
      "kiosk.toml:12: [id_reader] baud: 115201 is out of range; allowed: a whole number from 9600 to 115200");
  EXPECT_EQ(options.one_of("driver", {"escpos"}).error().what,
            "kiosk.toml:11: [id_reader] driver: \"samv\" is not known; allowed: escpos");
  EXPECT_EQ(options.text("port").error().what,
            "kiosk.toml:10: [id_reader] port: is missing; a text is needed");
  EXPECT_EQ(options.text("baud").error().code, Errc::malformed);
  EXPECT_EQ(options.flag_or("baud", true).error().code, Errc::malformed);
  EXPECT_EQ(options.decimal_or("ratio", 0, 1, 1).error().code, Errc::malformed);
}

TEST(Options, RefusesAKeyNobodyTook) {
  auto options = sample();
  EXPECT_TRUE(options.text("driver"));
  for (const auto* key : {"baud", "quiet", "ratio"}) (void)options.flag_or(key, true);
  EXPECT_EQ(options.finish().error().what,
            "kiosk.toml:15: [id_reader] names: is not known here; known: baud, driver, quiet, ratio");
  (void)options.texts("names");
  EXPECT_TRUE(options.finish());
}

}  // namespace
}  // namespace kiosk
