#include "drivers/link/usb.hpp"

#include <thread>

#include <gtest/gtest.h>

#include "tests/lobby/usb/emulated_usb.hpp"

namespace kiosk::drivers {
namespace {

using namespace std::chrono_literals;

[[maybe_unused]] const bool under_umockdev = lobby::restart_under_umockdev();

Wait patience() {
  return Wait::of(20s);
}

/// A printer-class device that says back whatever it hears.
class Usb : public ::testing::Test {
 protected:
  lobby::EmulatedUsb device{{0x1234, 0x5678, 7, {{0x82, false}, {0x01, false}}},
                            [this](std::uint8_t, Bytes bytes) { device.send(0x82, std::move(bytes)); },
                            [](std::uint8_t type, std::uint8_t request, auto...) -> std::optional<Bytes> {
                              if (type != 0xA1 || request != 1) return std::nullopt;
                              return Bytes{0x18};
                            }};
  UsbName name{0x1234, 0x5678, 7};
};

TEST_F(Usb, CarriesBytesBothWays) {
  const auto link = usb_link(name)->open(patience());
  ASSERT_TRUE(link) << link.error().what;
  Bytes many(1000);
  for (std::size_t i = 0; i < many.size(); ++i) many[i] = static_cast<std::uint8_t>(i);
  ASSERT_TRUE((*link)->write(many, patience()));
  Bytes back;
  while (back.size() < many.size()) {
    const auto some = (*link)->read(300, patience());
    ASSERT_TRUE(some);
    ASSERT_LE(some->size(), 300u);
    back.insert(back.end(), some->begin(), some->end());
  }
  EXPECT_EQ(back, many);
}

TEST_F(Usb, TheDescriptorsSayWhichPipesThereAre) {
  const auto bus = open_usb_bus();
  ASSERT_TRUE(bus);
  const auto opened = open_usb(*bus, name);
  ASSERT_TRUE(opened) << opened.error().what;
  ASSERT_EQ((*opened)->outs().size(), 1u);
  ASSERT_EQ((*opened)->ins().size(), 1u);
  EXPECT_EQ((*opened)->outs()[0].address, 0x01);
  EXPECT_EQ((*opened)->ins()[0].address, 0x82);
  EXPECT_FALSE((*opened)->ins()[0].interrupt);
}

TEST_F(Usb, ControlRequestsAreAnsweredAndUnknownOnesStall) {
  const auto bus = open_usb_bus();
  const auto opened = open_usb(*bus, name);
  ASSERT_TRUE(opened);
  EXPECT_EQ((*opened)->ask(0xA1, 1, 0, 0, 1, patience()), Bytes{0x18});
  EXPECT_EQ((*opened)->ask(0xA1, 9, 0, 0, 1, patience()).error().code, Errc::malformed);
  EXPECT_EQ((*opened)->ask(0xA1, 1, 0, 0, 1, patience()), Bytes{0x18});
}

TEST_F(Usb, WhatIsNotThereIsUnplugged) {
  EXPECT_EQ(usb_link({0x1234, 0x9999, {}})->open(patience()).error().code, Errc::unplugged);
  EXPECT_EQ(usb_link({0x1234, 0x5678, 3})->open(patience()).error().code, Errc::unplugged);
}

TEST_F(Usb, AReadEndsWithItsTimeAndWithAStopAndTheNextWorks) {
  const auto link = usb_link(name)->open(patience());
  ASSERT_TRUE(link);
  EXPECT_EQ((*link)->read(1, Wait::of(10ms)).error().code, Errc::timed_out);
  std::stop_source source;
  std::jthread ender([&] { source.request_stop(); });
  EXPECT_EQ((*link)->read(1, Wait{.stop = source.get_token()}).error().code, Errc::cancelled);
  ASSERT_TRUE((*link)->write(as_bytes("still there"), patience()));
  EXPECT_TRUE((*link)->read(64, patience()));
}

TEST_F(Usb, AStallIsMalformedOnceAndThenCleared) {
  const auto link = usb_link(name)->open(patience());
  ASSERT_TRUE(link);
  device.stall(0x01);
  EXPECT_EQ((*link)->write(as_bytes("x"), patience()).error().code, Errc::malformed);
  EXPECT_TRUE((*link)->write(as_bytes("x"), patience()));
}

TEST_F(Usb, UnplugEndsAReadAndReplugOpensAgain) {
  const auto opener = usb_link(name);
  for (int i = 0; i < 3; ++i) {
    auto link = opener->open(patience());
    for (const Wait soon = patience(); !link && soon.sleep(5ms);)
      link = opener->open(soon);  // the bus needs a moment
    ASSERT_TRUE(link) << link.error().what;
    std::jthread hand([this] {
      (void)Wait{}.sleep(20ms);
      device.unplug();
    });
    EXPECT_EQ((*link)->read(1, patience()).error().code, Errc::unplugged);
    EXPECT_EQ((*link)->write(as_bytes("x"), patience()).error().code, Errc::unplugged);
    hand.join();
    device.plug();
  }
}

}  // namespace
}  // namespace kiosk::drivers
