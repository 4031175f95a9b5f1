#pragma once
// The rule that makes an old image stay old: a release's security version is above that of all before it.

#include <vector>

#include "firmware/update/release.hpp"

namespace kiosk::release {

/// `refused` a release for the same machines in one of these has the same secver or a higher one.
Result<void> check_secver(const update::Release& release, const std::vector<update::Targets>& earlier);

/// The same for every release in `next` that is not in the last of `earlier` as it stands, or for another
/// ring and otherwise as it stands: a rollout that is widened is no new release. `malformed` a
/// target that is for some machine and no whole release: kiosks would stumble over it.
Result<void> check_secvers(const update::Targets& next, const std::vector<update::Targets>& earlier);

}  // namespace kiosk::release
