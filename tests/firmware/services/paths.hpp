#pragma once
// The ways through the services that the sweeps take.

#include <functional>
#include <string>
#include <vector>

#include "screens/citizen/decided.hpp"
#include "screens/citizen/sign.hpp"
#include "tests/support/hall.hpp"

namespace kiosk::services {

using testing::Hall;
using testing::ScriptUi;

/// One way through one service.
struct Path {
  std::string name;
  std::string service;
  std::string person;
  std::string ends;  ///< the outcome when nothing fails
  std::function<void(Hall&)> arrange = [](Hall&) {};
};

inline void with_staff(Hall& hall) {
  hall.ui.choose("consent", 1).on("staff_pin", ScriptUi::typing(lobby::staff().pin));
  hall.ui.first("other_ways", [](const screens::Screen&) { return ScriptUi::chosen(0); });
  hall.ui.when("staff_badge", [&hall] { hall.scanner.show_next(lobby::staff().badge); });
}

/// The second owner comes forward when asked.
inline void with_co_owner(Hall& hall) {
  hall.ui.on("other_owners", [&hall](const screens::Screen&) {
    hall.faces.set_portrait(testing::FakeRegistry::portrait("liu"));
    return ScriptUi::chosen(0);
  });
}

/// The second owner is not here and gets a message.
inline void with_invitation(Hall& hall) {
  hall.ui.choose("other_owners", 1).choose("owner_away", 1);
  hall.ui.first("owner_away", [](const screens::Screen&) { return ScriptUi::chosen(0); });
}

/// The register has the mortgage under an older number: it is found by the certificate.
inline void with_certificate(Hall& hall) {
  hall.ui.choose("no_liens", 1).on("enter_certificate", ScriptUi::typing("20190200884"));
}

/// Registered at once, and asked for on A4 too.
inline void with_result(Hall& hall) {
  hall.ui.first("decided", [](const screens::Screen& screen) {
    using Answer = screens::Decided::Answer;
    const bool offered = screen.as<screens::Decided>()->can_print_result;
    return ScriptUi::chosen(static_cast<int>(offered ? Answer::print_result : Answer::done));
  });
}

inline void with_refusal(Hall& hall) {
  hall.registry.authority().decide("m-0001", hal::Decision::refused);
}

/// Two other owners, and one message that can be sent.
inline void with_three_owners(Hall& hall) {
  hall.ui.choose("other_owners", 1).choose("owner_away", 1);
}

/// Who finds writing hard agrees aloud before a member of staff, and writes after all when nobody comes.
inline void without_writing(Hall& hall) {
  with_staff(hall);
  hall.ui.first("sign", [](const screens::Screen&) {
    return ScriptUi::chosen(static_cast<int>(screens::Sign::Answer::Kind::cannot_sign));
  });
}

inline void with_doubt(Hall& hall) {
  hall.slips.turn([](auto& state) { state.cover_opens_in_next_job = true; });
}

inline void with_lost_answer(Hall& hall) {
  hall.registry.fail(testing::FakeRegistry::Step::submit, testing::FakeRegistry::Fault::after_work);
}

inline void by_scan(Hall& hall) {
  hall.ui.choose("progress_ways", 2);
  hall.ui.when("scan_slip", [&hall] {
    const auto cases = hall.registry.authority().cases(
        {.card = lobby::person("wu").card, .proof = hal::Applicant::Proof::card_only});
    hall.scanner.show_next(cases->front().slip_token);
  });
  hall.ui.first("case_timeline", [](const screens::Screen&) { return ScriptUi::chosen(0); });  // prints it
}

inline const std::vector<Path>& paths() {
  static const std::vector<Path> all{
      {"registered", "mortgage_cancellation", "zhang", "done"},
      {"result", "mortgage_cancellation", "zhang", "done", with_result},
      {"refused", "mortgage_cancellation", "zhang", "done", with_refusal},
      {"staff", "mortgage_cancellation", "zhang", "done", with_staff},
      {"co_owner", "mortgage_cancellation", "chen", "done", with_co_owner},
      {"invitation", "mortgage_cancellation", "chen", "explained", with_invitation},
      {"three_owners", "mortgage_cancellation", "lin", "explained", with_three_owners},
      {"cannot_write", "mortgage_cancellation", "zhang", "done", without_writing},
      {"certificate", "mortgage_cancellation", "wu", "done", with_certificate},
      {"doubt", "mortgage_cancellation", "zhang", "done", with_doubt},
      {"lost_answer", "mortgage_cancellation", "zhang", "done", with_lost_answer},
      {"materials", "mortgage_cancellation", "li", "explained",
       [](Hall& hall) { hall.ui.first("release_missing", [](const auto&) { return ScriptUi::chosen(0); }); }},
      {"progress_card", "progress", "wu", "done",
       [](Hall& hall) {
         hall.ui.choose("progress_ways", 0).choose("case_list", 0, 1);
         hall.ui.first("case_timeline", [](const auto&) { return ScriptUi::chosen(0); });  // prints it
       }},
      {"progress_number", "progress", "zhang", "done",
       [](Hall& hall) { hall.ui.choose("progress_ways", 1); }},
      {"progress_scan", "progress", "wu", "done", by_scan}};
  return all;
}

}  // namespace kiosk::services
