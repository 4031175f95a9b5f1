#include "tests/image/booted.hpp"

#include <fmt/format.h>

namespace kiosk::image {

namespace fs = std::filesystem;

namespace {

constexpr double clock_and_chip = 0.02;

/// Words of one's own for the kernel: started past the boot loader, for those are signed.
const char* own_words() {
  return std::getenv("KIOSK_CMDLINE");
}

}  // namespace

void Booted::SetUp() {
  const auto* image = std::getenv("KIOSK_IMAGE");
  const auto* pictures = std::getenv("KIOSK_PICTURES");
  ASSERT_TRUE(image != nullptr && pictures != nullptr) << "see ./kiosk test image";
  image_ = image;
  folder_ = fs::path(pictures) / ::testing::UnitTest::GetInstance()->current_test_info()->name();
  fs::remove_all(folder_);
  fs::create_directories(folder_ / "hall");
  auto hall = lobby::Hall::open({.folder = folder_ / "hall", .kiosk = {}, .usb = usb_});
  ASSERT_TRUE(hall) << hall.error().what;
  hall_ = std::move(*hall);
}

void Booted::TearDown() {
  machine_.reset();
  fs::remove(folder_ / "disk.img");
}

void Booted::make_disk(Damage damage, const std::string& updates) {
  auto disk = make_kiosk_disk(image_, *hall_, folder_, updates, damage);
  ASSERT_TRUE(disk) << disk.error().what;
  disk_ = *disk;
  auto configuration = app::read_configuration(disk_.configuration.string());
  ASSERT_TRUE(configuration) << configuration.error().what;
  configuration_ = std::move(*configuration);
}

void Booted::power_on(bool restarts, std::chrono::seconds clock_ahead) {
  machine_.reset();
  std::vector<std::string> serial_ports{hall_->scanner().path()};
  if (!usb_) serial_ports.push_back(hall_->reader_path());
  auto machine = Machine::start({.disk = disk_.disk,
                                 .folder = folder_,
                                 .image = own_words() == nullptr ? "" : image_,
                                 .cmdline = own_words() == nullptr ? "" : own_words(),
                                 .serial_ports = serial_ports,
                                 .usb_sockets = hall_->usb_sockets(),
                                 .clock_ahead = clock_ahead,
                                 .restarts = restarts});
  ASSERT_TRUE(machine) << machine.error().what;
  machine_ = std::move(*machine);
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

bool Booted::counts(char slot, int tries) const {
  if (own_words() != nullptr) return true;
  const auto wait = Wait::of(120s);
  while (tries_of(slot, disk_) != tries) {
    if (!wait.sleep(1s)) return false;
  }
  return true;
}

}  // namespace kiosk::image
