#pragma once
// How setting up goes, for the glass: single words in files of one folder in memory. The program that takes
// sticks and the image's scripts write them, the program on the glass reads them; neither knows the other.

#include <filesystem>
#include <string>
#include <string_view>

namespace kiosk::provision {

/// The end of a text's id, not_ready.…; empty: nothing to say.
struct Progress {
  std::string trouble;  ///< why the data partition cannot be had: "foreign"
  std::string stick;    ///< "reading", "settings_taken", "data_opened", "refused.expired"
  bool operator==(const Progress&) const = default;
};

/// What stands in `folder` now. A file that is not there or cannot be read says nothing.
Progress read_progress(const std::filesystem::path& folder);

/// Replaces the stick's word. Best effort: a glass that does not hear stops nothing.
void write_stick_progress(const std::filesystem::path& folder, std::string_view word);

}  // namespace kiosk::provision
