#pragma once
// The far end of a serial line: a pseudo-terminal whose near end stands at a path that stays the same when
// the device is unplugged and plugged in again.

#include <memory>
#include <string>

#include "hal/base/bytes.hpp"
#include "hal/base/fd.hpp"
#include "hal/base/latest.hpp"

namespace kiosk::lobby {

/// One reader and one writer thread; plug() and unplug() from any thread. Plugged from the start.
class Pty {
 public:
  /// `path` becomes a symbolic link to the terminal; empty: a new path in the temporary directory.
  explicit Pty(std::string path = {});
  Pty(const Pty&) = delete;
  Pty& operator=(const Pty&) = delete;
  ~Pty();

  /// What the driver opens.
  const std::string& path() const { return path_; }

  /// The path disappears and whoever has it open sees the line end.
  void unplug();
  void plug();
  bool plugged() const { return ends_.get() != nullptr; }

  /// Blocks for at least one byte from the driver. `unplugged` at once while unplugged; `cancelled`,
  /// `timed_out`.
  Result<Bytes> read(std::size_t most, const Wait& wait);
  Result<void> write(BytesView bytes, const Wait& wait);

  /// Blocks until the driver has sent something, without reading it. Errors as read().
  Result<void> readable(const Wait& wait);

 private:
  struct Ends;
  Result<void> await(Ends& ends, short events, const Wait& wait);

  std::string path_;
  std::string folder_;  ///< ours to remove, when we made it
  Latest<std::shared_ptr<Ends>> ends_;
};

}  // namespace kiosk::lobby
