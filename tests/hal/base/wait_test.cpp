#include "hal/base/wait.hpp"

#include <thread>

#include <gtest/gtest.h>
#include <poll.h>
#include <unistd.h>

#include "hal/base/fd.hpp"
#include "hal/base/mailbox.hpp"

namespace kiosk {
namespace {

using namespace std::chrono_literals;

/// A pipe nobody writes to.
struct SilentPipe {
  SilentPipe() {
    int ends[2];
    EXPECT_EQ(::pipe(ends), 0);
    read_end = Fd(ends[0]);
    write_end = Fd(ends[1]);
  }
  Fd read_end, write_end;
};

TEST(Wait, EndsWhenTheTimeIsUp) {
  EXPECT_EQ(Wait::of(1ms).sleep(10s).error().code, Errc::timed_out);
  EXPECT_TRUE(Wait::of(10s).sleep(1ms));
}

TEST(Wait, AStopEndsASleepAPollAndAMailbox) {
  for (int kind = 0; kind < 3; ++kind) {
    std::stop_source source;
    const SilentPipe pipe;
    Mailbox<int> mailbox;
    Errc code = Errc::internal;
    std::jthread waiter([&] {
      const auto wait = Wait::of(60s, source.get_token());
      if (kind == 0) code = wait.sleep(60s).error().code;
      if (kind == 1) code = poll_fd(pipe.read_end.get(), POLLIN, wait).error().code;
      if (kind == 2) code = mailbox.take(wait).error().code;
    });
    source.request_stop();
    waiter.join();
    EXPECT_EQ(code, Errc::cancelled) << kind;
  }
}

TEST(Wait, OneStepIsNeverLongerThanTheWhole) {
  const auto whole = Wait::of(10ms);
  EXPECT_EQ(whole.at_most(1h).until, whole.until);
  EXPECT_LT(whole.at_most(1ms).until, whole.until);
  EXPECT_LE(Wait{}.left(), 1h);
}

TEST(Wait, APollReportsWhatArrived) {
  const SilentPipe pipe;
  EXPECT_EQ(poll_fd(pipe.read_end.get(), POLLIN, Wait::of(1ms)).error().code, Errc::timed_out);
  ASSERT_EQ(::write(pipe.write_end.get(), "x", 1), 1);
  EXPECT_EQ(poll_fd(pipe.read_end.get(), POLLIN, Wait::of(10s)), POLLIN);
}

TEST(Mailbox, ValuesComeInOrderAndWakeTheReader) {
  int woken = 0;
  Mailbox<int> mailbox([&] { ++woken; });
  EXPECT_EQ(mailbox.try_take(), std::nullopt);
  mailbox.post(1);
  mailbox.post(2);
  EXPECT_EQ(woken, 2);
  EXPECT_EQ(mailbox.take(Wait::of(0ms)), 1);
  EXPECT_EQ(mailbox.try_take(), 2);
  EXPECT_EQ(mailbox.take(Wait::of(1ms)).error().code, Errc::timed_out);
}

}  // namespace
}  // namespace kiosk
