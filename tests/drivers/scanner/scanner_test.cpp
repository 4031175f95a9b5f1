#include "drivers/scanner/scanner.hpp"

#include <gtest/gtest.h>

#include "drivers/link/serial.hpp"
#include "drivers/scanner/code_lines.hpp"
#include "tests/lobby/scanner/serial_scanner.hpp"
#include "tests/support/code_scanner_conformance.hpp"
#include "tests/support/fake_code_scanner.hpp"

namespace kiosk::testing {
namespace {

using namespace std::chrono_literals;

struct FakeRig {
  hal::CodeScanner& scanner() { return fake; }
  void show(const std::string& code) { fake.show(code); }
  void unplug() { fake.unplug(); }
  void plug() { fake.plug(); }

  FakeCodeScanner fake;
};

struct SerialRig {
  hal::CodeScanner& scanner() { return *driver; }
  void show(const std::string& code) { device.show(code); }
  void unplug() { device.unplug(); }
  void plug() { device.plug(); }

  lobby::SerialScanner device;
  std::unique_ptr<hal::CodeScanner> driver = drivers::make_scanner(drivers::serial_link(device.path(), 9600));
};

INSTANTIATE_TYPED_TEST_SUITE_P(Fake, CodeScannerConformance, FakeRig);
INSTANTIATE_TYPED_TEST_SUITE_P(Serial, CodeScannerConformance, SerialRig);

/// The codes in these bytes; "!" for a malformed one.
std::vector<std::string> codes_in(std::string_view bytes, drivers::scanner::CodeLines& lines) {
  std::vector<std::string> codes;
  for (const std::uint8_t byte : as_bytes(bytes)) {
    if (const auto code = lines.feed(byte)) codes.push_back(*code ? (*code)->reveal() : "!");
  }
  return codes;
}

std::vector<std::string> codes_in(std::string_view bytes) {
  drivers::scanner::CodeLines lines;
  return codes_in(bytes, lines);
}

using Codes = std::vector<std::string>;

TEST(CodeLines, EndWithCrOrLfOrBoth) {
  EXPECT_EQ(codes_in("a\rb\nc\r\nd\n\re"), (Codes{"a", "b", "c", "d"}));
  EXPECT_EQ(codes_in("\r\n\r\n\n"), Codes{});
}

TEST(CodeLines, AMalformedOneDoesNotHarmTheNext) {
  EXPECT_EQ(codes_in("\xFF\r" + std::string(1025, 'a') + "\rgood\r"), (Codes{"!", "!", "good"}));
  EXPECT_EQ(codes_in(std::string(1024, 'a') + "\r")[0].size(), 1024u);
}

TEST(CodeLines, TheRestOfAForgottenCodeIsDropped) {
  drivers::scanner::CodeLines lines;
  EXPECT_EQ(codes_in("old beg", lines), Codes{});
  lines.forget_begun();
  EXPECT_EQ(codes_in("inning\rnew\r", lines), Codes{"new"});
  lines.forget_begun();  // nothing has begun
  EXPECT_EQ(codes_in("newer\r", lines), Codes{"newer"});
}

TEST(Utf8, IsWhatTheStandardSays) {
  for (const auto* good :
       {"", "a", "\xC2\x80", "\xE0\xA0\x80", "\xEF\xBF\xBF", "\xF0\x90\x80\x80", "\xF4\x8F\xBF\xBF"})
    EXPECT_TRUE(drivers::scanner::is_utf8(good)) << to_hex(as_bytes(good));
  for (const auto* bad :
       {"\x80", "\xC0\xAF", "\xC1\xBF", "\xE0\x9F\xBF", "\xED\xA0\x80", "\xED\xBF\xBF", "\xF0\x8F\xBF\xBF",
        "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xFF", "\xE4\xB8", "\xC2", "a\xE4"})
    EXPECT_FALSE(drivers::scanner::is_utf8(bad)) << to_hex(as_bytes(bad));
}

TEST(SerialScanner, EveryLineEndIsUnderstood) {
  lobby::SerialScanner device;
  const auto scanner = drivers::make_scanner(drivers::serial_link(device.path(), 9600));
  for (const auto* end : {"\r", "\n", "\r\n"}) {
    device.set_line_end(end);
    std::jthread hand([&](const std::stop_token& stop) {
      while (Wait{.stop = stop}.sleep(50ms)) device.show("code");
    });
    const auto code = scanner->scan(Wait::of(20s));
    ASSERT_TRUE(code);
    EXPECT_EQ(code->reveal(), "code");
  }
}

}  // namespace
}  // namespace kiosk::testing
