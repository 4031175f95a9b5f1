#include "drivers/link/camera_watch.hpp"

#include <atomic>

#include <gtest/gtest.h>

namespace kiosk::drivers {
namespace {

using namespace std::chrono_literals;

/// Until the watch has looked that often.
void await_looks(const std::atomic<int>& looks, int count) {
  const auto wait = Wait::of(60s);
  while (looks < count) ASSERT_TRUE(wait.sleep(5ms));
}

TEST(CameraWatch, ACameraThatWasNotGivenToUsYetIsUsedOnceItIs) {
  std::atomic<int> looks = 0;
  CameraWatch watch([&](const Wait&) -> Result<void> {
    if (++looks == 1) return fail(Errc::refused, "not ours yet");
    return {};
  });
  await_looks(looks, 2);
  const auto wait = Wait::of(60s);
  while (!watch.status().usable()) ASSERT_TRUE(wait.sleep(5ms)) << "the camera is lost until a restart";
}

TEST(CameraWatch, WhatACallSawIsNotClearedByALook) {
  std::atomic<int> looks = 0;
  CameraWatch watch([&](const Wait&) -> Result<void> {
    ++looks;
    return {};
  });
  await_looks(looks, 1);
  const auto wait = Wait::of(60s);
  while (!watch.status().usable()) ASSERT_TRUE(wait.sleep(5ms));
  watch.note(fail(Errc::refused, "no format that is spoken here"));
  await_looks(looks, 3);
  EXPECT_FALSE(watch.status().usable());
}

}  // namespace
}  // namespace kiosk::drivers
