// The power goes after every single write of an update, from the start of the old system to the commit of the
// new one: what lies on the disk then must always start. At each flush that data went before, what the
// updater remembers is read; it never forgets. Started for real are a disk in the middle of the download,
// which goes on where it ended, one in the middle of the installation and the first of each later step, two
// of them until the update is committed. All the while the machine carries an application that was not
// answered.

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/image/recording.hpp"
#include "tests/image/updating.hpp"

namespace kiosk::image {
namespace {

namespace fs = std::filesystem;

/// Of a download, with what else came to the disk meanwhile: it sees to its own every 16 MB.
constexpr std::uintmax_t most_lost = 24 << 20;

class EveryWrite : public Updating {
 protected:
  void TearDown() override {
    Updating::TearDown();
    fs::remove(write_log_);
    fs::remove_all(folder_ / "cut");
  }

  void record_an_update() {
    ASSERT_NO_FATAL_FAILURE(rehearse_here("mortgage_cancellation"));
    ASSERT_NO_FATAL_FAILURE(power_on(false));
    ASSERT_NO_FATAL_FAILURE(cut_unanswered());
    clock_ahead_ = 1h;  // when it asks for an update again
    ASSERT_NO_FATAL_FAILURE(install("none", write_log_));
    ASSERT_NO_FATAL_FAILURE(expect_commit());
    machine_.reset();
    disk_ = before_;
    auto recording = Recording::open(write_log_, before_.disk);
    ASSERT_TRUE(recording) << recording.error().what;
    recording_ = std::move(*recording);
  }

  /// The machine with so many writes on its disk.
  void start_after(std::ptrdiff_t writes) {
    SCOPED_TRACE(fmt::format("after write {}, at {}", writes, updater::name_of(step_)));
    const auto name = fmt::format("cut-{}-{}", updater::name_of(step_), starts(before_));
    disk_ = copy(before_, "cut");
    ASSERT_NO_FATAL_FAILURE(power_on(true));
    // Of one that restarts before anybody looks, when what is then on trial has passed its gate.
    ASSERT_NO_FATAL_FAILURE(expect_attract(name.c_str(), 2 * boot_time + 300s));
    if (step_ == updater::Step::download) {
      ASSERT_NO_FATAL_FAILURE(expect_rest_downloaded());
    }
    if (step_ == updater::Step::install || step_ == updater::Step::activate) {
      const auto ended = await_end(boot_time + 1200s);
      EXPECT_EQ(ended.outcome, updater::Outcome::succeeded) << ended.reason;
      EXPECT_EQ(boot_state(disk_).first, 'B');
    }
    machine_.reset();
    disk_ = before_;
    fs::remove_all(folder_ / "cut");
    ++started_;
  }

  void expect_rest_downloaded() {
    const auto wait = Wait::of(600s);
    for (auto seen = updater_state(disk_, folder_, "rest");
         !seen || !seen->action || seen->action->step == updater::Step::download;
         seen = updater_state(disk_, folder_, "rest"))
      ASSERT_TRUE(wait.sleep(5s)) << "it does not go on";
    const auto rests = server_->rests_given_of("kiosk.raucb");
    ASSERT_EQ(rests.size(), 1U);
    EXPECT_LE(rests[0], fs::file_size(bundle()) - brought_ + most_lost);
  }

  /// Half of the bundle is on the disk, by what was written since it was chosen.
  bool is_half_brought(const Write& write) {
    if (step_ != updater::Step::download || !chosen_ || half_brought_) return false;
    if (write.size > 0 && recording_.writes_to("DATA", write)) brought_ += write.size;
    half_brought_ = write.flush && brought_ > fs::file_size(bundle()) / 2;
    return half_brought_;
  }

  /// After these the disk starts as any that was updated.
  static bool started_for(updater::Step step) {
    return step >= updater::Step::read_back && step <= updater::Step::commit;
  }

  /// Sector for sector, as a disk writes it.
  void cut_within(const Write& write) {
    for (std::uint64_t sectors = 1; sectors <= write.size / sector; ++sectors) {
      ASSERT_TRUE(recording_.replay(write, sectors));
      const char slot = starts(before_);
      ++states_seen_;
      ASSERT_TRUE(slot == 'B' || (slot == 'A' && step_ < updater::Step::trial))
          << slot << " starts after " << sectors << " sectors of a write at " << write.at;
      if (slot == 'B' && !b_was_chosen_) expect_b_whole();
      b_was_chosen_ |= slot == 'B';
    }
  }

