#include "drivers/link/camera_watch.hpp"

#include <chrono>
#include <string>
#include <utility>

#include "hal/base/thread_name.hpp"

namespace kiosk::drivers {
namespace {

using namespace std::chrono_literals;
using hal::Actor;
using hal::DeviceState;

hal::DeviceStatus status_of(const Error& error) {
  const auto with = [&](DeviceState state, Actor actor) {
    return hal::DeviceStatus{.state = state, .paper = {}, .toner = {}, .actor = actor, .detail = error.what};
  };
  switch (error.code) {
    case Errc::busy:
      return with(DeviceState::offline, Actor::reset);
    case Errc::refused:
      return with(DeviceState::offline, Actor::configuration);
    case Errc::unplugged:
    case Errc::unreachable:
      return with(DeviceState::no_device, Actor::maintenance);
    default:
      return with(DeviceState::hardware_error, Actor::maintenance);
  }
}

}  // namespace

CameraWatch::CameraWatch(std::function<Result<void>(const Wait&)> probe)
    : worker_([this, probe = std::move(probe)](const std::stop_token& stop) { look(probe, stop); }) {}

void CameraWatch::note(const Result<void>& outcome) {
  if (outcome || outcome.error().code != Errc::cancelled) call_failed_ = !outcome;
  set(outcome);
}

void CameraWatch::set(const Result<void>& outcome) {
  if (outcome) {
    status_.set({.state = DeviceState::online, .paper = {}, .toner = {}, .actor = Actor::none, .detail = {}});
  } else if (outcome.error().code != Errc::cancelled) {
    status_.set(status_of(outcome.error()));
  }
}

void CameraWatch::look(const std::function<Result<void>(const Wait&)>& probe, const std::stop_token& stop) {
  name_thread("camera watch");
  do {
    if (streaming_) continue;
    const auto outcome = probe(Wait::of(1s, stop));
    // A camera that is there may still be broken, held or set up wrongly: only what the probe can see is
    // cleared. It sees a camera refused as well, that udev has not given to us yet.
    if (!outcome) call_failed_ = false;
    const auto state = status().state;
    const bool only_a_stream_can_tell = state == DeviceState::hardware_error || state == DeviceState::offline;
    if (!streaming_ && !(outcome && call_failed_ && only_a_stream_can_tell)) set(outcome);
  } while (Wait{.until = Steady::time_point::max(), .stop = stop}.sleep(4s));
}

}  // namespace kiosk::drivers
