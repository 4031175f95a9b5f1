#pragma once
// What every code scanner does. A rig has reader(), show(code), unplug() and plug().

#include <thread>

#include <gtest/gtest.h>

#include "hal/code_scanner.hpp"

namespace kiosk::testing {

template <class Rig>
class CodeScannerConformance : public ::testing::Test {
 protected:
  static Wait patience() { return Wait::of(std::chrono::seconds(20)); }

  /// Scans while a hand holds up `code` again and again, until it was seen.
  Result<PersonalText> scan_shown(const std::string& code) {
    std::jthread hand([&](const std::stop_token& stop) {
      while (Wait{.stop = stop}.sleep(milliseconds(50))) rig.show(code);
    });
    auto result = rig.scanner().scan(patience());
    hand.request_stop();
    hand.join();
    return result;
  }

  Rig rig;
};

TYPED_TEST_SUITE_P(CodeScannerConformance);

TYPED_TEST_P(CodeScannerConformance, ScansTextOfAnyLanguageAsItIs) {
  for (const std::string code :
       {"https://example.invalid/p?T=AbC-0123", "不动产 受理号：2026-0001", "𠮷", " blanks "}) {
    const auto scanned = this->scan_shown(code);
    ASSERT_TRUE(scanned) << scanned.error().what;
    EXPECT_EQ(scanned->reveal(), code);
  }
  const std::string longest(1024, 'x');
  EXPECT_EQ(this->scan_shown(longest)->reveal(), longest);
}

TYPED_TEST_P(CodeScannerConformance, WhatWasShownBeforeIsDropped) {
  ASSERT_TRUE(this->scan_shown("first"));  // so the device is connected
  this->rig.show("the last citizen's");
  const auto scanned = this->scan_shown("mine");
  ASSERT_TRUE(scanned);
  EXPECT_EQ(scanned->reveal(), "mine");
}

TYPED_TEST_P(CodeScannerConformance, TooLongAndNotUtf8AreMalformedAndTheNextWorks) {
  for (const std::string& code : {std::string(1025, 'x'), std::string(9000, 'y'), std::string("\xC3\x28"),
                                  std::string("\xED\xA0\x80"), std::string("\xB2\xE2\xCA\xD4") /* GBK */}) {
    EXPECT_EQ(this->scan_shown(code).error().code, Errc::malformed);
    EXPECT_TRUE(this->scan_shown("good"));
  }
}

TYPED_TEST_P(CodeScannerConformance, AWaitEndsWithItsTimeAndWithAStop) {
  EXPECT_EQ(this->rig.scanner().scan(Wait::of(milliseconds(30))).error().code, Errc::timed_out);
  std::stop_source source;
  std::jthread ender([&] { source.request_stop(); });
  EXPECT_EQ(this->rig.scanner().scan(Wait{.stop = source.get_token()}).error().code, Errc::cancelled);
  EXPECT_TRUE(this->scan_shown("after"));
}

TYPED_TEST_P(CodeScannerConformance, UnplugEndsAScanAndReplugWorks) {
  ASSERT_TRUE(this->scan_shown("before"));
  EXPECT_TRUE(this->rig.scanner().status().usable());
  std::jthread hand([this] { this->rig.unplug(); });
  EXPECT_EQ(this->rig.scanner().scan(this->patience()).error().code, Errc::unplugged);
  hand.join();
  EXPECT_EQ(this->rig.scanner().scan(this->patience()).error().code, Errc::unplugged);
  EXPECT_EQ(this->rig.scanner().status().state, hal::DeviceState::no_device);
  this->rig.plug();
  EXPECT_TRUE(this->scan_shown("after"));
  EXPECT_TRUE(this->rig.scanner().status().usable());
}

REGISTER_TYPED_TEST_SUITE_P(CodeScannerConformance, ScansTextOfAnyLanguageAsItIs, WhatWasShownBeforeIsDropped,
                            TooLongAndNotUtf8AreMalformedAndTheNextWorks, AWaitEndsWithItsTimeAndWithAStop,
                            UnplugEndsAScanAndReplugWorks);

}  // namespace kiosk::testing
