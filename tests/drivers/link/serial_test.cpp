#include "drivers/link/serial.hpp"

#include <thread>

#include <gtest/gtest.h>

#include "tests/lobby/wire/pty.hpp"

namespace kiosk::drivers {
namespace {

using namespace std::chrono_literals;

Wait patience() {
  return Wait::of(10s);
}

TEST(Serial, CarriesEveryByteBothWays) {
  lobby::Pty pty;
  const auto link = serial_link(pty.path(), 115200)->open(patience());
  ASSERT_TRUE(link) << link.error().what;
  Bytes every(256);
  for (int i = 0; i < 256; ++i) every[static_cast<std::size_t>(i)] = static_cast<std::uint8_t>(i);

  ASSERT_TRUE((*link)->write(every, patience()));
  Bytes there;
  while (there.size() < every.size()) {
    const auto some = pty.read(4096, patience());
    ASSERT_TRUE(some);
    there.insert(there.end(), some->begin(), some->end());
  }
  EXPECT_EQ(there, every);

  ASSERT_TRUE(pty.write(every, patience()));
  Bytes back;
  while (back.size() < every.size()) {
    const auto some = (*link)->read(7, patience());
    ASSERT_TRUE(some);
    ASSERT_LE(some->size(), 7u);
    back.insert(back.end(), some->begin(), some->end());
  }
  EXPECT_EQ(back, every);
}

TEST(Serial, APathThatIsNotThereIsUnplugged) {
  EXPECT_EQ(serial_link("/dev/kiosk-no-such-line", 115200)->open(patience()).error().code, Errc::unplugged);
}

TEST(Serial, ASpeedNobodyHasIsInternal) {
  lobby::Pty pty;
  EXPECT_EQ(serial_link(pty.path(), 12345)->open(patience()).error().code, Errc::internal);
}

TEST(Serial, AFileIsNotALine) {
  EXPECT_EQ(serial_link("/proc/self/exe", 9600)->open(patience()).error().code, Errc::internal);
}

TEST(Serial, ASecondOpenerIsBusyUntilTheFirstCloses) {
  lobby::Pty pty;
  const auto opener = serial_link(pty.path(), 9600);
  {
    const auto first = opener->open(patience());
    ASSERT_TRUE(first);
    EXPECT_EQ(opener->open(patience()).error().code, Errc::busy);
  }
  EXPECT_TRUE(opener->open(patience()));
}

TEST(Serial, UnplugEndsAReadThatWaits) {
  lobby::Pty pty;
  const auto link = serial_link(pty.path(), 115200)->open(patience());
  ASSERT_TRUE(link);
  Errc code = Errc::internal;
  std::jthread reader([&] { code = (*link)->read(1, patience()).error().code; });
  pty.unplug();
  reader.join();
  EXPECT_EQ(code, Errc::unplugged);
  EXPECT_EQ((*link)->write(as_bytes("x"), patience()).error().code, Errc::unplugged);
}

TEST(Serial, OpensAgainAfterReplug) {
  lobby::Pty pty;
  const auto opener = serial_link(pty.path(), 115200);
  ASSERT_TRUE(opener->open(patience()));
  pty.unplug();
  EXPECT_EQ(opener->open(patience()).error().code, Errc::unplugged);
  pty.plug();
  const auto link = opener->open(patience());
  ASSERT_TRUE(link);
  ASSERT_TRUE(pty.write(as_bytes("hello"), patience()));
  EXPECT_TRUE((*link)->read(16, patience()));
}

TEST(Serial, AStopEndsAReadAndAWriteThatCannotGoOn) {
  lobby::Pty pty;
  const auto link = serial_link(pty.path(), 115200)->open(patience());
  ASSERT_TRUE(link);
  std::stop_source source;
  Errc read_code = Errc::internal;
  std::jthread reader([&] { read_code = (*link)->read(1, Wait::of(10s, source.get_token())).error().code; });
  source.request_stop();
  reader.join();
  EXPECT_EQ(read_code, Errc::cancelled);
  // Nobody reads at the other end, so the terminal's buffer fills up.
  EXPECT_EQ((*link)->write(Bytes(1 << 20), Wait::of(50ms)).error().code, Errc::timed_out);
  EXPECT_EQ((*link)->write(Bytes(1 << 20), Wait::of(10s, source.get_token())).error().code, Errc::cancelled);
}

TEST(Serial, DrainForgetsWhatArrived) {
  lobby::Pty pty;
  const auto link = serial_link(pty.path(), 115200)->open(patience());
  ASSERT_TRUE(link);
  ASSERT_TRUE(pty.write(as_bytes("old"), patience()));
  ASSERT_TRUE((*link)->read(1, patience()));  // so it has arrived
  (*link)->drain();
  ASSERT_TRUE(pty.write(as_bytes("new"), patience()));
  const auto got = (*link)->read(1, patience());
  ASSERT_TRUE(got);
  EXPECT_EQ(as_text(*got), "n");
}

}  // namespace
}  // namespace kiosk::drivers
