#include "screens/widgets/page.hpp"

#include <algorithm>

#include "screens/frame.hpp"

namespace kiosk::screens {
namespace {

int section(const Look& look) {
  return look.dots(mm::kSection);
}

int total(const std::vector<const Block*>& blocks, int gap) {
  int height = 0;
  for (const Block* block : blocks) height += (height > 0 ? gap : 0) + block->height;
  return height;
}

}  // namespace

Page::Page(std::string_view name, const Look& look, const Draft& draft)
    : look_(look),
      asked_page_(draft.page),
      content_(content_area(look)),
      action_(action_area(look)),
      low_line_(low_reach_line(look)),
      split_(low_line_ - content_.y > look.dots(90)) {
  layout_.name = name;
  if (split_ || low_line_ <= content_.y) return;
  content_.height = content_.bottom() - low_line_;  // nearly all of it can be reached
  content_.y = low_line_;
}

Page& Page::title(std::string words) {
  layout_.title = words;
  layout_.spoken.push_back(words);
  Block block =
      paragraph(look_, width(), "title", std::move(words), Letter::title, Colour::text, Weight::bold);
  block.nodes.front().role = Role::heading;
  head_ = std::move(block);
  return *this;
}

Page& Page::lead(std::string words) {
  layout_.spoken.push_back(words);
  head_ = stacked({std::move(head_),
                   paragraph(look_, width(), "lead", std::move(words), Letter::body, Colour::secondary)},
                  look_.dots(2.5));
  return *this;
}

Page& Page::add(Block block) {
  blocks_.push_back(std::move(block));
  return *this;
}

Page& Page::rows(std::vector<Block> rows, int a_page) {
  for (int i = 0; Block & row : rows) {
    if (i > 0 && i % a_page == 0) breaks_.push_back(static_cast<int>(blocks_.size()));
    add(std::move(row));
    ++i;
  }
  return *this;
}

template <class Line, class Make>
void Page::add_in_cards(const std::string& id, const std::vector<Line>& lines, Make make) {
  const int most = heights(true).read;
  std::vector<Line> card;
  int part = 0;
  const auto flush = [&] {
    if (!card.empty()) add(make(id + (part == 0 ? "" : "." + std::to_string(part)), card));
    card.clear();
    ++part;
  };
  for (const Line& line : lines) {
    card.push_back(line);
    if (card.size() > 1 && make(id, card).height > most) {
      card.pop_back();
      flush();
      card.push_back(line);
    }
  }
  flush();
}

Page& Page::facts(const std::string& id, const std::vector<Fact>& lines, bool personal) {
  add_in_cards(id, lines, [&](const std::string& part, const std::vector<Fact>& card) {
    return screens::facts(look_, width(), part, card, personal);
  });
  return *this;
}

Page& Page::list(const std::string& id, const std::string& heading, const std::vector<std::string>& lines,
                 bool numbered) {
  add_in_cards(id, lines, [&](const std::string& part, const std::vector<std::string>& card) {
    return bullets(look_, width(), part, heading, card, numbered);
  });
  return *this;
}

Page& Page::timeline(const std::vector<Stage>& stages) {
  add_in_cards("stages", stages, [&](const std::string& part, const std::vector<Stage>& card) {
    return screens::timeline(look_, width(), part, card);
  });
  return *this;
}

Page& Page::result(std::string icon, Tone tone, std::string words_title, std::string words) {
  title(std::move(words_title)).lead(std::move(words));
  head_ = stacked({sign(look_, std::move(icon), tone), std::move(head_)}, look_.dots(4));
  return *this;
}

Page& Page::grid(Block block) {
  return add(std::move(block));
}

Page& Page::answer_pair(Button left, Button right) {
  const int half = column(width(), 2, look_.dots(mm::kGap));
  paired_ =
      std::max(height_of(look_, left, half), height_of(look_, right, half)) <= look_.dots(mm::kButton) + 1;
  return answer(std::move(left)).answer(std::move(right));
}

Page& Page::step(std::optional<Step> step) {
  layout_.step = step;
  return *this;
}

Page& Page::picture(std::string icon, std::string speech) {
  picture_ = std::move(icon);
  picture_speech_ = std::move(speech);
  return *this;
}

Page& Page::answer(Button button) {
  answers_.push_back(std::move(button));
  return *this;
}

Page& Page::step(int number, int of) {
  layout_.step = Step{number, of};
  return *this;
}

Page& Page::patience(Patience patience) {
  layout_.patience = patience;
  return *this;
}

int Page::pager_height() const {
  return std::max(look_.dots(mm::kButton), look_.type->measure("国", font(look_, Letter::button), 0).height);
}

int Page::answers_height() const {
  int height = 0;
  for (std::size_t i = paired_ ? 2 : 1; i < answers_.size(); ++i)
    height += height_of(look_, answers_[i], width()) + look_.dots(mm::kGap);
  return height;
}

Page::Heights Page::heights(bool with_pager) const {
  int below = answers_height();
  if (with_pager && !answers_.empty()) below += pager_height() + look_.dots(mm::kGap);
  const int top = content_.y + head_.height + section(look_), bottom = content_.bottom() - below;
  if (!split_) return {.read = bottom - top, .touch = bottom - top};
  return {.read = low_line_ - section(look_) - top, .touch = bottom - low_line_};
}

int Page::room() const {
  int used = 0;
  for (const Block& block : blocks_) {
    if (!split_ || block.for_hands()) used += block.height + look_.dots(mm::kGap);
  }
  return heights(false).touch - used;
}

int Page::reading_room() const {
  int used = 0;
  for (const Block& block : blocks_) {
    if (!split_ || !block.for_hands()) used += block.height + look_.dots(mm::kGap);
  }
  return heights(false).read - used;
}

std::vector<Page::Sheet> Page::sheets(bool with_pager) const {
  const Heights room = heights(with_pager);
  const int gap = look_.dots(mm::kGap);
  std::vector<Sheet> sheets(1);
  for (int i = 0; const Block& block : blocks_) {
    const bool low = split_ && block.for_hands();
    const auto standing = [&](const Sheet& sheet) {
      if (split_) return total(low ? sheet.touch : sheet.read, gap);
      return total(sheet.touch, gap);
    };
    const int used = standing(sheets.back());
    const bool full = used > 0 && used + gap + block.height > (low ? room.touch : room.read);
    if (full || std::ranges::find(breaks_, i) != breaks_.end()) sheets.emplace_back();
    (split_ && !low ? sheets.back().read : sheets.back().touch).push_back(&block);
    ++i;
  }
  return sheets;
}

void Page::put(const Block& block, int x, int y) {
  for (Node node : block.nodes) {
    move(node, x, y);
    layout_.nodes.push_back(std::move(node));
  }
}

void Page::put_picture(int top, int bottom) {
  const int least = look_.dots(45), most = look_.dots(150);
  if (picture_.empty() || bottom - top < least) return;
  const int height = std::min(bottom - top, most);
  const Rect stage{content_.x, split_ ? bottom - height : top, content_.width, height};
  const int side = std::min({height - 2 * look_.dots(8), look_.dots(100), content_.width});
  Node node{
      .id = "picture",
      .role = Role::image,
      .rect = stage,
      .marks = {Fill{.rect = stage, .colour = Colour::primary_soft, .radius = look_.dots(mm::kRadius * 1.6)},
                icon_in(stage, picture_, side, Colour::primary)},
      .label = picture_speech_,
      .speech = picture_speech_};
  layout_.nodes.push_back(std::move(node));
}

void Page::put_answers(int bottom) {
  const int gap = look_.dots(mm::kGap);
  int y = bottom - answers_height() + gap;
  for (std::size_t i = 1; i < answers_.size(); ++i) {
    const int height = height_of(look_, answers_[i], width());
    Rect rect{content_.x, y, content_.width, height};
    if (paired_) rect.width = column(width(), 2, gap);
    if (paired_ && i == 2) rect.x = content_.right() - rect.width;
    layout_.nodes.push_back(place(look_, answers_[i], rect));
    if (!paired_ || i == 2) y += height + gap;
  }
  if (!answers_.empty()) layout_.nodes.push_back(place(look_, answers_.front(), action_));
}

void Page::put_pager(int number, int of, int y) {
  const Rect band = answers_.empty() ? action_ : Rect{content_.x, y, content_.width, pager_height()};
  const int gap = look_.dots(mm::kGap), side = column(band.width, 3, gap);
  const std::string where =
      say(look_, Text::pager, {{"n", std::to_string(number)}, {"of", std::to_string(of)}});
  const Rect middle{band.x + side + gap, band.y, side, band.height};
  Node at{.id = "pager", .role = Role::status, .rect = middle, .label = where, .speech = where};
  at.marks.emplace_back(set_in(look_, where, font(look_, Letter::fine), middle, Colour::secondary));
  // Round and round: both keys always do something, so neither has to be shown as dead.
  const Button back{.id = "page.previous",
                    .label = say(look_, Text::button_previous),
                    .act = TurnPage{number == 1 ? of - 1 : -1},
                    .kind = Button::Kind::outline};
  const Button on{.id = "page.next",
                  .label = say(look_, Text::button_next),
                  .act = TurnPage{number == of ? 1 - of : 1},
                  .kind = Button::Kind::outline};
  layout_.nodes.push_back(place(look_, back, {band.x, band.y, side, band.height}));
  layout_.nodes.push_back(std::move(at));
  layout_.nodes.push_back(place(look_, on, {band.right() - side, band.y, side, band.height}));
}

Layout Page::done() {
  auto pages = sheets(false);
  if (pages.size() > 1) pages = sheets(true);
  const int of = static_cast<int>(pages.size()), number = std::clamp(asked_page_, 0, of - 1) + 1;
  const Sheet& sheet = pages[static_cast<std::size_t>(number - 1)];
  const int gap = look_.dots(mm::kGap);
  const int bottom = content_.bottom();
  int below = bottom - answers_height();
  const int pager_top = below - pager_height();
  if (of > 1 && !answers_.empty()) below = pager_top - gap;

  // In low reach what is read stands right above the line, near the hands; else everything starts at the top.
  const int read = total(sheet.read, gap);
  const int head_room = head_.height + (read > 0 ? section(look_) + read : 0);
  int y = split_ ? low_line_ - section(look_) - head_room : content_.y;
  if (split_) put_picture(content_.y, y - section(look_));
  put(head_, content_.x, y);
  y += head_.height + section(look_);
  for (const Block* block : sheet.read) {
    put(*block, content_.x, y);
    y += block->height + gap;
  }
  if (split_) y = low_line_;
  for (const Block* block : sheet.touch) {
    put(*block, content_.x, y);
    y += block->height + gap;
  }
  if (!split_)
    put_picture(y + (sheet.touch.empty() ? 0 : section(look_) - gap),
                below - (answers_.size() > 1 ? section(look_) - gap : 0));
  if (of > 1) put_pager(number, of, pager_top);
  put_answers(bottom);
  return std::move(layout_);
}

}  // namespace kiosk::screens
