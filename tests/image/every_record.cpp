// The power goes after the writes of one application, from the kiosk that stands ready to the citizen's
// farewell: what lies on the disk then knows the application, and goes forward only.

#include <algorithm>
#include <fstream>
#include <iterator>
#include <ranges>
#include <utility>

#include <fmt/format.h>

#include "tests/image/applying.hpp"
#include "tests/image/recording.hpp"

namespace kiosk::image {
namespace {

namespace fs = std::filesystem;
using records::PaperState;
using records::SubmissionState;

constexpr std::ptrdiff_t most_readings = 240;  // each takes half a second of a processor

class EveryRecord : public Applying {
 protected:
  void TearDown() override {
    Applying::TearDown();
    fs::remove(write_log_);
    fs::remove_all(folder_ / "before");
  }

  /// How much the machine has written. It is not stopped for that: QEMU would flush the disk, which is the
  /// guest's to do.
  std::ptrdiff_t written() {
    const auto log = WriteLog::open(write_log_);
    EXPECT_TRUE(log) << log.error().what;
    return log ? std::ssize(log->writes()) : 0;
  }

  /// One citizen, from the power-on to the farewell.
  void record_an_application() {
    auto& printer = hall_->receipt_printer();
    const auto rows = printer.rows_printed();
    ASSERT_NO_FATAL_FAILURE(power_on(false, write_log_));
    ASSERT_NO_FATAL_FAILURE(expect_attract());
    begin_ = written();
    ASSERT_NO_FATAL_FAILURE(perform(0, sending()));
    registry().set_delay(1s);  // or the answer would be on the disk too when the writes are counted
    ASSERT_NO_FATAL_FAILURE(perform(sending(), sending() + 1));
    ASSERT_NO_FATAL_FAILURE(
        await("it was not sent", [&] { return registry().arrived(applications) > arrived_; }));
    sent_ = written();
    registry().set_delay(0ms);
    ASSERT_NO_FATAL_FAILURE(await("nothing was printed", [&] { return printer.rows_printed() > rows; }));
    printing_ = written();
    ASSERT_NO_FATAL_FAILURE(perform(sending() + 1, place_of(lobby::Verb::expect, "registry.recorded")));
    ASSERT_NO_FATAL_FAILURE(expect_whole_audit_trail());
    EXPECT_EQ(registry().arrived(applications), arrived_ + 1);
    EXPECT_EQ(registry().authority().recorded(), 1U);
    EXPECT_EQ(printer.slips().size(), slips_ + 1);
    key_ = recorded_key();
  }

  void open_recording() {
    auto recording = Recording::open(write_log_, before_.disk);
    ASSERT_TRUE(recording) << recording.error().what;
    recording_ = std::move(*recording);
    sent_ = last_flush_before(sent_);
    printing_ = last_flush_before(printing_);
    ASSERT_LT(begin_, sent_) << "nothing was flushed before it was sent";
    ASSERT_LT(sent_, printing_) << "nothing was flushed before the paper";
  }

  /// What came after it a disk may still lose.
  std::ptrdiff_t last_flush_before(std::ptrdiff_t writes) const {
    do --writes;
    while (writes >= 0 && !recording_.writes()[static_cast<std::size_t>(writes)].flush);
    return writes;
  }

  bool is_data(const Write& write) const { return recording_.writes_to("DATA", write); }

  /// Between two flushes, after so many writes of data, so that there are not too many readings in all.
  std::ptrdiff_t stride() const {
    std::ptrdiff_t data = 0, flushes = 0, since = 0;
    for (const auto& write : recording_.writes() | std::views::drop(begin_)) {
      data += is_data(write) ? 1 : 0;
      since += is_data(write) ? 1 : 0;
      if (write.flush && std::exchange(since, 0) > 0) ++flushes;
    }
    return std::max<std::ptrdiff_t>(1, data / std::max<std::ptrdiff_t>(1, most_readings - flushes));
  }

  /// What is on the disk after this write.
  void read(std::ptrdiff_t at) {
    SCOPED_TRACE(fmt::format("after write {}", at));
    const auto seen = kept(key_);
    ASSERT_TRUE(seen) << seen.error().what;
    ++readings_;
    ASSERT_NO_FATAL_FAILURE(expect_application(*seen));
    ASSERT_NO_FATAL_FAILURE(expect_paper(*seen));
    ASSERT_NO_FATAL_FAILURE(expect_trail(*seen));
    if (at < sent_) return;
    ASSERT_GE(state_, SubmissionState::sent) << "it has left the kiosk";
    ASSERT_TRUE(seen_trail_.contains("\"application.sent\"") && seen_trail_.contains(key_));
    if (at < printing_) return;
    ASSERT_TRUE(paper_ && *paper_ != PaperState::owed) << "it is being printed";
  }