  void expect_b_whole() const {
    EXPECT_FALSE(unkept_.contains("ROOTB") || unkept_.contains("KBOOTB")) << "a disk might still lose it";
    const auto made = folder_ / "release-2";
    EXPECT_TRUE(holds(before_.disk, recording_.partitions().at("ROOTB"), made / "root.img"));
    EXPECT_TRUE(holds(before_.disk, recording_.partitions().at("KBOOTB"), made / "kboot.img"));
  }

  /// What the updater remembers goes forward only.
  void expect_remembered() {
    const auto state = updater_state(before_, folder_, "replayed");
    if (!state && state.error().code == Errc::not_present && ledgers_read_ == 0) return;  // it begins
    ASSERT_TRUE(state) << state.error().what;
    ++ledgers_read_;
    EXPECT_GE(state->floor, floor_);
    floor_ = state->floor;
    const auto step = !state->ended.empty() ? updater::Step::done
                      : state->action       ? state->action->step
                                            : updater::Step::download;
    EXPECT_GE(step, step_);
    step_ = step;
    chosen_ |= state->action.has_value();
  }

  fs::path bundle() const { return folder_ / "release-2" / "update.raucb"; }

  fs::path write_log_;
  Recording recording_;
  std::set<std::string> unkept_;  ///< parts with writes that no flush has followed yet
  updater::Step step_ = updater::Step::download;
  int states_seen_ = 0, ledgers_read_ = 0, started_ = 0;

 private:
  bool b_was_chosen_ = false;
  bool chosen_ = false, half_brought_ = false;
  std::uint64_t brought_ = 0;
  std::int64_t floor_ = 0;
};

TEST_F(EveryWrite, OfAnUpdateLeavesAMachineThatStartsAndRemembers) {
  write_log_ = folder_ / "writes";
  ASSERT_NO_FATAL_FAILURE(record_an_update());
  std::map<std::string, std::ptrdiff_t> counted;
  const auto half =
      std::ranges::count_if(recording_.writes(),
                            [this](const Write& write) { return recording_.writes_to("ROOTB", write); }) /
      2;
  int flushes = 0;
  bool unread = false;  // of the data
  for (std::ptrdiff_t at = 0; at < std::ssize(recording_.writes()); ++at) {
    const auto& write = recording_.writes()[static_cast<std::size_t>(at)];
    if (write.size > 0) {
      const auto* part = recording_.part_of(write);
      ASSERT_NE(part, nullptr) << "a write between partitions, at " << write.at;
      ++counted[*part];
      unkept_.insert(*part);
      unread |= *part == "DATA";
      ASSERT_TRUE(*part == "KSTATE" || *part == "DATA" || *part == "ROOTB" || *part == "KBOOTB") << *part;
      if (*part == "KSTATE") {
        ASSERT_NO_FATAL_FAILURE(cut_within(write));
      } else {
        ASSERT_TRUE(recording_.replay(write));
      }
      if (*part == "ROOTB" && counted[*part] == half) {
        ASSERT_EQ(step_, updater::Step::install);
        ASSERT_NO_FATAL_FAILURE(start_after(at));
      }
    }
    if (write.flush) {
      unkept_.clear();
      ++flushes;
    }
    if (is_half_brought(write)) {
      ASSERT_NO_FATAL_FAILURE(start_after(at));
    }
    if (write.flush && std::exchange(unread, false)) {
      const auto step = step_;
      ASSERT_NO_FATAL_FAILURE(expect_remembered());
      if (step_ == step) continue;
      ASSERT_NO_FATAL_FAILURE(expect_unanswered());
      if (started_for(step_)) {
        ASSERT_NO_FATAL_FAILURE(start_after(at));
      }
    }
  }
  ASSERT_NO_FATAL_FAILURE(expect_remembered());
  for (const auto& [part, writes] : counted) fmt::print("{}: {} writes\n", part, writes);
  fmt::print("{} states of the boot loader, {} ledgers, {} flushes, {} starts\n", states_seen_, ledgers_read_,
             flushes, started_);
  EXPECT_EQ(starts(before_), 'B');
  EXPECT_GT(counted["ROOTB"], 0);
  EXPECT_GT(counted["KSTATE"], 0);
  EXPECT_EQ(started_, 7) << "download, install, read_back, activate, restart, trial, commit";

  ASSERT_NO_FATAL_FAILURE(expect_done_once("settled", key_, {records::PaperState::owed}));
}

}  // namespace
}  // namespace kiosk::image
