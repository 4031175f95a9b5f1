// The power of a serving machine goes while an application is under way: it is made once or not at all, the
// kiosk knows which, and serves the next one.

#include <algorithm>

#include <fmt/format.h>

#include "firmware/records/papers.hpp"
#include "firmware/records/submissions.hpp"
#include "tests/image/at_the_panel.hpp"

namespace kiosk::image {
namespace {

using records::PaperState;
using records::SubmissionState;
using Kind = lobby::RegistryFault::Kind;

constexpr const char* applications = "/v1/applications";
constexpr const char* outcomes = "/v1/applications/outcome";

class CutApplication : public AtThePanel {
 protected:
  void TearDown() override {
    AtThePanel::TearDown();
    for (const auto* name : {"unanswered", "answered", "printing"})
      std::filesystem::remove_all(folder_ / name);
  }

  lobby::RegistryServer& registry() { return hall_->registry(); }

  /// From attract to the touch that sends the application.
  void submit() {
    const auto signed_at = place_of(lobby::Verb::sign, "pad");
    perform(0, place_of(lobby::Verb::tap, "done", signed_at) + 1);
  }

  /// Until that is so; the touch that brings it may have to be made again.
  template <class So>
  void await(const char* what, So so) {
    const auto wait = Wait::of(patience);
    auto again = Steady::now() + 10s;
    while (!so()) {
      ASSERT_TRUE(wait.sleep(20ms)) << what;
      if (registry().arrived(applications) == arrived_ && Steady::now() > again) {
        ASSERT_TRUE(touch());
        again = Steady::now() + 10s;
      }
    }
  }

  /// The disk as a cut at this moment would leave it, when all that was written to it is kept; what a disk
  /// may lose of that is every_write's. Until go_on() no time passes for the machine.
  KioskDisk stand_still(const char* name) {
    stop();
    std::filesystem::create_directories(folder_ / name);
    const auto copied = copy_disk(disk_, folder_ / name);
    EXPECT_TRUE(copied) << copied.error().what;
    fmt::print("{} after {:.1f} s\n", name,
               std::chrono::duration<double>(Steady::now() - machine_->started_at()).count());
    std::fflush(stdout);
    return copied.value_or(KioskDisk{});
  }
  void stop() { EXPECT_TRUE(machine_->qmp().ask("stop", nlohmann::json::object(), Wait::of(20s))); }
  void go_on() { EXPECT_TRUE(machine_->qmp().ask("cont", nlohmann::json::object(), Wait::of(20s))); }

  /// Of the one application that was sent and not answered, as a kiosk that stands still knows it.
  std::string key_under_way() {
    const auto seen = kept("");
    EXPECT_TRUE(seen) << seen.error().what;
    if (!seen || seen->pending.size() != 1) return "";
    return seen->pending.front().key;
  }

  struct Kept {
    std::vector<records::Submission> pending;
    std::optional<records::Submission> submission;
    std::optional<records::Paper> paper;
  };

  /// Of the application with this key.
  Result<Kept> kept(const std::string& key) {
    const auto store = TRY(kiosk_records(disk_, site_->settings_folder(), folder_, "records"));
    const SystemClock clock;
    records::Submissions submissions(*store, clock);
    Kept kept{.pending = TRY(submissions.pending()), .submission = {}, .paper = {}};
    if (auto found = submissions.find(key)) kept.submission = std::move(*found);
    if (auto found = records::Papers(*store, clock).find(key)) kept.paper = *found;
    return kept;
  }

  /// The machine comes up, and what it sent is settled, whatever it knew of it.
  void expect_settled(const char* name, SubmissionState wanted, const std::string& key) {
    SCOPED_TRACE(name);
    ASSERT_NO_FATAL_FAILURE(power_on(false));
    ASSERT_NO_FATAL_FAILURE(expect_attract(name));
    const auto wait = Wait::of(patience);
    while (true) {
      auto seen = kept(key);
      if (seen && seen->submission && seen->submission->state == wanted && seen->pending.empty()) {
        seen_ = std::move(*seen);
        return;
      }
      const auto state = seen && seen->submission ? name_of(seen->submission->state) : "not there";
      ASSERT_TRUE(wait.sleep(5s)) << "it is " << state << ", and " << (seen ? seen->pending.size() : 0)
                                  << " are under way";
    }
  }

