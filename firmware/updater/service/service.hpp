#pragma once
// The two ways in which the updater works: as a service for good, and once from a stick.

#include "firmware/update/json.hpp"
#include "firmware/updater/service/outfit.hpp"

namespace kiosk::updater {

/// Works until it is stopped (success), step by step, and gives its turn up between them and while it asks
/// the server, so that a stick can have it. What goes wrong is logged and tried again after a minute. Errors:
/// what `outfit` says of the configuration, but for the server, without which trials are still judged ·
/// `timed_out` for as long as a trial may last nothing went right at all, so that whoever watches this
/// program sees what a log alone does not show.
Result<void> serve(Configuration configuration, const Outfit& outfit, const Wait& wait);

/// One value a line: {"event":"release"|"step"|"progress"|"waiting"|"outcome", …}.
using Say = std::function<void(const update::Json& line)>;

/// From a folder with "metadata/" and "targets/": the same steps and the same gates; the night and a quiet
/// quarter of an hour are not waited for, but whoever is served is. Ends with an outcome: "restarting" (the
/// trial is the service's, after the start), "nothing_newer", or one of outcome_names with its reason.
/// Errors: `busy` an update is on trial, or the service is in the middle of an installation · `refused`,
/// `malformed`, `unplugged` … what the stick offers must not or cannot be believed, see update::refresh and
/// update::release_for · `cancelled`: the service goes on with what is on the disk already.
Result<Outcome> install_from(const std::filesystem::path& stick, Configuration configuration,
                             const Outfit& outfit, const Say& say, const Wait& wait);

}  // namespace kiosk::updater
