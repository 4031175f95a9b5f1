#include "tests/image/booted.hpp"

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <utility>

#include <fmt/format.h>
#include <sys/resource.h>

#include "hal/base/file.hpp"
#include "tests/image/run.hpp"

namespace kiosk::image {

namespace fs = std::filesystem;

namespace {

constexpr double clock_and_chip = 0.02, clock_alone = 0.0015;

std::string variable(const char* name) {
  const auto* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

/// Of this process and all that it started and that ended, its machines above all.
std::chrono::microseconds processor_time() {
  std::chrono::microseconds sum{};
  for (const auto who : {RUSAGE_SELF, RUSAGE_CHILDREN}) {
    rusage used{};
    ::getrusage(who, &used);
    for (const auto& part : {used.ru_utime, used.ru_stime})
      sum += std::chrono::seconds(part.tv_sec) + std::chrono::microseconds(part.tv_usec);
  }
  return sum;
}

/// Among the processes of this run; `./kiosk test image` fails when a test was nobody's.
bool another_has(const ::testing::TestInfo& test) {
  if (claims().empty()) return false;
  const auto claim = claims() / fmt::format("{}.{}", test.test_suite_name(), test.name());
  const bool claimed = std::ofstream(claim, std::ios::noreplace).is_open();
  EXPECT_TRUE(claimed || fs::exists(claim)) << "nobody can claim " << claim;
  return !claimed;
}

}  // namespace

void Booted::SetUp() {
  const auto& test = *::testing::UnitTest::GetInstance()->current_test_info();
  const std::string name = test.name();
  folder_ = fs::path(variable("KIOSK_PICTURES")) / name;
  if (another_has(test)) GTEST_SKIP() << "another process has it";
  begun_at_ = processor_time();
  if (usb_) {
    auto own = Site::open(name + "/site", true);
    ASSERT_TRUE(own) << own.error().what;
    own_ = std::move(*own);
    site_ = own_.get();
  } else {
    const auto site = Site::get();
    ASSERT_TRUE(site) << site.error().what;
    site_ = *site;
  }
  hall_ = site_->hall.get();
  configuration_ = site_->configuration;
  if (!usb_) fs::remove_all(folder_);
  fs::create_directories(folder_);
}

void Booted::TearDown() {
  machine_.reset();
  fs::remove(folder_ / "disk.img");
  if (IsSkipped()) return;
  fmt::print("{:.0f} s of processor time\n",
             std::chrono::duration<double>(processor_time() - begun_at_).count());
}

void Booted::make_factory_disk() {
  auto disk = factory_disk(site_->image, site_->keys, folder_, variable("KIOSK_CMDLINE"));
  ASSERT_TRUE(disk) << disk.error().what;
  disk_ = *disk;
}

void Booted::make_disk(Damage damage) {
  auto& golden = site_->golden;
  if (golden.disk.empty()) {
    const auto made = site_->machines / "golden";
    const auto making = lock(made, Wait::of(90min));
    ASSERT_TRUE(making) << making.error().what;
    if (!fs::exists(made)) {
      const auto half = site_->folder / "golden.half";
      const auto folder = std::exchange(folder_, half);
      set_up_golden();
      machine_.reset();
      folder_ = folder;
      if (HasFatalFailure()) return;
      fs::rename(half, made);
    }
    golden = disk_in(made);
    golden.volume_key = made / "volume-key";
  }
  auto disk = copy_disk(golden, folder_);
  ASSERT_TRUE(disk) << disk.error().what;
  disk_ = *disk;
  const auto damaged = damage_disk(disk_, site_->image, site_->keys, damage);
  ASSERT_TRUE(damaged) << damaged.error().what;
}

/// As a city does it: a stick goes into a new machine, is taken out, and the machine comes up serving.
void Booted::set_up_golden() {
  fs::remove_all(folder_);
  fs::create_directories(folder_);
  ASSERT_NO_FATAL_FAILURE(make_factory_disk());
  const auto stick = site_->settings_stick(machine_number, 1);
  ASSERT_TRUE(stick) << stick.error().what;
  ASSERT_NO_FATAL_FAILURE(power_on(true));
  ASSERT_NO_FATAL_FAILURE(expect_not_ready("new", "", "", first_boot_time));
  ASSERT_NO_FATAL_FAILURE(plug(*stick));
  ASSERT_NO_FATAL_FAILURE(expect_not_ready("taken", "", "settings_taken", 60s));
  ASSERT_NO_FATAL_FAILURE(unplug());
  ASSERT_NO_FATAL_FAILURE(expect_restart("set-up", 60s));
  ASSERT_NO_FATAL_FAILURE(expect_attract("set-up", 2 * boot_time));
  ASSERT_TRUE(counts('A', 0)) << "a slot that works has its tries again";
  machine_.reset();

  const auto key = site_->recovery_key(machine_number, *stick);
  ASSERT_TRUE(key) << key.error().what;
  ASSERT_TRUE(replace_file(folder_ / "recovery-key", *key, 0600));
  disk_.volume_key = folder_ / "volume-key";
  const auto read = run_script("read-volume-key", {disk_.disk, folder_ / "recovery-key", disk_.volume_key},
                               folder_ / "read-volume-key.log", 60s);
  ASSERT_TRUE(read) << read.error().what;
  fs::copy_file(*stick, folder_ / "stick.img");  // with what the machine left on it
}

KioskDisk Booted::copy(const KioskDisk& disk, const char* name) {
  fs::create_directories(folder_ / name);
  auto copied = copy_disk(disk, folder_ / name);
  EXPECT_TRUE(copied) << copied.error().what;
  return copied.value_or(KioskDisk{});
}

void Booted::power_on(bool restarts, const fs::path& write_log) {
  machine_.reset();
  std::vector<std::string> serial_ports{hall_->scanner().path()};
  if (!usb_) serial_ports.push_back(hall_->reader_path());
  auto machine = Machine::start({.disk = disk_,
                                 .folder = folder_,
                                 .serial_ports = serial_ports,
                                 .usb_sockets = hall_->usb_sockets(),
                                 .clock_ahead = clock_ahead_,
                                 .write_log = write_log,
                                 .restarts = restarts});
  ASSERT_TRUE(machine) << machine.error().what;
  machine_ = std::move(*machine);
}

void Booted::expect_restart(const char* why, std::chrono::seconds at_most) {
  const auto restarted = machine_->qmp().event("RESET", Wait::of(at_most));
  ASSERT_TRUE(restarted) << restarted.error().what << "; see " << folder_;
  EXPECT_EQ((*restarted)["data"]["guest"], true);
  const auto since = Steady::now() - machine_->started_at();
  fmt::print("{}: restart after {:.1f} s\n", why, std::chrono::duration<double>(since).count());
  std::fflush(stdout);
}

void Booted::expect_shown(const char* name, const Result<Picture>& wanted, double most, const Wait& wait) {
  ASSERT_TRUE(wanted) << wanted.error().what;
  const auto seen = machine_->await(*wanted, most, name, wait);
  ASSERT_TRUE(seen) << seen.error().what << "; see " << folder_;
  fmt::print("{} after {:.1f} s\n", name, std::chrono::duration<double>(*seen).count());
  std::fflush(stdout);  // a test takes minutes, and somebody may look
}

void Booted::expect_attract(const char* name, std::chrono::seconds at_most) {
  expect_shown(name, attract(configuration_, screens::Closed::open, "12:00"), clock_and_chip,
               Wait::of(at_most));
}

void Booted::expect_not_ready(const char* name, const std::string& trouble, const std::string& stick,
                              std::chrono::seconds at_most) {
  expect_shown(name, not_ready({.machine = machine_number, .trouble = trouble, .stick = stick}), clock_alone,
               Wait::of(at_most));
}

void Booted::touch_until_home(std::chrono::seconds at_most) {
  const auto wanted = home(configuration_, screens::Closed::open, "12:00");
  ASSERT_TRUE(wanted) << wanted.error().what;
  const auto wait = Wait::of(at_most);
  while (true) {
    ASSERT_TRUE(machine_->tap(540, 960));
    const auto seen = machine_->await(*wanted, clock_and_chip, "home", wait.at_most(4s));
    if (seen) return fmt::print("home after {:.1f} s\n", std::chrono::duration<double>(*seen).count());
    ASSERT_TRUE(wait.check()) << seen.error().what << "; see " << folder_;
  }
}

void Booted::plug(const fs::path& stick) {
  const auto plugged = machine_->plug(stick);
  ASSERT_TRUE(plugged) << plugged.error().what;
}

void Booted::unplug() {
  const auto unplugged = machine_->unplug();
  ASSERT_TRUE(unplugged) << unplugged.error().what;
}

bool Booted::counts(char slot, int tries) const {
  const auto wait = Wait::of(boot_time);
  while (tries_of(slot, disk_) != tries) {
    if (!wait.sleep(1s)) return false;
  }
  return true;
}

}  // namespace kiosk::image
