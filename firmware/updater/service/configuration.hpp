#pragma once
// The updater's one configuration file, TOML; example.toml is a whole one. It is not the glass's: an update
// needs nothing of what a city set there.

#include <filesystem>
#include <string>

#include "firmware/updater/updater.hpp"
#include "hal/base/options.hpp"

namespace kiosk::updater {

struct Configuration {
  Rules rules;
  Place place;                                                 ///< but for what read_shipped() adds
  std::filesystem::path root_file;                             ///< the root that came with the image
  Options release_mirror, store, slots, citizens_side, power;  ///< for whoever makes these
};

/// Checks [update] alone. `storage` it cannot be read · `malformed` with file, line, key and what is allowed.
Result<Configuration> read_configuration(const std::filesystem::path& file);

/// The same from text already in memory; `name` is for messages.
Result<Configuration> parse_configuration(std::string_view toml, const std::string& name);

/// Reads what came with the image: the root, and from the file's own time when that was made. `storage`, and
/// `not_present` when there is no such file.
Result<void> read_shipped(Configuration& configuration);

}  // namespace kiosk::updater
