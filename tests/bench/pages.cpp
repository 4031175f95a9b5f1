#include "tests/bench/pages.hpp"

#include <algorithm>
#include <cstdlib>

#include <fmt/format.h>

#include "firmware/domain/masks.hpp"
#include "firmware/shell/view.hpp"
#include "screens/citizen/case_list.hpp"
#include "screens/citizen/progress_ways.hpp"

namespace kiosk::bench {

using namespace screens;

namespace {

constexpr auto any_time = "10:08";

}  // namespace

std::vector<hal::CaseProgress> two_hundred_cases() {
  std::vector<hal::CaseProgress> cases;
  for (int i = 0; i < 200; ++i) {
    const bool ready = i % 4 == 0;
    cases.push_back(
        {.acceptance_number = fmt::format("2026{:09}", 314100007 + 13 * i),
         .service = i % 3 == 0 ? "change_location" : "mortgage_cancellation",
         .address = PersonalText(fmt::format("示范区经十路 {} 号 {} 号楼 101 室", 100 + i, 1 + i % 9)),
         .stages = {{.name = "accepted", .state = hal::StageState::done, .date = "2026-11-02"},
                    {.name = ready ? "collect" : "review",
                     .state = hal::StageState::current,
                     .date = "2026-11-03"}},
         .due_date = "2099-12-31"});
  }
  return cases;
}

Pages::Pages(shell::Site site, const std::vector<std::string>& offered, const Typesetter& type)
    : type_(type), state_{.site = std::move(site), .clock = any_time} {
  state_.settings = state_.site.defaults;
  look_ = state_.settings.look(state_.site.panel, &type_);
  for (const auto& id : offered) state_.services.push_back({.id = id});
}

Layout Pages::first() const {
  auto state = state_;
  for (auto& tile : state.services) tile.closed = Closed::checking;
  return view(state);
}

Layout Pages::attract() const {
  return view(state_);
}

Layout Pages::home() const {
  auto state = state_;
  state.mode = shell::Mode::home;
  return view(state);
}

Layout Pages::ways() const {
  return serving(ProgressWays{}, 0);
}

Layout Pages::list(int page) const {
  CaseList list;
  const auto cases = two_hundred_cases();
  for (auto progress = cases.rbegin(); progress != cases.rend(); ++progress) {  // the newest first
    list.rows.push_back({.acceptance_number = progress->acceptance_number,
                         .service = progress->service,
                         .address = PersonalText(domain::mask_address(progress->address)),
                         .stage = progress->stages.back().name});
  }
  return serving(std::move(list), page);
}

Rect Pages::clock() const {
  const auto page = attract();
  const auto node = std::ranges::find(page.nodes, "clock", &Node::id);
  return node == page.nodes.end() ? Rect{} : node->rect;
}

Layout Pages::serving(Screen screen, int draft_page) const {
  auto state = state_;
  state.mode = shell::Mode::serving;
  state.page = shell::Page{.screen = std::move(screen), .question = true, .asks = true, .can_go_back = true};
  state.draft.page = draft_page;
  return view(state);
}

Layout Pages::view(const shell::State& state) const {
  return shell::view(state, type_, Steady::now());
}

Spot centre_of(const Layout& page, const std::string& id) {
  const auto node = std::ranges::find(page.nodes, id, &Node::id);
  if (node == page.nodes.end() || !node->touchable()) {
    fmt::print(stderr, "bench: {} has no button {}\n", page.name, id);
    std::exit(1);
  }
  return {node->rect.x + node->rect.width / 2, node->rect.y + node->rect.height / 2};
}

}  // namespace kiosk::bench
