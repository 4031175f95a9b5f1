#include "tests/image/kiosk_disk.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "drivers/rauc/boot_state.hpp"
#include "drivers/sqlite/sqlite.hpp"
#include "firmware/records/schema.hpp"
#include "firmware/updater/ledger.hpp"
#include "hal/base/file.hpp"
#include "tests/drivers/rauc/boot_loader.hpp"

namespace kiosk::image {

using namespace std::chrono_literals;
namespace fs = std::filesystem;

Result<void> run_script(const char* name, std::vector<std::string> words, const fs::path& log,
                        std::chrono::seconds at_most) {
  words.insert(words.begin(), {"/bin/bash", std::string(KIOSK_SOURCE_FOLDER) + "/tests/image/" + name});
  auto child = TRY(lobby::Child::start({.command = std::move(words), .log = log.string()}));
  const auto status = TRY(child.wait(Wait::of(at_most)));
  if (status != 0)
    return fail(Errc::internal, fmt::format("{}: {}", name, read_file(log, 1 << 20).value_or("")));
  return {};
}

namespace {

fs::path crypt_data() {
  return fs::read_symlink("/proc/self/exe").parent_path() / "crypt-data";
}

/// Where it leaves the files of KSTATE.
Result<fs::path> read_state(const KioskDisk& disk) {
  auto files = disk.disk.parent_path() / "state";
  fs::remove_all(files);
  TRY(run_script("read-state", {disk.disk, files}, disk.disk.parent_path() / "read-state.log", 20s));
  return files;
}

char letter_of(hal::Slot slot) {
  return slot == hal::Slot::a ? 'A' : 'B';
}

}  // namespace

Result<fs::path> read_data(const KioskDisk& disk, const fs::path& folder, const std::string& name) {
  auto data = folder / ("data-" + name);
  TRY(run_script("read-data", {disk.disk, disk.volume_key, data, crypt_data()}, folder / "read-data.log",
                 120s));
  return data;
}

KioskDisk disk_in(const fs::path& folder) {
  return {.disk = folder / "disk.img", .tpm = folder / "tpm", .variables = folder / "variables.fd"};
}

Result<KioskDisk> factory_disk(const fs::path& image, const fs::path& keys, const fs::path& folder,
                               const std::string& words, const fs::path& more) {
  auto made = disk_in(folder);
  TRY(run_script("make-factory-disk", {image, keys, made.disk, words, more}, folder / "disk.log", 120s));
  fs::remove_all(made.tpm);
  fs::create_directories(made.tpm);
  fs::copy_file("/usr/share/OVMF/OVMF_VARS_4M.snakeoil.fd", made.variables,
                fs::copy_options::overwrite_existing);
  return made;
}

Result<KioskDisk> copy_disk(const KioskDisk& disk, const fs::path& folder) {
  auto made = disk_in(folder);
  made.volume_key = disk.volume_key;
  auto copying = TRY(lobby::Child::start({.command = {"/bin/cp", "--sparse=always", disk.disk, made.disk}}));
  if (TRY(copying.wait(Wait::of(300s))) != 0) return fail(Errc::storage, "the disk could not be copied");
  fs::remove_all(made.tpm);
  fs::copy(disk.tpm, made.tpm, fs::copy_options::recursive);
  fs::copy_file(disk.variables, made.variables, fs::copy_options::overwrite_existing);
  return made;
}

Result<void> damage_disk(const KioskDisk& disk, const fs::path& image, const fs::path& keys, Damage damage) {
  constexpr std::array words{"none",  "root", "tree", "kernel", "flip",       "tries",
                             "state", "bent", "lost", "grub",   "half_signed"};
  return run_script("damage-disk", {image, keys, disk.disk, words.at(static_cast<std::size_t>(damage))},
                    disk.disk.parent_path() / "disk.log", 120s);
}

BootView boot_state(const KioskDisk& disk) {
  const auto files = read_state(disk);
  if (!files) return {};
  const drivers::rauc::BootState state(*files);
  const auto choice = state.choice();
  const auto tries = state.tries();
  const auto whole = state.whole();
  if (!choice || !tries || !whole) return {};
  return {.whole = *whole,
          .first = letter_of(choice->first),
          .a_bad = choice->bad[0],
          .b_bad = choice->bad[1],
          .a_tries = (*tries)[0],
          .b_tries = (*tries)[1]};
}

char starts(const KioskDisk& disk) {
  const auto files = read_state(disk);
  return files ? letter_of(testing::boot(*files)) : '-';
}

int tries_of(char slot, const KioskDisk& disk) {
  const auto state = boot_state(disk);
  return slot == 'A' ? state.a_tries : state.b_tries;
}

Result<std::vector<fs::path>> audit_files(const KioskDisk& disk, const fs::path& folder) {
  return audit_files(TRY(read_data(disk, folder, "audit")));
}

Result<std::vector<fs::path>> audit_files(const fs::path& data) {
  std::vector<fs::path> files;
  std::error_code error;
  for (const auto& file : fs::directory_iterator(data / "kiosk" / "audit", error)) {
    if (file.path().extension() == ".jsonl") files.push_back(file.path());
  }
  if (error) return fail(Errc::not_present, "there is no audit trail");
  std::ranges::sort(files);
  return files;
}

Result<std::unique_ptr<hal::Store>> kiosk_records(const KioskDisk& disk, const fs::path& settings,
                                                  const fs::path& folder, const std::string& name) {
  const auto data = TRY(read_data(disk, folder, name));
  SystemRandom random;
  auto key = TRY(drivers::key_from_file(settings / "store.key", random));
  return drivers::make_sqlite(data / "kiosk" / "kiosk.db", std::move(key), records::schema());
}

Result<void> leave_room(const KioskDisk& disk, const fs::path& folder, int megabytes) {
  return run_script("leave-room", {disk.disk, disk.volume_key, crypt_data(), fmt::to_string(megabytes)},
                    folder / "leave-room.log", 300s);
}

Result<updater::State> updater_state(const KioskDisk& disk, const fs::path& folder, const std::string& name) {
  const auto data = TRY(read_data(disk, folder, name));
  const auto folder_of_it = data / "kiosk-updater";
  for (const auto* file : {"updater.key", "updater.db"}) {  // or a new one would be made
    if (!fs::exists(folder_of_it / file)) return fail(Errc::not_present, "the updater has not run yet");
  }
  SystemRandom random;
  auto key = TRY(drivers::key_from_file(folder_of_it / "updater.key", random));
  const auto store =
      TRY(drivers::make_sqlite(folder_of_it / "updater.db", std::move(key), updater::schema()));
  if (!store->health().set_aside.empty()) return fail(Errc::storage, "the updater's ledger is damaged");
  return updater::Ledger(*store).state();
}

}  // namespace kiosk::image
