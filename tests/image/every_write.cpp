// The power goes after every single write of an update, from the start of the old system to the commit of the
// new one: what lies on the disk then must always start, and never forgets what was settled. The first disk
// of each step from the reading back to the commit is started for real.

#include <algorithm>
#include <set>
#include <utility>

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
    fs::remove_all(folder_ / "cut");
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

  /// The machine with so many writes on its disk.
  void start_after(std::ptrdiff_t writes) {
    SCOPED_TRACE(fmt::format("after write {}, at {}", writes, updater::name_of(step_)));
    const auto name = fmt::format("cut-{}-{}", updater::name_of(step_), choice());
    disk_ = copy(before_, "cut");
    ASSERT_NO_FATAL_FAILURE(power_on(true));
    // What is on trial stays closed until its gate has passed.
    ASSERT_NO_FATAL_FAILURE(expect_attract(name.c_str(), 900s));
    machine_.reset();
    fs::remove_all(folder_ / "cut");
    ++started_;
  }

  /// Before these the disk starts as it did; after them, as any that was updated.
  static bool started_for(updater::Step step) {
    return step >= updater::Step::read_back && step <= updater::Step::commit;
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
  updater::Step step_ = updater::Step::download;
  int states_seen_ = 0, ledgers_read_ = 0, started_ = 0;

 private:
  static bool tries_left(const std::map<std::string, std::string>& state, char slot) {
    const auto found = state.find(fmt::format("{}_TRY", slot));
    return found == state.end() || std::atoi(found->second.c_str()) < hal::most_tries;
  }

  bool b_was_chosen_ = false;
  std::int64_t floor_ = 0;
};

TEST_F(EveryWrite, OfAnUpdateLeavesAMachineThatStartsAndRemembers) {
  write_log_ = folder_ / "writes";
  ASSERT_NO_FATAL_FAILURE(record_an_update());
  std::map<std::string, int> counted;
  int flushes = 0;
  bool unread = false;  // of the data
  for (std::ptrdiff_t at = 0; at < std::ssize(log_.writes()); ++at) {
    const auto& write = log_.writes()[static_cast<std::size_t>(at)];
    if (write.size > 0) {
      const auto* part = partition_of(write.at, write.size, partitions_);
      ASSERT_NE(part, nullptr) << "a write between partitions, at " << write.at;
      ++counted[*part];
      unkept_.insert(*part);
      unread |= *part == "DATA";
      ASSERT_TRUE(*part == "KSTATE" || *part == "DATA" || *part == "ROOTB" || *part == "KBOOTB") << *part;
      if (*part == "KSTATE") {
        ASSERT_NO_FATAL_FAILURE(cut_within(write));
      } else {
        ASSERT_TRUE(log_.replay(write, file_));
      }
    }
    if (write.flush) {
      unkept_.clear();
      ++flushes;
    }
    if (write.flush && std::exchange(unread, false)) {
      const auto step = step_;
      ASSERT_NO_FATAL_FAILURE(expect_remembered());
      if (step_ != step && started_for(step_)) {
        ASSERT_NO_FATAL_FAILURE(start_after(at));
      }
    }
  }
  ASSERT_NO_FATAL_FAILURE(expect_remembered());
  for (const auto& [part, writes] : counted) fmt::print("{}: {} writes\n", part, writes);
  fmt::print("{} states of the boot loader, {} ledgers, {} flushes, {} starts\n", states_seen_, ledgers_read_,
             flushes, started_);
  EXPECT_EQ(choice(), 'B');
  EXPECT_GT(counted["ROOTB"], 0);
  EXPECT_GT(counted["KSTATE"], 0);
  EXPECT_EQ(started_, 5) << "read_back, activate, restart, trial, commit";
}

}  // namespace
}  // namespace kiosk::image
