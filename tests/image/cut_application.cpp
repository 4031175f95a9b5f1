// The power of a serving machine goes while an application is under way: it is made once or not at all, the
// kiosk knows which, and serves the next one.

#include <fmt/format.h>

#include "tests/image/applying.hpp"

namespace kiosk::image {
namespace {

using records::PaperState;
using records::SubmissionState;
using Kind = lobby::RegistryFault::Kind;

class CutApplication : public Applying {
 protected:
  void TearDown() override {
    Applying::TearDown();
    for (const auto* name : {"unanswered", "answered", "printing"})
      std::filesystem::remove_all(folder_ / name);
  }

  /// The disk as a cut at this moment would leave it, when all that was written to it is kept; what a disk
  /// may lose of that is every_record's. Until go_on() no time passes for the machine.
  KioskDisk stand_still(const char* name) {
    stop();
    auto copied = copy(disk_, name);
    fmt::print("{} after {:.1f} s\n", name,
               std::chrono::duration<double>(Steady::now() - machine_->started_at()).count());
    std::fflush(stdout);
    return copied;
  }
  void stop() { EXPECT_TRUE(machine_->qmp().ask("stop", nlohmann::json::object(), Wait::of(answer_time))); }
  void go_on() { EXPECT_TRUE(machine_->qmp().ask("cont", nlohmann::json::object(), Wait::of(answer_time))); }

  /// Of the one application that was sent and not answered, as a kiosk that stands still knows it.
  std::string key_under_way() {
    const auto seen = kept("");
    EXPECT_TRUE(seen) << seen.error().what;
    if (!seen || seen->pending.size() != 1) return "";
    return seen->pending.front().key;
  }

  void expect_done_once(const char* name, const KioskDisk& disk, const std::string& key,
                        std::initializer_list<PaperState> papers) {
    disk_ = disk;
    Applying::expect_done_once(name, key, papers);
  }
};

TEST_F(CutApplication, IsMadeOnceOrNotAtAll) {
  ASSERT_NO_FATAL_FAILURE(rehearse_here("mortgage_cancellation"));
  ASSERT_NO_FATAL_FAILURE(make_disk(Damage::none));

  // It left the kiosk, and the registry did nothing with it.
  registry().fail({.kind = Kind::silent, .path = applications});
  ASSERT_NO_FATAL_FAILURE(power_on(false));
  ASSERT_NO_FATAL_FAILURE(submit());
  ASSERT_NO_FATAL_FAILURE(
      await("it was not sent", [&] { return registry().arrived(applications) > arrived_; }));
  stop();
  const auto lost = key_under_way();
  ASSERT_NE(lost, "") << "nothing leaves before it is on the disk";
  machine_.reset();
  registry().heal();
  ASSERT_NO_FATAL_FAILURE(expect_settled("withdrawn", SubmissionState::withdrawn, lost, {}));
  ++arrived_;
  EXPECT_EQ(registry().arrived(applications), arrived_) << "sent again";
  EXPECT_EQ(registry().authority().recorded(), 0U);

  // The same citizen again, who is served; and the power would go at three moments.
  registry().fail({.kind = Kind::silent_after, .path = applications});
  const auto asked = registry().arrived(outcomes);
  auto& printer = hall_->receipt_printer();
  const auto rows = printer.rows_printed();
  ASSERT_NO_FATAL_FAILURE(submit());
  auto& authority = registry().authority();
  ASSERT_NO_FATAL_FAILURE(await("it was not recorded", [&] { return authority.recorded() == 1; }));
  const auto unanswered = stand_still("unanswered");
  registry().heal();
  go_on();
  ASSERT_NO_FATAL_FAILURE(await("nobody asked", [&] { return registry().arrived(outcomes) > asked; }));
  const auto answered = stand_still("answered");
  go_on();
  ASSERT_NO_FATAL_FAILURE(await("nothing was printed", [&] { return printer.rows_printed() > rows; }));
  const auto printing = stand_still("printing");
  machine_.reset();

  const auto key = recorded_key();
  ASSERT_NO_FATAL_FAILURE(expect_done_once("cut-printing", printing, key, {PaperState::in_doubt}));
  ASSERT_NO_FATAL_FAILURE(expect_done_once("cut-unanswered", unanswered, key, {PaperState::owed}));
  ASSERT_NO_FATAL_FAILURE(
      expect_done_once("cut-answered", answered, key, {PaperState::owed, PaperState::in_doubt}));
}

}  // namespace
}  // namespace kiosk::image
