#include "tests/image/rehearsal.hpp"

#include <utility>

#include "tests/lobby/hall/hall.hpp"
#include "tests/lobby/player/player.hpp"

namespace kiosk::image {

using namespace std::chrono_literals;
using lobby::Act;
using lobby::Verb;
using nlohmann::json;

namespace {

constexpr auto settled = 600ms;  // a page that has just come may still fill itself

/// The node that a step is about: the one that is touched, or the first that says what is to be seen.
hal::DotRect rect_of(const Act& act, const lobby::ShownPage& page) {
  for (const auto& node : page.tree.value("nodes", json::array())) {
    const bool found = node.value("id", "") == act.what ||
                       (act.verb == Verb::see && node.value("label", "").contains(act.what));
    if (!found) continue;
    const auto& rect = node.at("rect");
    return {rect[0], rect[1], rect[2], rect[3]};
  }
  return {};
}

class Rehearsal {
 public:
  Rehearsal(lobby::Hall& hall, const std::filesystem::path& pictures)
      : glass_(hall.glass()), player_(glass_, hall.stations(), pictures) {}

  Result<void> play(const Act& act) {
    if (act.verb == Verb::tap && act.what != "read_on") {
      while (!glass_.page()->node(act.what) && glass_.page()->node("read_on"))
        TRY(play({Verb::tap, "read_on", "", act.line}));
    }
    const bool leaves_the_page = act.verb == Verb::tap || act.verb == Verb::sign;
    const bool waits_for_one = act.verb == Verb::page || act.verb == Verb::see;
    if (leaves_the_page) TRY(look(act));
    TRY(player_.play(act, Wait::of(60s)));
    if (waits_for_one) TRY(look(act));
    if (!leaves_the_page && !waits_for_one) steps_.push_back({.act = act});
    return {};
  }

  std::vector<Step> take_steps() { return std::move(steps_); }

 private:
  Result<void> look(const Act& act) {
    TRY(Wait{}.sleep(settled));
    const auto page = glass_.page();
    auto snapshot = glass_.snapshot();
    steps_.push_back({.act = act,
                      .page = page->name,
                      .shown = {snapshot.width, snapshot.height, std::move(snapshot.dots)},
                      .node = rect_of(act, *page)});
    return {};
  }

  lobby::GlassView& glass_;
  lobby::Player player_;
  std::vector<Step> steps_;
};

}  // namespace

Result<Rehearsed> rehearse(const lobby::Scenario& scenario, const std::filesystem::path& folder,
                           const std::filesystem::path& kiosk_glass) {
  std::filesystem::create_directories(folder / "pictures");
  const auto hall = TRY(lobby::Hall::open({.folder = folder, .kiosk = kiosk_glass, .real_speed = false}));
  Rehearsal rehearsal(*hall, folder / "pictures");
  TRY(hall->start_kiosk());
  for (const auto& act : scenario.acts) TRY(rehearsal.play(act));
  return Rehearsed{rehearsal.take_steps(), hall->receipt_printer().slips()};
}

}  // namespace kiosk::image
