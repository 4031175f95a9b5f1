#include "firmware/app/citizens_side.hpp"

#include <thread>

#include <gtest/gtest.h>

#include "tests/support/fake_camera.hpp"
#include "tests/support/fake_code_scanner.hpp"
#include "tests/support/fake_document_printer.hpp"
#include "tests/support/fake_face_finder.hpp"
#include "tests/support/fake_id_reader.hpp"
#include "tests/support/fake_receipt_printer.hpp"
#include "tests/support/memory_store.hpp"
#include "tests/support/must.hpp"
#include "tests/support/set_clock.hpp"

namespace kiosk::app {
namespace {

using namespace std::chrono_literals;
using kiosk::testing::must;

class Side : public ::testing::Test {
 protected:
  Wait patience() const { return Wait::of(20s); }

  void hear(const shell::Event& event) {
    std::visit(
        [this](const auto& asked) {
          if constexpr (requires { side.attended({.request = asked.request}); }) {
            if (!deaf)
              side.attended(
                  {.request = asked.request, .somebody = somebody, .nobody_for = somebody ? 0s : 90s});
          }
        },
        event);
    if (const auto* closed = std::get_if<shell::StayClosed>(&event)) wish = *closed;
    if (std::holds_alternative<shell::OpenAgain>(event)) wish.reset();
  }

  kiosk::testing::FakeIdReader reader;
  kiosk::testing::FakeReceiptPrinter slips;
  kiosk::testing::FakeDocumentPrinter pages;
  kiosk::testing::FakeCamera camera;
  kiosk::testing::FakeFaceFinder faces;
  kiosk::testing::FakeCodeScanner scanner;
  kiosk::testing::SetClock clock;
  kiosk::testing::MemoryStore records{{.version = 2, .tables = {}}};
  bool seen = true, quiet = true, reached = true, somebody = false, deaf = false;
  std::optional<shell::StayClosed> wish;
  CitizensSide side{{.devices = {reader, slips, pages, camera, faces, scanner},
                     .clock = clock,
                     .store = records,
                     .seen = [this] { return seen; },
                     .quiet = [this] { return quiet; },
                     .registry_reached = [this] { return reached; },
                     .to_shell = [this](const shell::Event& event) { hear(event); }}};
};

TEST_F(Side, SomebodyIsThereWhileTheShellSaysSoOrASessionIsNotOver) {
  EXPECT_EQ(must(side.attendance(patience())), (hal::Attendance{.somebody = false, .nobody_for = 90s}));
  somebody = true;
  EXPECT_EQ(must(side.attendance(patience())), (hal::Attendance{.somebody = true}));
  somebody = false;
  quiet = false;
  EXPECT_EQ(must(side.attendance(patience())), (hal::Attendance{.somebody = true}));
}

TEST_F(Side, ClosesWhenNobodyIsDisturbedAndSaysUntilWhen) {
  ASSERT_TRUE(side.stay_closed(5min, patience()));
  ASSERT_TRUE(wish);
  EXPECT_EQ(wish->back_at, domain::time_in_china(clock.now() + 5min));
  wish.reset();
  quiet = false;
  EXPECT_EQ(side.stay_closed(5min, patience()).error().code, Errc::busy);
  EXPECT_FALSE(wish) << "the shell is not even asked";
  quiet = true;
  ASSERT_TRUE(side.stay_closed(5min, patience()));
  somebody = true;
  EXPECT_EQ(side.stay_closed(5min, patience()).error().code, Errc::busy);
  EXPECT_TRUE(wish) << "what was said before stays said";
}

TEST_F(Side, AClosingThatWasNotAnsweredIsTakenBack) {
  deaf = true;  // it hears later what it was asked, in that order
  EXPECT_EQ(side.stay_closed(5min, Wait::of(20ms)).error().code, Errc::timed_out);
  EXPECT_FALSE(wish);
  deaf = false;
  EXPECT_TRUE(side.stay_closed(5min, patience()));
  EXPECT_TRUE(wish);
}

TEST_F(Side, SaysWhatWorks) {
  auto vitals = must(side.vitals(patience()));
  EXPECT_TRUE(vitals.first_picture);
  EXPECT_EQ(vitals.set_aside, 0);
  EXPECT_TRUE(vitals.registry_reached);
  EXPECT_EQ(vitals.devices,
            (std::set<std::string>{"id_reader", "receipt_printer", "document_printer", "camera", "scanner"}));
  camera.set_plugged(false);
  seen = reached = false;
  records.report_set_aside("kiosk.db.damaged");
  vitals = must(side.vitals(patience()));
  EXPECT_FALSE(vitals.devices.contains("camera"));
  EXPECT_FALSE(vitals.first_picture);
  EXPECT_FALSE(vitals.registry_reached);
  EXPECT_EQ(vitals.set_aside, 1);
}

TEST_F(Side, TheRecordsAreAsNewAsTheyWereSettledAndNotAsTheProgramIs) {
  EXPECT_EQ(must(side.vitals(patience())).data_schema, 0);
  records.fill_disk();
  EXPECT_EQ(side.settle(patience()).error().code, Errc::storage);
  EXPECT_EQ(must(side.vitals(patience())).data_schema, 0);
  records.fill_disk(false);
  ASSERT_TRUE(side.settle(patience()));
  EXPECT_EQ(must(side.vitals(patience())).data_schema, 2);
}

TEST_F(Side, AGlassThatDoesNotAnswerIsNoVitalSign) {
  deaf = true;
  EXPECT_EQ(side.vitals(Wait::of(20ms)).error().code, Errc::timed_out);
  std::stop_source stop;
  std::jthread ender([&] { stop.request_stop(); });
  EXPECT_EQ(side.attendance({.stop = stop.get_token()}).error().code, Errc::cancelled);
  deaf = false;
  side.attended({.request = 1, .somebody = true});
  EXPECT_FALSE(must(side.attendance(patience())).somebody) << "an answer to an earlier question is nobody's";
}

}  // namespace
}  // namespace kiosk::app
