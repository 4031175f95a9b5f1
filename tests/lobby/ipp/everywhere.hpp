#pragma once
// ippeveprinter (Debian: cups-ipp-utils), a real IPP Everywhere printer, as the lobby's A4 printer.

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "hal/base/bytes.hpp"
#include "tests/lobby/wire/child.hpp"
#include "tests/lobby/wire/private_bus.hpp"

namespace kiosk::lobby {

/// Its own program, its own D-Bus daemon (it insists on one) and a folder of its own; all three end with it.
/// Start it from a thread that outlives it (see Child). Calls from one thread at a time.
class IppEverywhere {
 public:
  /// On localhost; port 0 takes a free one. Blocks until it answers. `not_present` a program is missing,
  /// `timed_out` it did not come up in 10 s.
  static Result<std::unique_ptr<IppEverywhere>> start(
      std::uint16_t port = 0, std::string formats = "application/pdf,image/pwg-raster");
  ~IppEverywhere();

  std::string uri() const;

  /// The next jobs' sheets take this long; 50 ms at first.
  void set_page_time(std::chrono::milliseconds time);
  /// The paper sticks from now on, in a job under way too; false: it has been taken out.
  void jam(bool on);
  /// Jobs end as aborted.
  void fail_jobs(bool on);
  /// Tells it how much paper its tray holds.
  Result<void> load_paper(bool loaded);
  void unplug();
  Result<void> plug_in();

  /// What is whole on paper, oldest first.
  std::vector<Bytes> documents() const;

 private:
  IppEverywhere(std::string folder, std::uint16_t port, std::string formats);
  Result<void> write_files() const;
  void flag(const char* name, bool on) const;

  std::string folder_;
  std::uint16_t port_;
  std::string formats_;
  PrivateBus bus_;
  Child printer_;
};

}  // namespace kiosk::lobby
