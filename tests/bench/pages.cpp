#include "tests/bench/pages.hpp"

#include <fmt/format.h>

#include "screens/citizen/case_list.hpp"
#include "screens/citizen/home.hpp"
#include "screens/frame.hpp"

namespace kiosk::bench {

using namespace screens;

namespace {

const Frame frame{.hall_name = "示范市不动产登记大厅", .clock = "10:08", .can_go_back = true};

CaseList two_hundred_cases() {
  CaseList list;
  for (int i = 0; i < 200; ++i) {
    list.rows.push_back({.acceptance_number = fmt::format("2026{:08}", 31410007 + 13 * i),
                         .service = i % 3 == 0 ? "change_registration" : "mortgage_cancellation",
                         .address = PersonalText(fmt::format("示范区经十路{}号{}号楼", 100 + i, 1 + i % 9)),
                         .stage = i % 4 == 0 ? "collect" : "review"});
  }
  return list;
}

}  // namespace

Layout home_page(const Look& look) {
  Home home{.hall_name = frame.hall_name};
  for (const char* id : {"mortgage_cancellation", "change_registration", "progress",
                         "registration_information", "certificates", "queue", "payment", "guide"}) {
    home.services.push_back({id});
  }
  return framed(layout(home, look, {}), frame, look);
}

Layout list_page(const Look& look, int page) {
  static const CaseList list = two_hundred_cases();
  Draft draft;
  draft.page = page;
  return framed(layout(list, look, draft), frame, look);
}

}  // namespace kiosk::bench
