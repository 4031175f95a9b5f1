// The walls around the image's two services, tried from inside by somebody who got hold of one (`probe`),
// each in its own unit as it is; and that nobody can log in.

#include <algorithm>
#include <fstream>
#include <set>

#include <arpa/inet.h>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>

#include "hal/base/file.hpp"
#include "tests/image/updating.hpp"

namespace kiosk::image {
namespace {

namespace fs = std::filesystem;

constexpr const char* open = "open";
constexpr const char* readonly = "shut (Read-only file system)";
constexpr const char* denied = "shut (Permission denied)";
constexpr const char* not_permitted = "shut (Operation not permitted)";
constexpr const char* not_there = "shut (No such file or directory)";

struct Wall {
  const char *name, *kiosk, *updater;
};

/// Why a try fails tells which wall it ran into: where one is gone, the next one mostly says something else.
/// Of a handler that refuses RAUC says no more than that; why it did stands in the journal.
constexpr Wall walls[] = {
    {"files-of-programs", readonly, readonly},
    {"files-of-system", readonly, readonly},
    {"settings", readonly, readonly},
    {"data-of-kiosk", open, denied},
    {"data-of-updater", denied, open},
    {"state-of-boot-loader", denied, open},
    {"folder-of-all", readonly, readonly},
    {"request-for-restart", denied, open},
    {"homes", denied, denied},
    {"records-of-kiosk", open, denied},
    {"key-of-kiosk", open, denied},
    {"key-of-updater", denied, open},
    {"first-process", not_there, open},
    {"kernel-facts", not_there, open},
    {"kernel-log", denied, denied},
    {"console", denied, denied},
    {"memory", denied, denied},
    {"disk", denied, denied},
    {"other-root-written", denied, denied},
    {"other-root-read", denied, open},
    {"state-partition-read", denied, not_permitted},
    {"tpm", denied, denied},
    {"made-up-finger", not_there, not_there},
    {"user-namespace", not_permitted, not_permitted},
    {"mount", not_permitted, not_permitted},
    {"trace", not_permitted, not_permitted},
    {"signal", not_permitted, not_permitted},
    {"priority", not_permitted, not_permitted},
    {"other-personality", not_permitted, not_permitted},
    {"calls-of-32-bits", "shut (Bad system call)", "shut (Bad system call)"},
    {"writable-code", not_permitted, not_permitted},
    {"set-uid-bit", not_permitted, not_permitted},
    {"rights", "shut (none is within reach)", "shut (none is within reach)"},
    {"clock", not_permitted, not_permitted},
    {"packet-socket", "shut (Address family not supported by protocol)",
     "shut (Address family not supported by protocol)"},
    {"raw-socket", not_permitted, not_permitted},
    {"peer", open, open},
    {"stranger", "shut (No route to host)", "shut (No route to host)"},
    {"foreign-bundle", "shut (org.freedesktop.DBus.Error.AccessDenied)",
     "shut (signature verification failed: Verify error: unable to get local issuer certificate)"},
    {"same-bundle", "shut (org.freedesktop.DBus.Error.AccessDenied)",
     "shut (Pre-install handler error: Child process exited with code 1)"},
};

/// Somebody on this machine whom the city did not name as a peer, and whom the guest sees as 10.0.2.2.
class Stranger {
 public:
  Stranger() : port_(free_port()), socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port_));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    listens_ = ::bind(socket_.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0 &&
               ::listen(socket_.get(), 8) == 0;
  }

  bool listens() const { return listens_; }
  int port() const { return port_; }

  bool somebody_came() const {
    pollfd one{.fd = socket_.get(), .events = POLLIN, .revents = 0};
    return ::poll(&one, 1, 0) != 0;
  }

 private:
  int port_;
  Fd socket_;
  bool listens_ = false;
};

