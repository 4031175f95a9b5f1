#pragma once
// What is said through the side door: one line of JSON asks, one answers, and the door is closed.
//
//   {"ask":"attendance"}                  {"somebody":false,"nobody_for_ms":61000}
//   {"ask":"stay_closed","minutes":5}     {}
//   {"ask":"open"}                        {}
//   {"ask":"vitals"}                      {"running_for_ms":…,"first_picture":true,"set_aside":0,
//                                          "data_schema":1,"devices":["id_reader"],"registry_reached":true}
//   {"ask":"settle"}                      {}
//   anything that fails                   {"error":"busy","what":"somebody is served"}

#include <string>
#include <string_view>

#include "hal/citizens_side.hpp"

namespace kiosk::drivers::side_door {

inline constexpr std::size_t longest_line = 4096;

/// Carries out one line by `side`, and gives the line that answers it. A line that nobody understands is
/// answered with `malformed`. Blocks as `side` does.
std::string answer(hal::CitizensSide& side, std::string_view line, const Wait& wait);

/// Takes back what a line did whose answer nobody has heard.
void withdraw(hal::CitizensSide& side, std::string_view line, const Wait& wait);

/// The lines that ask.
std::string ask_attendance();
std::string ask_stay_closed(std::chrono::minutes about);
std::string ask_open();
std::string ask_vitals();
std::string ask_settle();

/// What was answered. The error that it names, or `malformed`.
Result<hal::Attendance> read_attendance(std::string_view line);
Result<void> read_done(std::string_view line);
Result<hal::Vitals> read_vitals(std::string_view line);

}  // namespace kiosk::drivers::side_door
