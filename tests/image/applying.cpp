#include "tests/image/applying.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace kiosk::image {

using records::PaperState;
using records::SubmissionState;

namespace {

/// Nothing where there is none; that it cannot be read is another matter.
template <class T>
Result<std::optional<T>> if_any(Result<T> found) {
  if (found) return std::optional(*std::move(found));
  if (found.error().code == Errc::not_present) return std::optional<T>();
  return std::unexpected(found.error());
}

}  // namespace

void Applying::SetUp() {
  ASSERT_NO_FATAL_FAILURE(AtThePanel::SetUp());
  if (IsSkipped()) return;
  registry().heal();
  registry().authority().begin_anew();
  arrived_ = registry().arrived(applications);
  slips_ = hall_->receipt_printer().slips().size();
}

std::size_t Applying::sending() const {
  return place_of(lobby::Verb::tap, "done", place_of(lobby::Verb::sign, "pad"));
}

void Applying::submit() {
  perform(0, sending() + 1);
}

void Applying::cut_unanswered() {
  registry().fail({.kind = lobby::RegistryFault::Kind::silent_after, .path = applications});
  ASSERT_NO_FATAL_FAILURE(submit());
  ASSERT_NO_FATAL_FAILURE(
      await("it was not recorded", [&] { return registry().authority().recorded() == 1; }));
  machine_.reset();
  registry().heal();
  registry().fail({.kind = lobby::RegistryFault::Kind::answer, .path = outcomes});
  key_ = recorded_key();
}

Result<Applying::Kept> Applying::kept(const std::string& key) {
  const auto store = TRY(kiosk_records(disk_, site_->settings_folder(), folder_, "records"));
  if (!store->health().set_aside.empty()) return fail(Errc::storage, "the database is damaged");
  const SystemClock clock;
  records::Submissions submissions(*store, clock);
  records::Papers papers(*store, clock);
  Kept kept;
  kept.pending = TRY(submissions.pending());
  kept.owed = TRY(papers.owed());
  kept.submission = TRY(if_any(submissions.find(key)));
  kept.paper = TRY(if_any(papers.find(key)));
  kept.trail_end = TRY(hal::in_transaction(*store, records::load_end));
  return kept;
}

void Applying::expect_unanswered() {
  const auto seen = kept(key_);
  ASSERT_TRUE(seen) << seen.error().what;
  ASSERT_TRUE(seen->submission) << "it is lost";
  const auto state = seen->submission->state;  // unknown, once the kiosk was started and asked for it
  EXPECT_TRUE(state == SubmissionState::sent || state == SubmissionState::unknown) << name_of(state);
  EXPECT_EQ(seen->pending.size(), 1U);
  EXPECT_FALSE(seen->paper);
}

std::string Applying::recorded_key() {
  return nlohmann::json::parse(registry().authority().latest_json()).value("key", "");
}

void Applying::expect_settled(const char* name, SubmissionState wanted, const std::string& key,
                              std::initializer_list<PaperState> papers) {
  SCOPED_TRACE(name);
  ASSERT_NO_FATAL_FAILURE(power_on(false));
  ASSERT_NO_FATAL_FAILURE(expect_attract(name));
  const auto wait = Wait::of(patience);
  while (true) {
    auto seen = kept(key);
    const auto submission = seen ? seen->submission : std::nullopt;
    const auto paper = seen ? seen->paper : std::nullopt;
    const bool as_wanted =
        paper ? std::ranges::find(papers, paper->state) != papers.end() : std::empty(papers);
    if (submission && submission->state == wanted && seen->pending.empty() && as_wanted) {
      seen_ = std::move(*seen);
      return;
    }
    ASSERT_TRUE(wait.sleep(5s)) << "it is " << (submission ? name_of(submission->state) : "not there")
                                << ", its paper " << (paper ? name_of(paper->state) : "not there") << ", and "
                                << (seen ? seen->pending.size() : 0) << " are under way";
  }
}

void Applying::expect_done_once(const char* name, const std::string& key,
                                std::initializer_list<PaperState> papers) {
  registry().heal();
  ASSERT_NO_FATAL_FAILURE(expect_settled(name, SubmissionState::decided, key, papers));
  ASSERT_TRUE(seen_.submission->reply);
  const auto latest = nlohmann::json::parse(registry().authority().latest_json());
  EXPECT_EQ(seen_.submission->reply->acceptance_number, latest.value("acceptance_number", ""));
  EXPECT_EQ(registry().authority().recorded(), 1U);
  EXPECT_EQ(registry().arrived(applications), arrived_ + 1) << "sent twice";
  EXPECT_EQ(hall_->receipt_printer().slips().size(), slips_) << "nobody stands there who would take it";
  ASSERT_NO_FATAL_FAILURE(expect_whole_audit_trail());
}

}  // namespace kiosk::image
