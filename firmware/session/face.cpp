#include "firmware/session/face.hpp"

#include "hal/base/log.hpp"
#include "screens/citizen/look_at_camera.hpp"
#include "screens/citizen/working.hpp"

namespace kiosk::session {

using screens::LookAtCamera;

namespace {

constexpr int attempts = 3;
constexpr auto attempt_time = 15s, unhurried_attempt_time = 30s;  // UX 2.5
constexpr int good_frames = 2;  // one after the other: a hand that passes by is not a face that holds still

LookAtCamera::Hint hint_of(hal::FaceFault fault) {
  switch (fault) {
    case hal::FaceFault::none:
      return LookAtCamera::Hint::hold_still;
    case hal::FaceFault::no_face:
      return LookAtCamera::Hint::no_face;
    case hal::FaceFault::several_faces:
      return LookAtCamera::Hint::several_faces;
    case hal::FaceFault::too_dark:
      return LookAtCamera::Hint::too_dark;
    case hal::FaceFault::too_bright:
      return LookAtCamera::Hint::too_bright;
    case hal::FaceFault::too_far:
      return LookAtCamera::Hint::too_far;
    case hal::FaceFault::too_near:
      return LookAtCamera::Hint::too_near;
    case hal::FaceFault::off_centre:
      return LookAtCamera::Hint::off_centre;
    case hal::FaceFault::blurred:
      return LookAtCamera::Hint::blurred;
  }
  std::unreachable();
}

/// A camera that is silent for longer than it may be is broken; the person has not failed.
template <class T>
Result<T> no_pictures(Result<T> from_camera) {
  if (from_camera || from_camera.error().code != Errc::timed_out) return from_camera;
  return fail(Errc::unplugged, "the camera sends no pictures");
}

/// Runs the mirror until a good picture was taken. `timed_out`: not within one attempt's time.
Result<PersonalBytes> take_portrait(Session& s, LookAtCamera page, const Wait& wait) {
  auto stream = TRY(no_pictures(s.devices.camera.start(wait)));
  const auto attempt = wait.at_most(s.ui.accessible() ? unhurried_attempt_time : attempt_time);
  int good = 0;
  for (;;) {
    auto next = stream->next(attempt);
    auto frame = TRY(attempt.check() ? no_pictures(std::move(next)) : std::move(next));
    auto finding = TRY(s.devices.faces.examine(frame, attempt));
    good = finding.fault == hal::FaceFault::none ? good + 1 : 0;
    if (good >= good_frames) return std::move(finding.portrait);
    page.hint = hint_of(finding.fault);
    page.preview = std::make_shared<screens::Picture::Dots>(
        screens::Picture::Dots{frame.width, frame.height, std::move(frame.bgrx)});
    s.ui.update(page);
    TRY(attempt.check());
  }
}

bool camera_at_fault(Errc code) {
  return code == Errc::unplugged || code == Errc::busy || code == Errc::refused ||
         code == Errc::unreachable || code == Errc::malformed || code == Errc::internal;
}

}  // namespace

Result<std::variant<std::string, FaceFailure>> verify_live_face(Session& s, const hal::IdCard& card) {
  using Verified = std::variant<std::string, FaceFailure>;
  bool refused_before = false;
  for (int left = attempts; left > 0; --left) {
    const LookAtCamera page{.attempts_left = left, .refused_before = refused_before, .step = s.step};
    auto taken = s.ui.ask_while(page, s.wait, [&](const Wait& wait) { return take_portrait(s, page, wait); });
    if (!taken) {
      const auto& error = taken.error();
      if (error.code == Errc::timed_out) continue;
      if (!camera_at_fault(error.code)) return std::unexpected(error);
      log::warning("session", "the camera gave no picture",
                   {{"code", name_of(error.code)}, {"what", error.what}});
      return Verified(FaceFailure::camera_down);
    }
    if (taken->index() == 0) return Verified(FaceFailure::other_way_chosen);

    s.ui.show(screens::Working{.what = screens::Working::What::verifying_face});
    const auto verdict = s.registry.verify_face(card, std::get<1>(*taken), s.within(10s));
    if (!verdict) {
      TRY(s.wait.check());
      TRY(s.note("face.not_compared", {{"code", std::string(name_of(verdict.error().code))}}));
      return Verified(FaceFailure::registry_silent);
    }
    TRY(s.note("face.compared", {{"same_person", verdict->same_person}}));
    if (verdict->same_person) return Verified(verdict->evidence);
    refused_before = true;
  }
  return Verified(FaceFailure::not_the_same);
}

}  // namespace kiosk::session
