#pragma once
// A byte link to a device: serial line, TCP connection or USB pipes. Drivers speak their protocol over it and
// do not know which it is.

#include <memory>
#include <string>

#include "hal/base/bytes.hpp"
#include "hal/base/wait.hpp"

namespace kiosk::drivers {

/// A connected stream of bytes both ways. Used by one thread at a time.
class Link {
 public:
  virtual ~Link() = default;

  /// Writes all of `bytes`. `unplugged` when the line is dead, `timed_out`, `cancelled`: some may have left.
  virtual Result<void> write(BytesView bytes, const Wait& wait) = 0;

  /// Reads at least one byte, at most `most`. `unplugged` at the end of the stream; `timed_out`, `cancelled`.
  virtual Result<Bytes> read(std::size_t most, const Wait& wait) = 0;

  /// Throws away what has arrived and was not read. Does not block.
  virtual void drain() = 0;
};

/// Opens a link again and again: after an unplug the driver asks for a new one.
class LinkOpener {
 public:
  virtual ~LinkOpener() = default;

  /// Blocks until connected. `unplugged` no such device or nobody listens; `refused` no permission; `busy`
  /// held by another program; `timed_out`, `cancelled`.
  virtual Result<std::unique_ptr<Link>> open(const Wait& wait) = 0;

  /// For messages: "/dev/ttyS0", "127.0.0.1:9100", "usb 0400:c35a". No personal data.
  virtual std::string name() const = 0;
};

}  // namespace kiosk::drivers
