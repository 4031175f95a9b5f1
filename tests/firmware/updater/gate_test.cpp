// The health gate's truth table.

#include <gtest/gtest.h>

#include "firmware/updater/health_gate.hpp"

namespace kiosk::updater {
namespace {

using hal::Vitals;
using namespace std::chrono_literals;

const Vitals well{.running_for = 5min,
                  .first_picture = true,
                  .data_schema = 3,
                  .devices = {"camera", "id_reader"},
                  .registry_reached = true};

struct Row {
  const char* name;
  void (*before)(Vitals& vitals);
  void (*now)(Vitals& vitals);
  const char* complaint;  ///< empty: passes
};

const std::vector<Row>& table() {
  static const auto same = [](Vitals&) {};
  static const auto one_aside = [](Vitals& v) { v.set_aside = 1; };
  static const auto no_camera = [](Vitals& v) { v.devices.erase("camera"); };
  static const auto no_registry = [](Vitals& v) { v.registry_reached = false; };
  static const std::vector<Row> rows{
      {"all well", same, same, ""},
      {"no picture", same, [](Vitals& v) { v.first_picture = false; }, "no picture was drawn"},
      {"no picture before either", [](Vitals& v) { v.first_picture = false; },
       [](Vitals& v) { v.first_picture = false; }, "no picture was drawn"},
      {"just started", same, [](Vitals& v) { v.running_for = 179s; },
       "the program on the glass has run for less than 3 minutes"},
      {"started long enough ago", same, [](Vitals& v) { v.running_for = 180s; }, ""},
      {"records set aside", same, one_aside, "the records were damaged and begun anew"},
      {"records set aside before", one_aside, one_aside, ""},
      {"records set aside once more", one_aside, [](Vitals& v) { v.set_aside = 2; },
       "the records were damaged and begun anew"},
      {"records taken away", one_aside, same, ""},
      {"records migrated", same, [](Vitals& v) { v.data_schema = 4; }, ""},
      {"records gone back", same, [](Vitals& v) { v.data_schema = 2; }, "the records are older than before"},
      {"camera lost", same, no_camera, "camera worked before and does not now"},
      {"camera was broken before", no_camera, no_camera, ""},
      {"camera mended", no_camera, same, ""},
      {"a device more", same, [](Vitals& v) { v.devices.insert("scanner"); }, ""},
      {"registry lost", same, no_registry, "the registry was reached before and is not now"},
      {"registry was away before", no_registry, no_registry, ""},
      {"registry came", no_registry, same, ""},
      {"two things", same,
       [](Vitals& v) {
         v.devices.clear();
         v.set_aside = 1;
       },
       "the records were damaged and begun anew; camera worked before and does not now; id_reader worked "
       "before "
       "and does not now"},
  };
  return rows;
}

TEST(TheHealthGate, JudgesByWhatWasBefore) {
  for (const auto& row : table()) {
    auto before = well;
    auto now = well;
    row.before(before);
    row.now(now);
    EXPECT_EQ(complaints(before, now), row.complaint) << row.name;
  }
}

TEST(TheHealthGate, PassesNothingThatDoesNotAnswer) {
  EXPECT_EQ(complaints(well, std::nullopt), "the program on the glass does not answer");
  EXPECT_EQ(complaints(std::nullopt, std::nullopt), "the program on the glass does not answer");
}

TEST(TheHealthGate, AsksForAPictureEvenWhenNothingWasKnownBefore) {
  Vitals bare{.running_for = 5min, .first_picture = true, .set_aside = 1, .data_schema = 1};
  EXPECT_EQ(complaints(std::nullopt, bare), "");
  bare.first_picture = false;
  EXPECT_EQ(complaints(std::nullopt, bare), "no picture was drawn");
}

}  // namespace
}  // namespace kiosk::updater
