// The power goes after every single write of an update, from the start of the old system to the commit of the
// new one: what lies on the disk then must always start, and never forgets what was settled.

#include <set>

#include <fcntl.h>
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/image/partitions.hpp"
#include "tests/image/updating.hpp"
#include "tests/image/write_log.hpp"

namespace kiosk::image {
namespace {

namespace fs = std::filesystem;

class EveryWrite : public Updating {
 protected:
  void TearDown() override {
    Updating::TearDown();
    fs::remove(write_log_);
  }

  void record_an_update() {
    ASSERT_NO_FATAL_FAILURE(install("none", write_log_));
    ASSERT_NO_FATAL_FAILURE(expect_commit());
    machine_.reset();
    auto log = WriteLog::open(write_log_);
    ASSERT_TRUE(log) << log.error().what;
    log_ = std::move(*log);
    auto partitions = read_partitions(before_.disk);
    ASSERT_TRUE(partitions) << partitions.error().what;
    partitions_ = *partitions;
    file_ = Fd(::open(before_.disk.c_str(), O_RDWR | O_CLOEXEC));
  }

  /// As image/boot/grub.cfg chooses.
  char choice() const {
    auto state = boot_state(before_);
    const auto may = [&](char slot) {
      return state[fmt::format("{}_BAD", slot)] != "1" && tries_left(state, slot);
    };
    const char first = state["PRIMARY"] == "B" ? 'B' : 'A';
    const char second = first == 'A' ? 'B' : 'A';
    return may(first) ? first : may(second) ? second : '-';
  }

  /// Sector for sector, as a disk writes it.
  void cut_within(const Write& write) {
    for (std::uint64_t sectors = 1; sectors <= write.size / sector; ++sectors) {
      ASSERT_TRUE(log_.replay(write, file_, sectors));
      const char slot = choice();
      ++states_seen_;
      ASSERT_NE(slot, '-') << "nothing to start after " << sectors << " sectors of a write at " << write.at;
      if (slot == 'B' && !b_was_chosen_) expect_b_whole();
      b_was_chosen_ |= slot == 'B';
    }
  }

  void expect_b_whole() const {
    EXPECT_FALSE(unkept_.contains("ROOTB") || unkept_.contains("KBOOTB")) << "a disk might still lose it";
    const auto made = folder_ / "release-2";
    EXPECT_TRUE(holds(before_.disk, partitions_.at("ROOTB"), made / "root.img"));
    EXPECT_TRUE(holds(before_.disk, partitions_.at("KBOOTB"), made / "kboot.img"));
  }

  /// What the updater remembers goes forward only.
  void expect_remembered() {
    const auto state = updater_state(before_, folder_, "replayed");
    ASSERT_TRUE(state) << state.error().what;
    ++ledgers_read_;
    EXPECT_GE(state->floor, floor_);
    floor_ = state->floor;
    const auto step = !state->ended.empty() ? updater::Step::done
                      : state->action       ? state->action->step
                                            : updater::Step::download;
    EXPECT_GE(step, step_);
    step_ = step;
  }

  fs::path write_log_;
  WriteLog log_;
  Partitions partitions_;
  Fd file_;
  std::set<std::string> unkept_;  ///< parts with writes that no flush has followed yet
  int states_seen_ = 0, ledgers_read_ = 0;

 private:
  static bool tries_left(const std::map<std::string, std::string>& state, char slot) {
    const auto found = state.find(fmt::format("{}_TRY", slot));
    return found == state.end() || std::atoi(found->second.c_str()) < hal::most_tries;
  }

  bool b_was_chosen_ = false;
  std::int64_t floor_ = 0;
  updater::Step step_ = updater::Step::download;
};

TEST_F(EveryWrite, OfAnUpdateLeavesAMachineThatStartsAndRemembers) {
  write_log_ = folder_ / "writes";
  ASSERT_NO_FATAL_FAILURE(record_an_update());
  std::map<std::string, int> counted;
  int flushes = 0;
  for (const auto& write : log_.writes()) {
    if (write.size > 0) {
      const auto* part = partition_of(write.at, write.size, partitions_);
      ASSERT_NE(part, nullptr) << "a write between partitions, at " << write.at;
      ++counted[*part];
      unkept_.insert(*part);
      ASSERT_TRUE(*part == "KSTATE" || *part == "DATA" || *part == "ROOTB" || *part == "KBOOTB") << *part;
      if (*part == "KSTATE") {
        ASSERT_NO_FATAL_FAILURE(cut_within(write));
      } else {
        ASSERT_TRUE(log_.replay(write, file_));
      }
    }
    if (write.flush) {
      unkept_.clear();
      if (flushes++ % 25 == 0) {
        ASSERT_NO_FATAL_FAILURE(expect_remembered());
      }
    }
  }
  ASSERT_NO_FATAL_FAILURE(expect_remembered());
  for (const auto& [part, writes] : counted) fmt::print("{}: {} writes\n", part, writes);
  fmt::print("{} states of the boot loader, {} ledgers, {} flushes\n", states_seen_, ledgers_read_, flushes);
  EXPECT_EQ(choice(), 'B');
  EXPECT_GT(counted["ROOTB"], 0);
  EXPECT_GT(counted["KSTATE"], 0);
}

}  // namespace
}  // namespace kiosk::image
