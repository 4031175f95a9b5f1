#pragma once
// One round of the client workflow: asks a mirror what is released, and believes only what is signed.

#include <chrono>
#include <string_view>

#include "firmware/update/trusted_store.hpp"
#include "firmware/update/workflow.hpp"
#include "hal/release_mirror.hpp"

namespace kiosk::update {

/// How the mirror is reached, and with that how late timestamp and snapshot may be.
enum class Line {
  online,   ///< a server: both must be fresh
  offline,  ///< a stick that was filled some time ago: each release says how late is too late for itself
};

/// What a refresh begins with.
struct Start {
  /// The root that came with the image. It counts when none is trusted yet, or only an older one.
  std::string_view shipped_root;
  WallTime now;         ///< read once: a document that is fresh at the start is fresh to the end (5.1)
  WallTime not_before;  ///< when the image was built: no clock is right that says less
  Line line = Line::online;
};

/// What is released.
struct Released {
  Root root;
  Targets targets;
  /// How long ago timestamp or snapshot expired, the longer of the two; 0 online.
  milliseconds overdue{0};
};

/// The moment by which dates are judged: a clock that was set back, or that stands at 1970, thaws no expired
/// document.
WallTime judged_time(const Start& start, std::optional<WallTime> good_time);

/// Runs the workflow and keeps each document as soon as it is trusted; what was kept stays when a later step
/// fails, and the next refresh goes on from there. Blocks as long as the mirror does.
///
/// The good time moves only when everything was fresh online, so a clock that runs ahead cannot move it
/// beyond the date that the metadata themselves expire: a day in 2099 locks nothing out.
///
/// Errors as in workflow.hpp, and: `malformed` no root to begin with · `storage` the kiosk's own memory ·
/// what ReleaseMirror::fetch says; `not_present` then means that the mirror lacks a document that another one
/// names.
Result<Released> refresh(hal::ReleaseMirror& mirror, TrustedStore& trusted, const Start& start,
                         const Wait& wait);

}  // namespace kiosk::update
