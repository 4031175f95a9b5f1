#include "tests/support/fake_release_mirror.hpp"

#include <algorithm>
#include <utility>

#include "hal/base/file.hpp"

namespace kiosk::testing {

Result<const std::string*> FakeReleaseMirror::find(const std::string& path, const Wait& wait) {
  TRY(wait.check());
  if (!hal::is_plain_path(path)) return fail(Errc::refused, "a path that is not plain");
  asked_.push_back(path);
  if (error_) return std::unexpected(*error_);
  const auto found = files.find(path);
  if (found == files.end()) return fail(Errc::not_present, "no such file");
  return &found->second;
}

Result<std::string> FakeReleaseMirror::fetch(const std::string& path, std::size_t most, const Wait& wait) {
  const auto* text = TRY(find(path, wait));
  if (text->size() > most) return fail(Errc::malformed, "larger than allowed");
  return *text;
}

Result<void> FakeReleaseMirror::download(const std::string& path, std::int64_t length,
                                         const std::filesystem::path& file, const OnProgress& progress,
                                         const Wait& wait) {
  constexpr std::size_t piece = 64 * 1024;
  const auto* text = TRY(find(path, wait));
  if (progress) progress(0, length);
  for (std::size_t done = 0; done < text->size();) {
    TRY(wait.check());
    done = std::min(done + piece, text->size());
    if (progress) progress(static_cast<std::int64_t>(done), length);
  }
  if (std::cmp_not_equal(text->size(), length)) {
    std::filesystem::remove(file);
    return fail(Errc::malformed, "another length");
  }
  return replace_file(file, *text);
}

}  // namespace kiosk::testing
