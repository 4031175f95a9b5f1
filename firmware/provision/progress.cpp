#include "firmware/provision/progress.hpp"

#include "hal/base/file.hpp"
#include "hal/base/log.hpp"

namespace kiosk::provision {
namespace {

std::string word_in(const std::filesystem::path& file) {
  auto text = read_file(file, 64).value_or("");
  while (text.ends_with('\n')) text.pop_back();
  return text;
}

}  // namespace

Progress read_progress(const std::filesystem::path& folder) {
  return {.trouble = word_in(folder / "trouble"), .stick = word_in(folder / "stick")};
}

void write_stick_progress(const std::filesystem::path& folder, std::string_view word) {
  if (const auto written = replace_file(folder / "stick", word); !written)
    log::warning("provision", "the glass cannot be told", {{"what", written.error().what}});
}

}  // namespace kiosk::provision