  /// Nothing of it or all of it.
  void expect_application(const Kept& seen) {
    ASSERT_TRUE(seen.submission || !found_) << "it is lost";
    if (!seen.submission) return;
    found_ = true;
    const auto& made = *seen.submission;
    EXPECT_FALSE(made.subject.empty() || made.session.empty() || made.for_paper.reveal().empty());
    ASSERT_TRUE(made.state == SubmissionState::prepared || made.state == SubmissionState::sent ||
                made.state == SubmissionState::decided)
        << name_of(made.state);
    ASSERT_GE(made.state, state_) << name_of(made.state);
    if (made.state != state_) fmt::print("reading {}: {}\n", readings_, name_of(made.state));
    state_ = made.state;
    EXPECT_EQ(made.reply.has_value(), state_ == SubmissionState::decided);
    EXPECT_EQ(seen.pending.size(), state_ == SubmissionState::sent ? 1U : 0U);
  }

  /// Owed by the decision, and by nothing else; once.
  void expect_paper(const Kept& seen) {
    ASSERT_EQ(seen.paper.has_value(), found_ && state_ == SubmissionState::decided);
    if (!seen.paper) return;
    const auto state = seen.paper->state;
    ASSERT_TRUE(state == PaperState::owed || state == PaperState::printing || state == PaperState::printed)
        << name_of(state);
    ASSERT_GE(state, paper_.value_or(PaperState::owed)) << name_of(state);
    if (state != paper_) fmt::print("reading {}: the paper is {}\n", readings_, name_of(state));
    paper_ = state;
    EXPECT_EQ(seen.paper->copy, state == PaperState::owed ? 0 : 1);
    EXPECT_EQ(seen.owed.size(), state == PaperState::printed ? 0U : 1U);
  }

  /// The beginning of the one that was verified as a whole, never shorter than it was, and as long as the
  /// store says. A line that was cut is moved aside by the kiosk at its start.
  void expect_trail(const Kept& seen) {
    const auto files = audit_files(folder_ / "data-records");
    ASSERT_TRUE(files) << files.error().what;
    std::string trail;
    for (const auto& file : *files) {
      std::ifstream lines(file);
      trail.append(std::istreambuf_iterator<char>(lines), {});
    }
    ASSERT_TRUE(trail_.starts_with(trail)) << "it is not what was written";
    ASSERT_GE(trail.size(), seen_trail_.size()) << "lines are lost";
    seen_trail_ = trail;
    const records::AuditFiles folder(folder_ / "data-records/kiosk/audit");
    const auto found = records::find_end(folder, seen.trail_end);
    ASSERT_TRUE(found) << found.error().what;
    ASSERT_FALSE(found->gap) << "the store knows lines that are not there";
    cut_lines_ += found->torn ? 1 : 0;
  }

  fs::path write_log_;
  Recording recording_;
  KioskDisk before_;
  std::ptrdiff_t begin_ = 0;                ///< so many writes before there was anybody
  std::ptrdiff_t sent_ = 0, printing_ = 0;  ///< the last flush before it left, and before there was paper
  std::ptrdiff_t readings_ = 0;
  int cut_lines_ = 0;

  // What was last read; what comes may only be further.
  bool found_ = false;
  SubmissionState state_ = SubmissionState::prepared;
  std::optional<PaperState> paper_;
  std::string seen_trail_;
};

TEST_F(EveryRecord, OfAnApplicationIsKeptFromTheWriteOnThatItNeeds) {
  write_log_ = folder_ / "writes";
  ASSERT_NO_FATAL_FAILURE(rehearse_here("mortgage_cancellation"));
  ASSERT_NO_FATAL_FAILURE(make_disk(Damage::none));
  before_ = copy(disk_, "before");
  ASSERT_NO_FATAL_FAILURE(record_an_application());
  ASSERT_NO_FATAL_FAILURE(open_recording());
  disk_ = before_;

  const auto step = stride();
  int flushes = 0;
  std::ptrdiff_t data = 0, unread = 0;
  for (std::ptrdiff_t at = 0; at < std::ssize(recording_.writes()); ++at) {
    const auto& write = recording_.writes()[static_cast<std::size_t>(at)];
    ASSERT_TRUE(recording_.replay(write));
    if (at < begin_) continue;
    flushes += write.flush ? 1 : 0;
    data += is_data(write) ? 1 : 0;
    unread += is_data(write) ? 1 : 0;
    const bool due = unread > 0 && (write.flush || unread % step == 0);
    if (!due && at != sent_ && at != printing_) continue;
    ASSERT_NO_FATAL_FAILURE(read(at));
    unread = 0;
  }
  ASSERT_NO_FATAL_FAILURE(read(std::ssize(recording_.writes())));
  fmt::print(
      "{} writes to the data, {} flushes, {} readings, each {} writes and at every flush; {} cut lines\n",
      data, flushes, readings_, step, cut_lines_);
  EXPECT_GT(data, 0);
  EXPECT_GT(flushes, 0);
  EXPECT_GT(readings_, 0);
  EXPECT_EQ(paper_, PaperState::printed);
}

}  // namespace
}  // namespace kiosk::image
