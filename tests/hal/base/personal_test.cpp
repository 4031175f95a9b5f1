#include "hal/base/personal.hpp"

#include <new>

#include <gtest/gtest.h>

#include "hal/base/bytes.hpp"
#include "hal/base/clock.hpp"
#include "hal/base/log.hpp"

namespace kiosk {
namespace {

TEST(Personal, FormatsAsAPlaceholder) {
  EXPECT_EQ(fmt::format("name={}", PersonalText("张三")), "name=[personal]");
}

TEST(Personal, LeavesNothingBehindWhereItStood) {
  for (const std::string secret : {"short", "a secret that is too long for the small string buffer"}) {
    alignas(PersonalText) unsigned char place[sizeof(PersonalText)];
    auto* personal = new (place) PersonalText(secret);
    const bool inside = as_text({place, sizeof place}).find(secret) != std::string_view::npos;
    const PersonalText taken = std::move(*personal);
    EXPECT_EQ(as_text({place, sizeof place}).find(secret), std::string_view::npos) << inside;
    EXPECT_EQ(taken.reveal(), secret);
    personal->~PersonalText();
  }
}

TEST(Log, WritesOneLineOfJsonWithItsFields) {
  std::string line;
  log::set_sink([&](log::Level, std::string_view text) { line = text; });
  log::info("printer", "page \"one\" printed", {{"pages", 1}, {"ratio", 0.5}, {"ok", true}, {"why", "a\nb"}});
  log::set_sink([](log::Level, std::string_view) {});
  EXPECT_NE(
      line.find(R"("level":"info","area":"printer","text":"page \"one\" printed","pages":1,"ratio":0.5,)"
                R"("ok":true,"why":"a\u000ab"})"),
      std::string::npos)
      << line;
}

TEST(Bytes, HexadecimalBothWays) {
  EXPECT_EQ(to_hex(Bytes{0x00, 0xAA, 0x7F}), "00aa7f");
  EXPECT_EQ(from_hex("00 Aa\n7F"), (Bytes{0x00, 0xAA, 0x7F}));
  EXPECT_EQ(from_hex("0").error().code, Errc::malformed);
  EXPECT_EQ(from_hex("0g").error().code, Errc::malformed);
}

TEST(Uuid, IsVersionFourAndNewEachTime) {
  SystemRandom random;
  const auto one = new_uuid(random);
  ASSERT_EQ(one.size(), 36U);
  EXPECT_EQ(one[14], '4');
  EXPECT_NE(std::string("89ab").find(one[19]), std::string::npos);
  EXPECT_NE(one, new_uuid(random));
}

}  // namespace
}  // namespace kiosk
