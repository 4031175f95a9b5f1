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
  lead_ = true;
  return add(paragraph(look_, width(), "lead", std::move(words), Letter::body, Colour::secondary));
}

Page& Page::add(Block block) {
  pieces_.push_back({.cut = [block = std::move(block)](int, int) { return std::vector{block}; }});
  return *this;
}

Page& Page::rows(std::vector<Block> rows, int a_page) {
  for (Block& row : rows) {
    add(std::move(row));
    pieces_.back().a_page = a_page;
  }
  return *this;
}

/// As few cards as fit: each takes lines until the next one would make it too high.
template <class Line, class Make>
void Page::add_in_cards(std::string id, std::vector<Line> lines, const Make& make) {
  const auto cut = [id = std::move(id), lines = std::move(lines), make](int left, int page) {
    std::vector<Block> cards;
    std::vector<Line> card;
    const auto name = [&] { return cards.empty() ? id : id + '.' + std::to_string(cards.size()); };
    const int first = !lines.empty() && make(id, {lines.front()}).height <= left ? left : page;
    for (const Line& line : lines) {
      card.push_back(line);
      if (card.size() == 1 || make(name(), card).height <= (cards.empty() ? first : page)) continue;
      card.pop_back();
      cards.push_back(make(name(), card));
      card = {line};
    }
    if (!card.empty()) cards.push_back(make(name(), card));
    return cards;
  };
  pieces_.push_back({.cut = cut});
}

Page& Page::facts(const std::string& id, const std::vector<Fact>& lines, bool personal) {
  add_in_cards(id, lines, [this, personal](const std::string& part, const std::vector<Fact>& card) {
    return screens::facts(look_, width(), part, card, personal);
  });
  return *this;
}

Page& Page::form(const std::string& id, const std::vector<Fact>& lines) {
  add_in_cards(id, lines, [this](const std::string& part, const std::vector<Fact>& card) {
    return screens::form(look_, width(), part, card);
  });
  return *this;
}

Page& Page::list(const std::string& id, const std::string& heading, const std::vector<std::string>& lines,
                 bool numbered) {
  add_in_cards(id, lines,
               [this, heading, numbered](const std::string& part, const std::vector<std::string>& card) {
                 return bullets(look_, width(), part, heading, card, numbered);
               });
  return *this;
}

Page& Page::timeline(const std::vector<Stage>& stages) {
  add_in_cards(std::string("stages"), stages,
               [this](const std::string& part, const std::vector<Stage>& card) {
                 return screens::timeline(look_, width(), part, card);
               });
  return *this;
}

Page& Page::result(std::string icon, Tone tone, std::string words_title, std::string words) {
  title(std::move(words_title));
  // With the largest letters the words need its room: what to do now belongs on the first page.
  if (look_.size != TextSize::extra_large)
    head_ = stacked({sign(look_, std::move(icon), tone), std::move(head_)}, look_.dots(4));
  return lead(std::move(words));
}

