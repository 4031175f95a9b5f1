#pragma once
// A kiosk beside the update server of its city, as every test of an update starts it. Citizens may have
// applied at it.

#include "tests/image/applying.hpp"
#include "tests/image/update_server.hpp"

namespace kiosk::image {

class Updating : public Applying {
 protected:
  explicit Updating(bool usb = false) : Applying(usb) {}

  void SetUp() override;
  void TearDown() override;

  /// A release of the image under test; see make-release.
  std::filesystem::path make_release(const char* fault = "none", int secver = 2);

  /// A kiosk that finds release 2 on its server, up to the restart that the updater asks for. With a
  /// `write_log` of its disk's writes, what they began with is left in before_.
  void install(const char* fault = "none", const std::filesystem::path& write_log = {});

  /// A machine that does not run and has installed release 2: the first of a run did it, and all are copies
  /// of that.
  void make_installed();

  /// The system in this slot is one with a fault instead, release 1 in A and 2 in B; the machine does not
  /// run.
  void poison(char slot, const char* fault);

  /// The boot loader gives this slot one more start; the machine does not run.
  void leave_one_try(char slot);

  /// The new system's trial, from its start until it is committed.
  void expect_commit();

  void expect_back_soon(const char* name);

  /// What the updater remembers; left in "data-NAME". A disk in use is read until that goes well.
  updater::State state(const char* name);

  /// What came of the look at the server that was the last of so many in a row that failed.
  std::string await_said(int failures);

  /// As the ledger tells it, once it does.
  updater::Action await_end(std::chrono::seconds at_most);

  KioskDisk before_;
  std::unique_ptr<UpdateServer> server_;
};

}  // namespace kiosk::image