class Walls : public Updating {
 protected:
  /// The probe beside the image's own files, where make-release finds it, started by both units before their
  /// program.
  void lay_probe(int forbidden) {
    const auto more = folder_ / "release-1" / "more";
    const auto units = more / "etc/systemd/system";
    fs::create_directories(more / "usr/lib/kiosk");
    fs::copy_file(fs::read_symlink("/proc/self/exe").parent_path() / "probe", more / "usr/lib/kiosk/probe",
                  fs::copy_options::overwrite_existing);
    // What the updater itself would look at first: here RAUC and its gate are alone with them.
    ASSERT_NO_FATAL_FAILURE(lay_bundle(more, "foreign", {"2"}));
    ASSERT_NO_FATAL_FAILURE(lay_bundle(more, "same", {"1", site_->keys}));
    for (const auto* service : {"kiosk", "kiosk-updater"}) {
      const auto folder = units / fmt::format("{}.service.d", service);
      fs::create_directories(folder);
      // After what it tries: a folder that is not mounted yet would be shut for another reason.
      std::ofstream(folder / "probe.conf")
          << "[Unit]\nAfter=state.mount systemd-networkd.service\n"
          << fmt::format(
                 "[Service]\nTimeoutStartSec=10min\nExecStartPre=-/usr/lib/kiosk/"
                 "probe {} {} {}\n",
                 service, site_->update_port, forbidden);
    }
  }

  /// See make-small-bundle.
  void lay_bundle(const fs::path& more, const std::string& name, std::vector<std::string> words) {
    const auto made = folder_ / name;
    fs::create_directories(made);
    words.insert(words.begin(), made);
    const auto done = run_script("make-small-bundle", std::move(words), folder_ / (name + ".log"), 60s);
    ASSERT_TRUE(done) << done.error().what;
    fs::copy_file(made / "update.raucb", more / "usr/lib/kiosk" / (name + ".raucb"),
                  fs::copy_options::overwrite_existing);
  }

  /// What the probe said, once both are done: the log comes to the disk when the machine gets to it.
  std::set<std::string> said() {
    std::set<std::string> lines;
    const auto wait = Wait::of(400s);
    while (!lines.contains("kiosk done") || !lines.contains("kiosk-updater done")) {
      if (!wait.sleep(10s)) break;
      if (!read_data(disk_, folder_, "probe")) continue;
      std::ifstream journal(folder_ / "data-probe/journal.txt");
      const std::string mark = "]: probe: ";
      for (std::string line; std::getline(journal, line);) {
        if (const auto at = line.find(mark); at != std::string::npos)
          lines.insert(line.substr(at + mark.size()));
      }
    }
    return lines;
  }
};

TEST_F(Walls, HoldWhoeverGotHoldOfAService) {
  const Stranger stranger;
  ASSERT_TRUE(stranger.listens());
  ASSERT_NO_FATAL_FAILURE(lay_probe(stranger.port()));
  ASSERT_NO_FATAL_FAILURE(poison('A', "more"));
  ASSERT_NO_FATAL_FAILURE(power_on(false));
  ASSERT_NO_FATAL_FAILURE(expect_attract("attract", 3 * boot_time));

  std::set<std::string> expected{"kiosk done", "kiosk-updater done"};
  for (const auto& [name, kiosk, updater] : walls) {
    expected.insert(fmt::format("kiosk {} {}", name, kiosk));
    expected.insert(fmt::format("kiosk-updater {} {}", name, updater));
  }
  EXPECT_THAT(said(), ::testing::ContainerEq(expected));
  EXPECT_FALSE(stranger.somebody_came());
}

using Logins = Booted;

TEST_F(Logins, NoUnitGivesAShellAndNobodyHasAPassword) {
  const auto answer = folder_ / "logins";
  const auto read = run_script("read-logins", {site_->image}, answer, 60s);
  ASSERT_TRUE(read) << read.error().what;
  EXPECT_EQ(read_file(answer, 1 << 16).value_or(""),
            "console-getty.service masked\ncontainer-getty@.service masked\ndebug-shell.service masked\n"
            "getty@.service masked\nrescue.service masked\nserial-getty@.service masked\n"
            "systemd-logind.service masked\n");
}

}  // namespace
}  // namespace kiosk::image
