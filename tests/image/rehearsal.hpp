#pragma once
// A scenario of the lobby played on this machine first, by the same program on a glass that tells what stands
// where. The kiosk in the machine then has to show the same pages, and is touched at the same dots.

#include <filesystem>
#include <string>
#include <vector>

#include "hal/display.hpp"
#include "tests/image/machine.hpp"
#include "tests/lobby/escpos/slip.hpp"
#include "tests/lobby/player/scenario.hpp"

namespace kiosk::image {

/// What a person does, and what they see when they do it.
struct Step {
  lobby::Act act;
  std::string page;     ///< its name
  Picture shown;        ///< the whole glass; empty for what is done in the hall
  hal::DotRect node{};  ///< what is touched or read
};

/// How it went on this machine.
struct Rehearsed {
  std::vector<Step> steps;
  std::vector<lobby::Slip> slips;  ///< what came out of the printer
};

/// Plays it in a hall of its own in `folder`, where pictures of all pages stay. A page of several pages is
/// read to where the touched node is; that makes steps of its own. Errors are the player's.
Result<Rehearsed> rehearse(const lobby::Scenario& scenario, const std::filesystem::path& folder,
                           const std::filesystem::path& kiosk_glass);

}  // namespace kiosk::image
