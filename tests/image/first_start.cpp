// A new machine whose power goes while it makes its data partition: made anew as long as the partition table
// does not name it, and never again from then on.

#include <fcntl.h>
#include <fmt/format.h>

#include "tests/image/booted.hpp"
#include "tests/image/partitions.hpp"
#include "tests/image/write_log.hpp"

namespace kiosk::image {
namespace {

namespace fs = std::filesystem;

class FirstStart : public Booted {
 protected:
  void TearDown() override {
    Booted::TearDown();
    fs::remove(folder_ / "writes");
    for (const auto* name : {"factory", "cut"}) fs::remove_all(folder_ / name);
  }

  void record() {
    ASSERT_NO_FATAL_FAILURE(make_factory_disk());
    factory_ = copy(disk_, "factory");
    ASSERT_NO_FATAL_FAILURE(power_on(false, folder_ / "writes"));
    ASSERT_NO_FATAL_FAILURE(expect_not_ready("made", "", "", first_boot_time));
    machine_.reset();
    auto log = WriteLog::open(folder_ / "writes");
    ASSERT_TRUE(log) << log.error().what;
    log_ = std::move(*log);
    const auto parts = read_partitions(disk_.disk);
    ASSERT_TRUE(parts) << parts.error().what;
    ASSERT_TRUE(parts->contains("DATA"));
    data_ = parts->at("DATA");
    made_ = identity();
    tpm_ = disk_.tpm;
  }

  /// How many writes there are before the first one that `which` is true of.
  template <class Which>
  std::size_t before(Which which) const {
    return static_cast<std::size_t>(std::ranges::find_if(log_.writes(), which) - log_.writes().begin());
  }

  bool of_the_data(const Write& write) const {
    return write.size > 0 && write.at >= data_.at && write.at < data_.at + data_.size;
  }
  bool of_the_table(const Write& write) const { return write.size > 0 && write.at < 34 * sector; }
  bool of_its_copy(const Write& write) const { return write.size > 0 && write.at >= data_.at + data_.size; }

  /// The machine with so many writes on its disk, and the first sector of the next.
  void cut_after(std::size_t writes) {
    disk_ = copy(factory_, "cut");
    fs::remove_all(disk_.tpm);  // that one has no seed yet; the machine's own has sealed the key
    fs::copy(tpm_, disk_.tpm, fs::copy_options::recursive);
    const Fd file(::open(disk_.disk.c_str(), O_RDWR | O_CLOEXEC));
    for (std::size_t i = 0; i < writes; ++i) ASSERT_TRUE(log_.replay(log_.writes()[i], file));
    if (writes == log_.writes().size()) return;
    ASSERT_TRUE(log_.replay(log_.writes()[writes], file, 1));
  }

  bool named() const {
    const auto parts = read_partitions(disk_.disk);
    return parts && parts->contains("DATA");
  }

  /// The salt in LUKS2's header (64 bytes at 104 of cryptsetup's on-disk format), which is by chance at every
  /// write of it.
  std::string identity() const {
    const Fd file(::open(disk_.disk.c_str(), O_RDONLY | O_CLOEXEC));
    std::string salt(64, '\0');
    EXPECT_EQ(::pread(file.get(), salt.data(), salt.size(), static_cast<off_t>(data_.at + 104)), 64);
    return salt;
  }

  void expect_new_machine(const char* name, std::size_t writes, bool stays) {
    SCOPED_TRACE(name);
    ASSERT_NO_FATAL_FAILURE(cut_after(writes));
    ASSERT_EQ(named(), stays);
    ASSERT_NO_FATAL_FAILURE(power_on(false));
    ASSERT_NO_FATAL_FAILURE(expect_not_ready(name, "", "", first_boot_time));
    machine_.reset();
    EXPECT_TRUE(named());
    EXPECT_EQ(identity() == made_, stays);
    fs::remove_all(folder_ / "cut");
  }

  KioskDisk factory_;
  fs::path tpm_;
  WriteLog log_;
  Partition data_;
  std::string made_;
};

TEST_F(FirstStart, ThatIsCutBeginsAnewAndAWholePartitionStays) {
  ASSERT_NO_FATAL_FAILURE(record());
  const auto begun = before([&](const Write& write) { return of_the_data(write); });
  const auto table = before([&](const Write& write) { return of_the_table(write); });
  const auto table_copy = before([&](const Write& write) { return of_its_copy(write); });
  ASSERT_LT(begun, table) << "what the table names is there before";
  ASSERT_LT(std::max(table, table_copy), log_.writes().size());
  const auto last = std::max(table, table_copy) + 1;
  for (auto i = table; i < last; ++i) {
    ASSERT_FALSE(of_the_data(log_.writes()[i])) << "the partition is whole before anybody names it";
  }
  ASSERT_NO_FATAL_FAILURE(expect_new_machine("begun", begun + 1, false));
  ASSERT_NO_FATAL_FAILURE(expect_new_machine("not-named-yet", std::min(table, table_copy), false));
  ASSERT_NO_FATAL_FAILURE(expect_new_machine("named", last, true));
}

}  // namespace
}  // namespace kiosk::image
