#pragma once
// The glass of a machine that cannot begin to serve: it was not set up, or something must be mended first.

#include <filesystem>
#include <string>

#include "hal/base/result.hpp"

namespace kiosk::app {

/// Says so until SIGTERM, with the machine's number and what `folder` tells
/// (firmware/provision/progress.hpp): setting up ends with a restart of the machine. `trouble`: what must be
/// mended, when it is not of the data; the end of a text's id, not_ready.trouble.…. Errors are those of the
/// display. The panel is the first that there is, upright.
Result<void> stand_not_ready(const std::filesystem::path& folder, const std::string& trouble);

}  // namespace kiosk::app
