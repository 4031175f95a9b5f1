#include "tests/image/applying.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace kiosk::image {

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

std::string Applying::recorded_key() {
  return nlohmann::json::parse(registry().authority().latest_json()).value("key", "");
}

void Applying::expect_settled(const char* name, SubmissionState wanted, const std::string& key) {
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

void Applying::expect_done_once(const char* name, const std::string& key,
                                std::initializer_list<records::PaperState> papers) {
  ASSERT_NO_FATAL_FAILURE(expect_settled(name, SubmissionState::decided, key));
  ASSERT_TRUE(seen_.submission->reply);
  const auto latest = nlohmann::json::parse(registry().authority().latest_json());
  EXPECT_EQ(seen_.submission->reply->acceptance_number, latest.value("acceptance_number", ""));
  ASSERT_TRUE(seen_.paper);
  EXPECT_NE(std::ranges::find(papers, seen_.paper->state), papers.end()) << name_of(seen_.paper->state);
  EXPECT_EQ(registry().authority().recorded(), 1U);
  EXPECT_EQ(registry().arrived(applications), arrived_ + 1) << "sent twice";
  EXPECT_EQ(hall_->receipt_printer().slips().size(), slips_) << "nobody stands there who would take it";
  ASSERT_NO_FATAL_FAILURE(expect_whole_audit_trail());
}

}  // namespace kiosk::image
