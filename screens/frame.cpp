#include "screens/frame.hpp"

#include <algorithm>
#include <iterator>
#include <ranges>

#include "screens/widgets/button.hpp"

namespace kiosk::screens {
namespace {

/// A control of the frame: icon and word.
struct Control {
  std::string id;
  std::string icon;
  std::string label;
  Act act;
  std::string speech = {};
  std::optional<bool> on = {};
};

int height(const Look& look, double mm) {
  return look.dots(mm);
}

Rect top_bar(const Look& look) {
  return {0, 0, look.panel.width, height(look, mm::kTopBar)};
}

Rect service_bar(const Look& look) {
  const int high = height(look, mm::kServiceBar);
  return {0, look.panel.height - high, look.panel.width, high};
}

Rect action_bar(const Look& look) {
  const int high = height(look, mm::kActionBar), margin = look.dots(mm::kMargin);
  return {margin, service_bar(look).y - high, look.panel.width - 2 * margin, high - look.dots(5)};
}

/// The third of the action bar that is Back on every page.
Rect back_area(const Look& look) {
  Rect bar = action_bar(look);
  bar.width = (bar.width - 2 * look.dots(mm::kGap)) / 3;
  return bar;
}

Node decoration(std::string id, const Rect& rect, Colour colour) {
  return {.id = std::move(id),
          .role = Role::image,
          .rect = rect,
          .marks = {Fill{.rect = rect, .colour = colour}}};
}

/// Icon above the word, beside it when the control is flat, or the word alone when it is narrow as well.
Node place(const Look& look, const Control& control, const Rect& rect, Colour bar) {
  const bool lit = control.on.value_or(false);
  const Colour ink = lit ? Colour::on_primary : Colour::text;
  const Font type = font(look, Letter::fine, lit ? Weight::bold : Weight::regular);
  Node node{.id = control.id,
            .role = control.on ? Role::toggle : Role::button,
            .rect = rect,
            .marks = {Fill{.rect = rect, .colour = bar},
                      ground(look, rect, lit ? Colour::primary : Colour::sunken)},
            .label = control.label,
            .act = control.act,
            .on = control.on};
  const std::string named = control.speech.empty() ? control.label : control.speech;
  node.speech = control.on ? say(look, lit ? Text::speech_on : Text::speech_off, {{"label", named}})
                           : say(look, Text::speech_button, {{"label", named}});
  const int words = look.type->measure(control.label, type, 0).height;
  const int text = width_of(look, control.label, type);
  const int above = std::min(rect.height - words - look.dots(3),
                             static_cast<int>(type.em * (rect.height > look.dots(30) ? 2.1 : 1.45)));
  if (above >= type.em * 0.9) {
    const int top = rect.y + (rect.height - above - words) / 2;
    node.marks.emplace_back(icon_in({rect.x, top, rect.width, above}, control.icon, above, ink));
    node.marks.emplace_back(set_in(look, control.label, type, {rect.x, top + above, rect.width, words}, ink));
    return node;
  }
  const int side = static_cast<int>(type.em * 1.3), gap = look.dots(2);
  if (side + gap + text > rect.width - look.dots(4)) {
    node.marks.emplace_back(set_in(look, control.label, type, rect, ink));
    return node;
  }
  const int left = rect.x + (rect.width - side - gap - text) / 2;
  node.marks.emplace_back(icon_in({left, rect.y, side, rect.height}, control.icon, side, ink));
  node.marks.emplace_back(
      set_in(look, control.label, type, {left + side + gap, rect.y, text, rect.height}, ink, Align::left));
  return node;
}

Control language(const Look& look) {
  return {.id = "frame.language",
          .icon = "language",
          .label = say(look, Text::button_language),
          .act = FrameAct::language,
          .speech = say(look, Text::speech_button_language)};
}

Control settings(const Look& look) {
  return {.id = "frame.settings",
          .icon = "settings",
          .label = say(look, Text::button_settings),
          .act = FrameAct::settings,
          .speech = say(look, Text::speech_button_settings)};
}

/// How the page looks: at the top, and below the line in low reach.
std::vector<Control> display_controls(const Look& look) {
  return {language(look),
          {.id = "frame.text_size",
           .icon = "text_size",
           .label = say(look, Text::button_text_size),
           .act = FrameAct::bigger_text,
           .speech = say(look, Text::speech_button_text_size)},
          {.id = "frame.colours",
           .icon = "contrast",
           .label = say(look, Text::button_colours),
           .act = FrameAct::colours,
           .speech = say(look, Text::speech_button_colours)},
          settings(look)};
}

std::vector<Control> service_controls(const Look& look) {
  return {
      {.id = "frame.home", .icon = "home", .label = say(look, Text::button_home), .act = FrameAct::home},
      {.id = "frame.help", .icon = "help", .label = say(look, Text::button_help), .act = FrameAct::help},
      {.id = "frame.low_reach",
       .icon = "low_reach",
       .label = say(look, Text::button_low_reach),
       .act = FrameAct::low_reach,
       .speech = say(look, Text::speech_button_low_reach),
       .on = look.low_reach},
      {.id = "frame.care",
       .icon = "care",
       .label = say(look, look.size >= TextSize::large ? Text::button_care_short : Text::button_care),
       .act = FrameAct::care,
       .speech = say(look, Text::button_care),
       .on = look.care},
  };
}

void add_service_bar(Layout& page, const Frame& frame, const Look& look) {
  const Rect bar = service_bar(look);
  const int margin = look.dots(mm::kMargin), gap = look.dots(mm::kGap);
  page.nodes.push_back(decoration("service_bar", bar, Colour::surface));
  auto controls = service_controls(look);
  if (look.low_reach) {
    controls.push_back(language(look));
    controls.push_back(settings(look));
  }
  const int across = look.low_reach ? 3 : 4, lines = look.low_reach ? 2 : 1;
  const int wide = column(look.panel.width - 2 * margin, across, gap);
  const int high = (bar.height - look.dots(10) - (lines - 1) * gap) / lines;
  for (int i = 0; Control & control : controls) {
    const Rect rect{margin + i % across * (wide + gap), bar.y + look.dots(4.5) + i / across * (high + gap),
                    wide, high};
    ++i;
    if (control.id == "frame.home" && !frame.can_go_home && page.name != "attract")
      continue;  // its place stays free: nothing else moves
    page.nodes.push_back(place(look, control, rect, Colour::surface));
  }
}

void add_top_bar(Layout& page, const Frame& frame, const Look& look) {
  const Rect bar = top_bar(look);
  const int margin = look.dots(mm::kMargin), gap = look.dots(3);
  page.nodes.push_back(decoration("top_bar", bar, Colour::surface));
  int right = bar.width - margin;
  std::vector<Node> controls;
  if (!look.low_reach) {
    const auto wanted = display_controls(look);
    for (auto control = wanted.rbegin(); control != wanted.rend(); ++control) {
      const int words = width_of(look, control->label, font(look, Letter::fine));
      const int wide = std::max(look.dots(25), words + 2 * look.dots(2.5)), high = look.dots(28);
      right -= wide;
      controls.push_back(
          place(look, *control, {right, (bar.height - high) / 2, wide, high}, Colour::surface));
      right -= gap;
    }
  }
  Font type = font(look, Letter::secondary, Weight::bold);
  const int room = right - margin;
  const double least = font(look, Letter::fine, Weight::bold).em;
  while (type.em > least &&
         look.type->measure(frame.hall_name, type, room).height > bar.height - look.dots(4))
    type.em = std::max(least, type.em - 1);
  Node hall{.id = "hall_name",
            .rect = {margin, 0, room, bar.height},
            .label = frame.hall_name,
            .speech = frame.hall_name};
  hall.marks.emplace_back(Fill{.rect = hall.rect, .colour = Colour::surface});
  hall.marks.emplace_back(set_in(look, frame.hall_name, type, hall.rect, Colour::text, Align::left));
  page.nodes.push_back(std::move(hall));
  std::ranges::move(controls | std::views::reverse, std::back_inserter(page.nodes));
}

void add_step_line(Layout& page, const Frame& frame, const Look& look) {
  const int margin = look.dots(mm::kMargin), top = height(look, mm::kTopBar),
            high = height(look, mm::kStepLine);
  const Font type = font(look, Letter::fine);
  int right = look.panel.width - margin;
  const int clock = width_of(look, frame.clock, type);
  if (!frame.clock.empty()) {
    Node node{.id = "clock",
              .rect = {right - clock, top, clock, high},
              .label = frame.clock,
              .speech = frame.clock};
    node.marks.emplace_back(set_in(look, frame.clock, type, node.rect, Colour::secondary, Align::right));
    page.nodes.push_back(std::move(node));
    right -= clock + look.dots(mm::kGap);
  }
  if (frame.seconds_left > 0) {
    const std::string words = say(look, Text::frame_seconds, {{"n", std::to_string(frame.seconds_left)}});
    const int text = width_of(look, words, type), ring = look.dots(11), wide = ring + look.dots(2) + text;
    Node node{.id = "seconds_left",
              .role = Role::status,
              .rect = {right - wide, top, wide, high},
              .marks = {Ring{.rect = {right - wide, top + (high - ring) / 2, ring, ring},
                             .part = std::clamp(frame.seconds_left / 60.0, 0.0, 1.0)}},
              .label = words,
              .speech = say(look, Text::speech_seconds_left, {{"n", std::to_string(frame.seconds_left)}})};
    node.marks.emplace_back(
        set_in(look, words, type, {right - text, top, text, high}, Colour::text, Align::right));
    page.nodes.push_back(std::move(node));
    right -= wide + look.dots(mm::kGap);
  }
  if (!page.step) return;
  const std::string words = say(
      look, Text::step, {{"n", std::to_string(page.step->number)}, {"of", std::to_string(page.step->of)}});
  Node node{.id = "step",
            .role = Role::progress,
            .rect = {margin, top, right - margin, high},
            .label = words,
            .speech = words};
  const int text = width_of(look, words, type);
  node.marks.emplace_back(
      set_in(look, words, type, {margin, top, text, high}, Colour::secondary, Align::left));
  int x = margin + text + look.dots(mm::kGap);
  const int gap = look.dots(1.5), piece = std::min(look.dots(16), column(right - x, page.step->of, gap));
  for (int i = 0; i < page.step->of && piece > look.dots(3); ++i, x += piece + gap) {
    const int thick = look.dots(1.6);
    node.marks.emplace_back(Fill{.rect = {x, top + (high - thick) / 2, piece, thick},
                                 .colour = i < page.step->number ? Colour::primary : Colour::border,
                                 .radius = thick / 2});
  }
  page.spoken.insert(page.spoken.begin() + std::min<std::ptrdiff_t>(1, std::ssize(page.spoken)), words);
  page.nodes.push_back(std::move(node));
}

/// Where there is no way back, the main answer takes its place too.
void widen_answer(Layout& page, const Look& look) {
  const Rect narrow = action_area(look), wide = action_bar(look);
  const auto answer = std::ranges::find(page.nodes, narrow, &Node::rect);
  if (answer == page.nodes.end()) return;
  move(*answer, (wide.width - narrow.width) / 2 + wide.x - narrow.x, 0);  // its middle to the bar's middle
  answer->rect = wide;
  std::get<Fill>(answer->marks.front()).rect = wide;
}

}  // namespace

Rect content_area(const Look& look) {
  const int margin = look.dots(mm::kMargin), top = height(look, mm::kTopBar + mm::kStepLine) + look.dots(2);
  return {margin, top, look.panel.width - 2 * margin, action_bar(look).y - look.dots(mm::kGap) - top};
}

int low_reach_line(const Look& look) {
  const Rect content = content_area(look);
  if (!look.low_reach) return content.y;
  const int line = look.panel.height - look.dots(mm::kReach - look.panel.bottom_mm);
  return std::clamp(line, content.y, content.bottom() - look.dots(60));
}

Rect action_area(const Look& look) {
  const Rect bar = action_bar(look), back = back_area(look);
  const int left = back.right() + look.dots(mm::kGap);
  return {left, bar.y, bar.right() - left, bar.height};
}

Layout framed(Layout page, const Frame& frame, const Look& look) {
  if (!frame.can_go_back) widen_answer(page, look);
  if (frame.can_go_back) {
    page.nodes.push_back(place(look,
                               Button{.id = "frame.back",
                                      .label = say(look, Text::button_back),
                                      .act = FrameAct::back,
                                      .kind = Button::Kind::outline,
                                      .icon = "back"},
                               back_area(look)));
  }
  add_service_bar(page, frame, look);
  add_top_bar(page, frame, look);
  add_step_line(page, frame, look);
  return page;
}

}  // namespace kiosk::screens
