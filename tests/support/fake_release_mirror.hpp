#pragma once
// A mirror that keeps its files in memory: the fake of hal/release_mirror.hpp.

#include <map>
#include <string>
#include <vector>

#include "hal/release_mirror.hpp"

namespace kiosk::testing {

class FakeReleaseMirror final : public hal::ReleaseMirror {
 public:
  Result<std::string> fetch(const std::string& path, std::size_t most, const Wait& wait) override;
  Result<void> download(const std::string& path, std::int64_t length, const std::filesystem::path& file,
                        const OnProgress& progress, const Wait& wait) override;
  std::optional<std::chrono::seconds> retry_after() const override { return retry_after_; }

  /// What it has, by path. Tests change it as they like.
  std::map<std::string, std::string> files;

  /// Nothing is answered from now on but this.
  void fail_with(std::optional<Error> error) { error_ = std::move(error); }
  void ask_for_pause(std::optional<std::chrono::seconds> pause) { retry_after_ = pause; }

  /// The paths that were asked for, in order.
  const std::vector<std::string>& asked() const { return asked_; }

 private:
  Result<const std::string*> find(const std::string& path, const Wait& wait);

  std::optional<Error> error_;
  std::optional<std::chrono::seconds> retry_after_;
  std::vector<std::string> asked_;
};

}  // namespace kiosk::testing
