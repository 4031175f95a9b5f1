#pragma once
// Where releases come from: a city's web server, a stick. A mirror is never believed. It may be old, broken
// or in a stranger's hands; what it gives is verified by whoever asked (firmware/update). All it can do is
// say nothing, and the limits here keep it from costing more than time.
//
// Source of the layout: The Update Framework 1.0, sections 3.1 and 6.2: "metadata/" holds 1.root.json,
// timestamp.json, 7.snapshot.json …, "targets/" the files, each with its hash before its name.

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "hal/base/wait.hpp"

namespace kiosk::hal {

/// Whether a mirror may be asked for this path: relative, with "/" between names; no name empty, "." or "..",
/// no control character, no backslash; at most 512 bytes. Paths stand in signed documents, but a signer errs
/// too.
constexpr bool is_plain_path(std::string_view path) {
  if (path.empty() || path.size() > 512) return false;
  std::size_t begin = 0;
  while (begin <= path.size()) {
    const auto end = path.find('/', begin) == path.npos ? path.size() : path.find('/', begin);
    const auto name = path.substr(begin, end - begin);
    if (name.empty() || name == "." || name == "..") return false;
    for (const char letter : name) {
      if ((letter >= '\0' && letter < ' ') || letter == '\\' || letter == '\x7f') return false;
    }
    begin = end + 1;
  }
  return true;
}

/// One mirror. One thread at a time.
///
/// Errors of both calls: `not_present` there is no such file · `refused` the path is not plain, or the mirror
/// does not give the file (a redirect, 401, 403, a symbolic link, a folder) · `malformed` what it gives is
/// not the file as it was asked for: too large, another length, compressed, another range · `busy` it asks to
/// be left alone: see retry_after() · `unreachable` no connection, TLS refused, silence, too slow, cut off,
/// another failure of the server: worth another try later · `unplugged` the stick is gone · `cancelled`,
/// `timed_out`.
class ReleaseMirror {
 public:
  /// How many bytes of a file there are so far, of how many.
  using OnProgress = std::function<void(std::int64_t done, std::int64_t length)>;

  virtual ~ReleaseMirror() = default;

  /// A small document, whole, of at most `most` bytes; more is `malformed`, and is not read to its end.
  /// Blocks.
  virtual Result<std::string> fetch(const std::string& path, std::size_t most, const Wait& wait) = 0;

  /// Brings a file of exactly `length` bytes to `file`. What an earlier call left there is gone on with, if
  /// the mirror says that its file is still the same; else it begins anew by itself. Whether the bytes are
  /// right is not looked at: a machine that lost power, or a mirror that lies, may leave others. After
  /// `unreachable`, `busy`, `cancelled` or `timed_out` the part that came stays for the next call; after
  /// `malformed` nothing stays. `progress` is called on this thread, with what is there at the beginning, and
  /// then for every piece. Also `storage`: the disk is full or failing; what came stays. Blocks: minutes on a
  /// slow line.
  virtual Result<void> download(const std::string& path, std::int64_t length,
                                const std::filesystem::path& file, const OnProgress& progress,
                                const Wait& wait) = 0;

  /// What the mirror asked for in its last answer: not to be asked again before this much time has passed
  /// (RFC 9110 10.2.3); at most a day. Nothing when it did not. Does not block.
  virtual std::optional<std::chrono::seconds> retry_after() const = 0;
};

}  // namespace kiosk::hal