  /// Decided once, with a paper that is still this kiosk's to print.
  void expect_done_once(const char* name, const KioskDisk& disk, const std::string& key,
                        std::initializer_list<PaperState> papers) {
    disk_ = disk;
    ASSERT_NO_FATAL_FAILURE(expect_settled(name, SubmissionState::decided, key));
    ASSERT_TRUE(seen_.submission->reply);
    const auto latest = nlohmann::json::parse(registry().authority().latest_json());
    EXPECT_EQ(seen_.submission->reply->acceptance_number, latest.value("acceptance_number", ""));
    ASSERT_TRUE(seen_.paper);
    EXPECT_NE(std::ranges::find(papers, seen_.paper->state), papers.end()) << name_of(seen_.paper->state);
    EXPECT_EQ(registry().authority().recorded(), 1U);
    EXPECT_EQ(registry().arrived(applications), arrived_ + 1) << "sent twice";
    EXPECT_EQ(hall_->receipt_printer().slips().size(), 0U) << "nobody stands there who would take it";
    ASSERT_NO_FATAL_FAILURE(expect_whole_audit_trail());
  }

  std::size_t arrived_ = 0;  ///< applications, before the one that counts
  Kept seen_;
};

TEST_F(CutApplication, IsMadeOnceOrNotAtAll) {
  ASSERT_NO_FATAL_FAILURE(rehearse_here("mortgage_cancellation"));
  ASSERT_NO_FATAL_FAILURE(make_disk(Damage::none));

  // It left the kiosk, and the registry did nothing with it.
  registry().fail({.kind = Kind::silent, .path = applications});
  ASSERT_NO_FATAL_FAILURE(power_on(false));
  ASSERT_NO_FATAL_FAILURE(submit());
  ASSERT_NO_FATAL_FAILURE(await("it was not sent", [&] { return registry().arrived(applications) == 1; }));
  stop();
  const auto lost = key_under_way();
  ASSERT_NE(lost, "") << "nothing leaves before it is on the disk";
  machine_.reset();
  registry().heal();
  ASSERT_NO_FATAL_FAILURE(expect_settled("withdrawn", SubmissionState::withdrawn, lost));
  arrived_ = registry().arrived(applications);
  EXPECT_EQ(arrived_, 1U) << "sent again";
  EXPECT_EQ(registry().authority().recorded(), 0U);

  // The same citizen again, who is served; and the power would go at three moments.
  registry().fail({.kind = Kind::silent_after, .path = applications});
  const auto asked = registry().arrived(outcomes);
  ASSERT_NO_FATAL_FAILURE(submit());
  auto& authority = registry().authority();
  ASSERT_NO_FATAL_FAILURE(await("it was not recorded", [&] { return authority.recorded() == 1; }));
  const auto unanswered = stand_still("unanswered");
  registry().heal();
  go_on();
  ASSERT_NO_FATAL_FAILURE(await("nobody asked", [&] { return registry().arrived(outcomes) > asked; }));
  const auto answered = stand_still("answered");
  go_on();
  auto& printer = hall_->receipt_printer();
  ASSERT_NO_FATAL_FAILURE(await("nothing was printed", [&] { return printer.rows_printed() > 0; }));
  const auto printing = stand_still("printing");
  machine_.reset();

  const auto key = nlohmann::json::parse(authority.latest_json()).value("key", "");
  ASSERT_NO_FATAL_FAILURE(expect_done_once("cut-printing", printing, key, {PaperState::in_doubt}));
  ASSERT_NO_FATAL_FAILURE(expect_done_once("cut-unanswered", unanswered, key, {PaperState::owed}));
  ASSERT_NO_FATAL_FAILURE(
      expect_done_once("cut-answered", answered, key, {PaperState::owed, PaperState::in_doubt}));
}

}  // namespace
}  // namespace kiosk::image
