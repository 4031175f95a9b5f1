#include "firmware/shell/acts.hpp"

#include <algorithm>
#include <utility>

namespace kiosk::shell {

using screens::FrameAct;

namespace {

/// One case a kind of act; every overload changes the state and says what is to be done.
struct Performer {
  State& state;
  const screens::Layout& shown;

  using Effects = std::vector<Effect>;

  Effects operator()(std::monostate) const { return {}; }

  Effects operator()(const screens::Choose& choice) const {
    if (!state.page || !state.page->asks) return {};
    state.page->asks = false;  // one answer a page: a second touch before the next page comes does nothing
    return {Answer{.ticket = state.page->ticket,
                   .choice = choice,
                   .draft = state.draft,
                   .language = state.settings.language,
                   .accessible = state.settings.accessible()}};
  }

  Effects operator()(const screens::Type& type) const {
    state.draft.typed = PersonalText(state.draft.typed.reveal() + type.text);
    return {};
  }

  Effects operator()(screens::Erase) const {
    std::string typed = state.draft.typed.reveal();
    // UTF-8: continuation bytes go together with the byte they continue.
    while (!typed.empty() && (static_cast<unsigned char>(typed.back()) & 0xC0U) == 0x80U) typed.pop_back();
    if (!typed.empty()) typed.pop_back();
    state.draft.typed = PersonalText(std::move(typed));
    return {};
  }

  Effects operator()(screens::Clear) const {
    state.draft.typed = {};
    state.draft.strokes.clear();
    return {};
  }

  Effects operator()(const screens::TurnPage& turn) const {
    auto& page = state.overlay == Overlay::none ? state.draft.page : state.overlay_page;
    page = std::max(0, page + turn.by);
    return {};
  }

  Effects operator()(const screens::Tick& tick) const {
    if (!state.draft.ticked.erase(tick.index)) state.draft.ticked.insert(tick.index);
    return {};
  }

  Effects operator()(screens::Draw) const { return {}; }  // the finger draws, touch.cpp follows it

  Effects operator()(const screens::SetSize& set) const {
    state.settings.size = static_cast<screens::TextSize>(std::clamp(set.size, 0, 3));
    return {};
  }

  Effects operator()(const screens::SetTheme& set) const {
    state.settings.theme = static_cast<screens::Theme>(std::clamp(set.theme, 0, 3));
    return {};
  }

  Effects operator()(const screens::StartService& start) const {
    if (state.mode != Mode::home && state.mode != Mode::attract) return {};
    const auto tile = std::ranges::find(state.services, start.id, &screens::ServiceTile::id);
    if (tile == state.services.end()) return {};
    if (tile->closed != screens::Closed::open) {
      state.closed_service = tile->id;
      if (state.mode == Mode::attract) state.mode = Mode::home;
      return open(Overlay::closed_service);
    }
    state.begun_at = state.mode;
    state.beginning = start.id;
    state.mode = Mode::serving;
    state.page.reset();
    state.coming.reset();
    state.draft = {};
    state.work_shows_at = state.touched_at + work_shows_after;
    open(Overlay::none);
    return {StartSession{start.id}};
  }

  Effects operator()(FrameAct act) const {
    switch (act) {
      case FrameAct::back:
        return back();
      case FrameAct::home:
        return home();
      case FrameAct::help:
        return open(Overlay::help);
      case FrameAct::settings:
        return open(Overlay::settings);
      case FrameAct::leave:
        return leave();
      case FrameAct::close_panel:
      case FrameAct::uncover:
      case FrameAct::stay:
        return open(Overlay::none);
      case FrameAct::language:
        state.settings.language = other(state.settings.language);
        return {};
      case FrameAct::bigger_text:
        state.settings.size = next(state.settings.size, 4);
        return {};
      case FrameAct::colours:
        state.settings.theme = next(state.settings.theme, 4);
        return {};
      case FrameAct::low_reach:
        state.settings.low_reach = !state.settings.low_reach;
        return {};
      case FrameAct::care:
        toggle_care();
        return {};
      case FrameAct::reset_settings:
        state.settings = state.site.defaults;
        return {};
      case FrameAct::call_staff:
        return call_staff();
      case FrameAct::cancel_call:
        return withdraw_call();
      case FrameAct::speech:
      case FrameAct::volume_up:
      case FrameAct::volume_down:
      case FrameAct::rate_up:
      case FrameAct::rate_down:
        return {};  // no speaker is wired yet: the frame does not offer these
    }
    return {};
  }

  Effects open(Overlay overlay) const {
    state.overlay = overlay;
    state.overlay_page = 0;
    state.focus.clear();
    return {};
  }

  Effects back() const {
    if (state.overlay != Overlay::none) return open(Overlay::none);
    if (state.mode != Mode::serving || !state.page || !state.page->asks || !state.page->can_go_back)
      return {};
    state.page->asks = false;
    return {Answer{.ticket = state.page->ticket,
                   .back = true,
                   .language = state.settings.language,
                   .accessible = state.settings.accessible()}};
  }

  Effects home() const {
    if (state.mode == Mode::home) return open(Overlay::none);
    if (state.mode == Mode::attract) {
      state.mode = Mode::home;
      return open(Overlay::none);
    }
    if (state.mode != Mode::serving) return {};
    if (!state.identified) return leave();  // nothing personal, nothing to lose: no question
    return open(Overlay::leave);
  }

  Effects leave() const {
    if (state.mode != Mode::serving) return {};
    state.mode = Mode::ending;
    state.overlay = Overlay::none;
    return {EndSession{EndReason::left}};
  }

  Effects call_staff() const {
    open(Overlay::help);  // it says how the call stands, also when it was placed before
    if (state.call == screens::Help::Call::calling || state.call == screens::Help::Call::called) return {};
    state.call = screens::Help::Call::calling;
    return {CallStaff{.page = std::string(shown.name), .request = ++state.call_request}};
  }

  Effects withdraw_call() const {
    if (state.call != screens::Help::Call::called) return {};
    state.call = screens::Help::Call::none;
    return {WithdrawCall{std::exchange(state.call_number, {})}};
  }

  void toggle_care() const {
    state.settings.care = !state.settings.care;
    // 关怀模式 starts at the large size (UX 2.8) and gives back what was there before.
    const auto least = screens::TextSize::large;
    state.settings.size =
        state.settings.care ? std::max(state.settings.size, least) : state.site.defaults.size;
  }

  static screens::Language other(screens::Language language) {
    return language == screens::Language::en ? screens::Language::zh_cn : screens::Language::en;
  }

  template <class T>
  static T next(T value, int count) {
    return static_cast<T>((static_cast<int>(value) + 1) % count);
  }
};

}  // namespace

std::vector<Effect> perform(State& state, const screens::Act& act, const screens::Layout& shown) {
  return std::visit(Performer{state, shown}, act);
}

std::vector<Effect> forget_person(State& state) {
  state.settings = state.site.defaults;
  state.overlay = Overlay::none;
  state.page.reset();
  state.coming.reset();
  state.beginning.clear();
  state.draft = {};
  state.identified = state.submitted = false;
  state.closed_service.clear();
  state.call = screens::Help::Call::none;
  state.call_number.clear();
  state.focus.clear();
  state.press.reset();
  return {WipeGlass{}};
}

}  // namespace kiosk::shell
