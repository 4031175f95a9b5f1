#include "firmware/health/offer.hpp"

#include <gtest/gtest.h>

namespace kiosk::health {
namespace {

using hal::DeviceState;
using hal::Supply;
using screens::Closed;

const hal::DeviceStatus good{.state = DeviceState::online, .paper = Supply::full};

Condition all_well() {
  return {.id_reader = good,
          .receipt_printer = good,
          .document_printer = good,
          .camera = good,
          .scanner = good,
          .registry_reachable = true};
}

Closed offered(const Condition& condition, const std::string& id) {
  return offer(condition, {id}, services::catalog()).services.front().closed;
}

TEST(Offer, EverythingIsOpenWhenEverythingWorks) {
  EXPECT_EQ(offered(all_well(), "mortgage_cancellation"), Closed::open);
  EXPECT_EQ(offered(all_well(), "progress"), Closed::open);
}

/// Every way in which a device may not be usable, and what it closes.
struct Unusable {
  const char* name;
  hal::DeviceStatus status;
};
const Unusable ways[] = {
    {"starting", {.state = DeviceState::starting}},
    {"offline", {.state = DeviceState::offline}},
    {"power_off", {.state = DeviceState::power_off}},
    {"no_device", {.state = DeviceState::no_device}},
    {"hardware_error", {.state = DeviceState::hardware_error}},
    {"user_error", {.state = DeviceState::user_error}},
    {"paper_out", {.state = DeviceState::online, .paper = Supply::out}},
    {"paper_jammed", {.state = DeviceState::online, .paper = Supply::jammed}},
    {"toner_out", {.state = DeviceState::online, .toner = Supply::out}},
};

struct Device {
  const char* name;
  hal::DeviceStatus Condition::* member;
  Closed mortgage;  ///< what the tile says; open: the service does without it
};
const Device devices[] = {
    {"id_reader", &Condition::id_reader, Closed::id_reader},
    {"receipt_printer", &Condition::receipt_printer, Closed::receipt_printer},
    {"document_printer", &Condition::document_printer, Closed::open},  // notices come as slips
    {"camera", &Condition::camera, Closed::open},                      // staff may vouch
    {"code_scanner", &Condition::scanner, Closed::open},
};

class Broken : public ::testing::TestWithParam<std::tuple<Device, Unusable>> {};

TEST_P(Broken, ClosesWhatNeedsItAndNamesIt) {
  const auto& [device, way] = GetParam();
  auto condition = all_well();
  condition.*device.member = way.status;
  EXPECT_EQ(offered(condition, "mortgage_cancellation"), device.mortgage);
  EXPECT_EQ(offered(condition, "progress"), Closed::open) << "by number it needs nothing but the line";
  EXPECT_EQ(newly_broken(all_well(), condition), std::vector<std::string_view>{device.name});
  EXPECT_TRUE(newly_broken(condition, all_well()).empty());
  EXPECT_TRUE(newly_broken(condition, condition).empty());
}

INSTANTIATE_TEST_SUITE_P(Offer, Broken,
                         ::testing::Combine(::testing::ValuesIn(devices), ::testing::ValuesIn(ways)),
                         [](const auto& instance) {
                           return std::string(std::get<0>(instance.param).name) + "_" +
                                  std::get<1>(instance.param).name;
                         });

TEST(Offer, ABusyDeviceAndLowPaperAreNoFault) {
  auto condition = all_well();
  condition.id_reader.state = DeviceState::busy;
  condition.receipt_printer.paper = Supply::low;
  EXPECT_EQ(offered(condition, "mortgage_cancellation"), Closed::open);
}

TEST(Offer, WithoutTheLineNothingIsOffered) {
  auto condition = all_well();
  condition.registry_reachable = false;
  const auto result = offer(condition, {"mortgage_cancellation", "progress"}, services::catalog());
  EXPECT_TRUE(result.out_of_service);
  for (const auto& tile : result.services) EXPECT_EQ(tile.closed, Closed::network);
  EXPECT_EQ(newly_broken(all_well(), condition), std::vector<std::string_view>{"registry"});
}

TEST(Offer, TheTileNamesTheWorstThingFirst) {
  auto condition = all_well();
  condition.receipt_printer.state = DeviceState::no_device;
  condition.id_reader.state = DeviceState::no_device;
  EXPECT_EQ(offered(condition, "mortgage_cancellation"), Closed::id_reader);
  condition.registry_reachable = false;
  EXPECT_EQ(offered(condition, "mortgage_cancellation"), Closed::network);
  condition.closed_by_city = {"mortgage_cancellation"};
  EXPECT_EQ(offered(condition, "mortgage_cancellation"), Closed::city);
}

TEST(Offer, OneOpenServiceIsEnoughToStandOpenAndTheOrderIsTheSites) {
  auto condition = all_well();
  condition.closed_by_city = {"mortgage_cancellation"};
  const auto result = offer(condition, {"progress", "mortgage_cancellation"}, services::catalog());
  EXPECT_FALSE(result.out_of_service);
  ASSERT_EQ(result.services.size(), 2U);
  EXPECT_EQ(result.services[0].id, "progress");
  EXPECT_EQ(result.services[1].closed, Closed::city);
}

}  // namespace
}  // namespace kiosk::health