Page& Page::answer_pair(Button left, Button right) {
  const int half = column(width(), 2, look_.dots(mm::kGap));
  paired_ = height_of(look_, left, half) == height_of(look_, left, width()) &&
            height_of(look_, right, half) == height_of(look_, right, width());
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

Page& Page::read_whole(std::string words) {
  read_on_ = std::move(words);
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

std::vector<Page::Placed> Page::cut_pieces() const {
  const int page = heights(true).read, gap = look_.dots(mm::kBlock);
  int left = heights(false).read;
  std::vector<Placed> placed;
  for (const Piece& piece : pieces_) {
    std::vector<Block> blocks = piece.cut(left, page);
    if (blocks.size() > 1) blocks = piece.cut(std::min(left, left - heights(false).read + page), page);
    for (Block& block : blocks) {
      if (!split_ || !block.for_hands())
        left = left >= block.height ? left - block.height - gap : page - block.height - gap;
      placed.push_back({std::move(block), piece.a_page});
    }
  }
  return placed;
}

Page::Heights Page::used() const {
  Heights used;
  for (const auto& [block, a_page] : cut_pieces()) {
    const int height = block.height + look_.dots(mm::kBlock);
    if (!split_ || block.for_hands()) used.touch += height;
    if (!split_ || !block.for_hands()) used.read += height;
  }
  return used;
}

int Page::room() const {
  return heights(false).touch - used().touch;
}

int Page::reading_room(bool with_pager) const {
  return heights(with_pager).read - used().read;
}

std::vector<Page::Sheet> Page::sheets(const std::vector<Placed>& placed, bool with_pager) const {
  const Heights room = heights(with_pager);
  const int gap = look_.dots(mm::kBlock);
  std::vector<Sheet> sheets(1);
  std::size_t read_on = 0, touch_on = 0;  // in low reach both sides fill their pages for themselves
  for (const auto& [block, a_page] : placed) {
    const bool read = split_ && !block.for_hands();
    std::size_t& on = read ? read_on : touch_on;
    const auto side = [&]() -> std::vector<const Block*>& {
      return read ? sheets[on].read : sheets[on].touch;
    };
    const int used = total(side(), gap);
    const bool full = used > 0 && used + gap + block.height > (read ? room.read : room.touch);
    if (full || (a_page > 0 && sheets[on].rows >= a_page)) ++on;
    sheets.resize(std::max(sheets.size(), on + 1));
    side().push_back(&block);
    if (a_page > 0) ++sheets[on].rows;
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
  const int least = look_.dots(45);
  if (picture_.empty() || bottom - top < least) return;
  const int height = bottom - top;
  const Rect stage{content_.x, top, content_.width, height};
  const int high = std::min(height - 2 * look_.dots(5), look_.dots(105)), wide = high * 8 / 5;  // as drawn
  Node node{
      .id = "picture",
      .role = Role::image,
      .rect = stage,
      .marks = {Fill{.rect = stage, .colour = Colour::primary_soft, .radius = look_.dots(mm::kRadius * 1.6)},
                Icon{.rect = {stage.x + (stage.width - wide) / 2, stage.y + (height - high) / 2, wide, high},
                     .name = picture_,
                     .colour = Colour::primary}},
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
  const int gap = look_.dots(mm::kGap);
  const std::string here = std::to_string(number), all = std::to_string(of);
  const std::string where = say(look_, Text::pager, {{"n", here}, {"of", all}});
  const std::string brief = say(look_, Text::pager_brief, {{"n", here}, {"of", all}});
  const int middle = std::max(look_.dots(20), width_of(look_, brief, font(look_, Letter::fine)));
  const int side = (band.width - middle - 2 * gap) / 2;
  // Round and round: both buttons always do something, so neither has to be shown as dead.
  const auto turn = [&](const char* id, Text label, const char* icon, int by) {
    Button button{.id = id,
                  .label = say(look_, label),
                  .act = TurnPage{by},
                  .kind = Button::Kind::outline,
                  .icon = icon};
    const int words = width_of(look_, button.label, font(look_, Letter::button, Weight::bold));
    button.bare = words > side - look_.dots(26);
    return button;
  };
  const Button back = turn("page.previous", Text::button_previous, "up", number == 1 ? of - 1 : -1);
  const Button on = turn("page.next", Text::button_next, "down", number == of ? 1 - of : 1);
  const Rect between{band.x + side + gap, band.y, band.width - 2 * (side + gap), band.height};
  Node at{.id = "pager", .role = Role::status, .rect = between, .label = where, .speech = where};
  at.marks.emplace_back(set_in(look_, brief, font(look_, Letter::fine), between, Colour::secondary));
  layout_.nodes.push_back(place(look_, back, {band.x, band.y, side, band.height}));
  layout_.nodes.push_back(std::move(at));
  layout_.nodes.push_back(place(look_, on, {band.right() - side, band.y, side, band.height}));
}

Layout Page::done() {
  const auto placed = cut_pieces();
  auto pages = sheets(placed, false);
  if (pages.size() > 1) pages = sheets(placed, true);
  const int of = static_cast<int>(pages.size()), number = std::clamp(asked_page_, 0, of - 1) + 1;
  const Sheet& sheet = pages[static_cast<std::size_t>(number - 1)];
  const int gap = look_.dots(mm::kBlock);
  const int bottom = content_.bottom();
  int below = bottom - answers_height();
  const int pager_top = below - pager_height();
  if (of > 1 && !answers_.empty()) below = pager_top - look_.dots(mm::kGap);

  // In low reach what is read stands right above the line, near the hands; else everything starts at the top.
  const int read = total(sheet.read, gap);
  const int under_title = lead_ && number == 1 ? look_.dots(2.5) : section(look_);
  const int head_room = head_.height + (read > 0 ? under_title + read : 0);
  int y = split_ ? low_line_ - section(look_) - head_room : content_.y;
  if (split_) put_picture(content_.y, y - section(look_));
  put(head_, content_.x, y);
  y += head_.height + under_title;
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
  if (number < of && !read_on_.empty())
    answers_.front() = {.id = "read_on", .label = read_on_, .act = TurnPage{1}, .icon = "down"};
  put_answers(bottom);
  return std::move(layout_);
}

}  // namespace kiosk::screens
