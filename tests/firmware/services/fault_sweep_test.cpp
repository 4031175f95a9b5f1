// Every call of a service, to every device, to the registry and to the store, fails once in every way that
// its interface allows, and then for good: the person hears what happened, nothing is sent twice, nothing is
// claimed that is not so, and what is left open is known after a restart.

#include <array>
#include <fstream>
#include <set>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "firmware/records/recovery.hpp"
#include "firmware/records/verify/verifier.hpp"
#include "hal/base/log.hpp"
#include "screens/citizen/decided.hpp"
#include "screens/citizen/enter_number.hpp"
#include "screens/citizen/outcome_unknown.hpp"
#include "screens/citizen/place_card.hpp"
#include "screens/citizen/problem.hpp"
#include "screens/citizen/scan_slip.hpp"
#include "screens/citizen/staff_badge.hpp"
#include "screens/citizen/staff_pin.hpp"
#include "tests/firmware/services/paths.hpp"

namespace kiosk::services {
namespace {

using screens::Problem;
using testing::Fault;

/// Whether the fault passes and the person tries again, or it stays and they give up.
enum class Person { tries_again, gives_up };

/// Whoever gives up takes the page's way out as soon as it says that something went wrong.
template <class Page, class WentWrong>
void give_up_on(Hall& hall, WentWrong went_wrong) {
  hall.ui.on(std::string(Page::name), [went_wrong](const screens::Screen& screen) {
    return went_wrong(*screen.as<Page>()) ? std::optional(ScriptUi::chosen(0)) : std::nullopt;
  });
}

void prepare(Hall& hall, const Path& path, Person person) {
  hall.ui.choose("problem", person == Person::tries_again ? 0 : 1);
  hall.ui.on("enter_number", ScriptUi::typing("2026110200008"));
  path.arrange(hall);
  if (person == Person::gives_up) {
    give_up_on<screens::PlaceCard>(
        hall, [](const auto& page) { return page.problem != screens::PlaceCard::Problem::none; });
    give_up_on<screens::ScanSlip>(hall, [](const auto& page) { return page.unreadable_before; });
    // A number that is not found: back to the ways, and back to the menu.
    hall.ui.on("enter_number", [&hall](const screens::Screen& screen) {
      if (screen.as<screens::EnterNumber>()->not_found.empty())
        return ScriptUi::typing("2026110200008")(screen);
      hall.ui.on("progress_ways", [](const screens::Screen&) { return ScriptUi::back(); });
      return std::optional(ScriptUi::back());
    });
    give_up_on<screens::StaffBadge>(hall, [](const auto& page) { return page.wrong_before; });
    // A PIN that is refused: back to the badge, and on without staff.
    hall.ui.on("staff_pin", [&hall](const screens::Screen& screen) {
      if (!screen.as<screens::StaffPin>()->wrong_before) return ScriptUi::typing(lobby::staff().pin)(screen);
      hall.ui.on("staff_badge", [](const screens::Screen&) { return ScriptUi::chosen(0); });
      return std::optional(ScriptUi::back());
    });
  }
  // A card that is asked for again is put down again.
  hall.ui.when("place_card", [&hall, &path] {
    const auto& asked = hall.ui.newest<screens::PlaceCard>()->for_whom;
    if (!hall.reader.card_lies_there())
      hall.reader.place(lobby::person(asked.empty() ? path.person : "liu").card);
  });
}

/// Pages on which a session may be over without having done what it was begun for: each says why, and what
/// now.
bool explains(const screens::Screen& page) {
  constexpr std::array<std::string_view, 5> names{"problem", "other_ways", "release_missing", "case_timeline",
                                                  "progress_ways"};
  return std::ranges::find(names, page.name()) != names.end();
}

void expect_told(Hall& hall) {
  const auto recorded = hall.registry.authority().recorded();
  const auto* decided = hall.ui.newest<screens::Decided>();
  const auto* problem = hall.ui.last().as<Problem>();
  const bool ended_well =
      hall.outcome() == "done" || hall.outcome() == "explained" || hall.outcome() == "not_decided";
  EXPECT_TRUE(ended_well ? hall.ui.last().name() == "goodbye" : explains(hall.ui.last()))
      << hall.outcome() << " on page " << hall.ui.last().name();
  EXPECT_LE(recorded, 1U);
  EXPECT_TRUE(decided == nullptr || recorded == 1U) << "a decision that nobody made";
  if (recorded == 1) {
    EXPECT_TRUE(decided != nullptr || hall.ui.newest<screens::OutcomeUnknown>() != nullptr);
    EXPECT_EQ(problem, nullptr) << "pages of problems say that nothing was submitted";
  }
}

/// After a power cut everything that is open is known, and nothing else is.
void expect_known_after_restart(Hall& hall) {
  ASSERT_TRUE(records::recover(hall.journal, hall.submissions, hall.papers, hall.audit));
  const auto pending = hall.pending();
  for (const auto& session : hall.unfinished()) {
    EXPECT_FALSE(session.outcome.empty());
    for (const auto& debt : session.owed) {
      EXPECT_EQ(debt.what, records::Debt::submission);
      EXPECT_EQ(std::ranges::count(pending, debt.reference, &records::Submission::key), 1);
    }
  }
  const auto& kept = hall.store.kept();
  const auto rows = kept.contains("submissions") ? kept.at("submissions").size() : 0;
  EXPECT_LE(hall.registry.authority().recorded(), rows) << "a case that the outbox does not know";
}

/// The one paper of a decided application. `reliable`: neither the store nor a printer's word was in doubt.
void expect_one_paper(Hall& hall, bool reliable) {
  const auto& pages = hall.pages.documents();
  const auto notices = std::ranges::count_if(pages, [](const hal::Document& document) {
    return document.title != "不动产登记结果";  // beside the paper, for who asks
  });
  const auto printed = hall.slips.slips().size() + static_cast<std::size_t>(notices);
  EXPECT_LE(printed, 1U);
  if (hall.registry.authority().recorded() == 0) return;
  const auto pending = hall.pending().size();
  const auto& kept = hall.store.kept();
  const auto papers = kept.find("papers");
  const auto known = papers == kept.end() ? 0 : papers->second.size();
  EXPECT_EQ(known + pending, 1U) << "a paper, or the question what was decided";
  if (!reliable || known == 0) return;
  const auto& state = papers->second.begin()->second.text("state");
  const auto* decided = hall.ui.newest<screens::Decided>();
  ASSERT_NE(decided, nullptr);
  EXPECT_EQ(printed, state == "printed" ? 1U : 0U) << state;
  EXPECT_EQ(state == "electronic", decided->paper == screens::Decided::Paper::electronic) << state;
}

void expect_nothing_left(Hall& hall, const std::string& person) {
  EXPECT_EQ(hall.camera.open_streams(), 0);
  // A card whose read failed is in the hand of a person who was told so.
  const auto pages = hall.ui.pages();
  const auto newest = std::ranges::find_if(pages.rbegin(), pages.rend(), [](const auto& page) {
    return page == "place_card" || page == "card_read";
  });
  const bool was_read = newest != pages.rend() && *newest == "card_read";
  EXPECT_TRUE(!hall.reader.card_lies_there() || !was_read || hall.card_asked_for());
  const auto kept = hall.everything_kept();
  const auto& card = lobby::person(person).card;
  EXPECT_EQ(kept.find(card.number.reveal()), std::string::npos);
  EXPECT_EQ(kept.find(card.name.reveal()), std::string::npos);
  EXPECT_EQ(kept.find(card.address.reveal()), std::string::npos);
}

void expect_whole_trail(const Hall& hall) {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(hall.folder.path())) {
    if (entry.path().extension() == ".jsonl") files.push_back(entry.path());
  }
  std::ranges::sort(files);
  records::AuditVerifier verifier;
  for (const auto& file : files) {
    std::ifstream stream(file, std::ios::binary);
    verifier.take_file(file.filename(), std::string{std::istreambuf_iterator<char>(stream), {}});
  }
  const auto report = verifier.finish();
  EXPECT_TRUE(files.empty() || report.whole()) << report.problems.front().what;
}

/// Runs the path with one call failing, and checks what must be true however it went.
void run_with(const Path& path, std::size_t n, const std::string& call, const Fault& fault, Person person) {
  SCOPED_TRACE(fmt::format("{}: call {} {} {}, {}", path.name, n, call, describe(fault),
                           person == Person::tries_again ? "once" : "from then on"));
  Hall hall(path.person);
  prepare(hall, path, person);
  hall.faults.plan(n, fault, person == Person::gives_up);
  hall.serve(path.service);
  const bool in_store = call.starts_with("store.");
  if (!in_store) {
    for (const auto& session : hall.unfinished()) EXPECT_FALSE(session.outcome.empty());
  }
  expect_told(hall);
  expect_known_after_restart(hall);
  const bool in_doubt = fault.when == Fault::When::in_doubt || path.name == "doubt";
  if (path.service == "mortgage_cancellation") expect_one_paper(hall, !in_store && !in_doubt);
  expect_nothing_left(hall, path.person);
  expect_whole_trail(hall);
}

/// Not worth a run: a registry that has the application and says that it has not (the contract promises that
/// it never does), and every second way in which a disk may fail.
bool worth_a_run(const Path& path, const std::string& call, const Fault& fault, Person person) {
  if (path.name == "lost_answer" && call == "registry.outcome" && fault.code == Errc::not_present)
    return false;
  const bool passes = person == Person::tries_again;
  return !call.starts_with("store.") || passes == (fault.when == Fault::When::after_work);
}

std::vector<std::string> calls_of(const Path& path) {
  Hall hall(path.person);
  prepare(hall, path, Person::gives_up);
  hall.serve(path.service);
  EXPECT_TRUE(hall.outcome() == path.ends) << path.name << " ends as " << hall.outcome();
  return hall.faults.calls();
}

const std::vector<std::string>& parties() {
  static const std::vector<std::string> all{"id_reader",        "camera",  "faces",    "receipt_printer",
                                            "document_printer", "scanner", "registry", "store"};
  return all;
}

class FaultSweep : public ::testing::TestWithParam<std::tuple<std::size_t, std::string>> {
 protected:
  FaultSweep() {
    log::set_sink([](log::Level, std::string_view) {});  // a thousand faults are a thousand lines
  }
};

TEST_P(FaultSweep, EndsWithAPageAndNothingHalfDone) {
  const auto& path = paths()[std::get<0>(GetParam())];
  const auto calls = calls_of(path);
  int runs = 0;
  for (std::size_t n = 0; n < calls.size(); ++n) {
    if (!calls[n].starts_with(std::get<1>(GetParam()) + ".")) continue;
    for (const auto& fault : testing::faults_of(calls[n])) {
      for (const auto person : {Person::tries_again, Person::gives_up}) {
        if (!worth_a_run(path, calls[n], fault, person)) continue;
        run_with(path, n, calls[n], fault, person);
        ++runs;
      }
    }
  }
  RecordProperty("runs", runs);
}

INSTANTIATE_TEST_SUITE_P(Services, FaultSweep,
                         ::testing::Combine(::testing::Range<std::size_t>(0, paths().size()),
                                            ::testing::ValuesIn(parties())),
                         [](const auto& instance) {
                           return paths()[std::get<0>(instance.param)].name + "_" +
                                  std::get<1>(instance.param);
                         });

/// The session is ended on each page: the card goes back, and what is open is known.
class EndSweep : public ::testing::TestWithParam<std::size_t> {};

TEST_P(EndSweep, LeavesNothingHalfDone) {
  const auto& path = paths()[GetParam()];
  std::size_t page = 0;
  for (;; ++page) {
    SCOPED_TRACE(fmt::format("{}: ended on page {}", path.name, page));
    Hall hall(path.person);
    prepare(hall, path, Person::tries_again);
    hall.ui.end_at(static_cast<int>(page), hall.end);
    hall.serve(path.service);
    EXPECT_LE(hall.registry.authority().recorded(), 1U);
    if (path.service == "mortgage_cancellation") expect_one_paper(hall, false);
    expect_known_after_restart(hall);
    expect_nothing_left(hall, path.person);
    expect_whole_trail(hall);
    if (hall.outcome() == path.ends) break;
    ASSERT_EQ(hall.outcome(), "ended");
  }
  EXPECT_GT(page, 4U) << "the sweep must reach every page";
}

INSTANTIATE_TEST_SUITE_P(Services, EndSweep, ::testing::Range<std::size_t>(0, paths().size()),
                         [](const auto& instance) { return paths()[instance.param].name; });

TEST(FaultSweep, MeetsEveryPartyThatAServiceUses) {
  std::set<std::string> met;
  for (const auto& path : paths()) {
    for (const auto& call : calls_of(path)) met.insert(call.substr(0, call.find('.')));
  }
  EXPECT_EQ(met, std::set<std::string>(parties().begin(), parties().end()));
}

}  // namespace
}  // namespace kiosk::services
