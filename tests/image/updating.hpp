#pragma once
// A kiosk beside the update server of its city, as every test of an update starts it.

#include "tests/image/booted.hpp"
#include "tests/image/update_server.hpp"

namespace kiosk::image {

class Updating : public Booted {
 protected:
  explicit Updating(bool usb = false) : Booted(usb) {}

  void SetUp() override;
  void TearDown() override;

  /// The next release of the image under test; see make-release.
  std::filesystem::path make_release(const char* fault, int secver);

  /// A kiosk that finds this release, number 2, on its server, up to the restart that the updater asks for.
  /// With a `write_log` of its disk's writes, what they began with is left in before_.
  void install(const char* fault, const std::filesystem::path& write_log = {});

  /// The boot loader gives the new system one more start; the machine does not run.
  void leave_one_try();

  /// Of a machine that does not run; in a folder of that name.
  KioskDisk copy(const KioskDisk& disk, const char* name);

  /// The new system's trial, from its start until it is committed.
  void expect_commit();

  void expect_back_soon(const char* name);
  void expect_restart(const char* why, std::chrono::seconds at_most = 900s);

  /// What the updater remembers at this moment; left in "data-NAME".
  updater::State state(const char* name);

  /// What came of the look at the server that was the last of so many in a row that failed.
  std::string await_said(int failures);

  /// As the ledger tells it, once it does.
  updater::Action await_end(std::chrono::seconds at_most);

  KioskDisk before_;
  std::unique_ptr<UpdateServer> server_;
};

}  // namespace kiosk::image
