#include "tests/support/script_ui.hpp"

namespace kiosk::testing {

ScriptUi& ScriptUi::on(std::string page, Answerer answerer) {
  rules_[std::move(page)] = std::move(answerer);
  return *this;
}

ScriptUi& ScriptUi::choose(std::string page, int what, int index) {
  return on(std::move(page), [=](const screens::Screen&) { return chosen(what, index); });
}

ScriptUi& ScriptUi::first(std::string page, Answerer answerer) {
  first_[std::move(page)].push_back(std::move(answerer));
  return *this;
}

ScriptUi& ScriptUi::when(std::string page, std::function<void()> happens) {
  happenings_[std::move(page)] = std::move(happens);
  return *this;
}

session::Given ScriptUi::chosen(int what, int index, screens::Draft draft) {
  return {.choice = {.what = what, .index = index}, .draft = std::move(draft)};
}

ScriptUi::Answerer ScriptUi::typing(const std::string& text) {
  return [text](const screens::Screen&) { return chosen(0, 0, {.typed = PersonalText(text)}); };
}

std::vector<std::string> ScriptUi::pages() const {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < screens_.size(); ++i) {
    if (!updates_[i]) names.emplace_back(screens_[i].name());
  }
  return names;
}

void ScriptUi::present(const screens::Screen& screen, Expect expect, session::Back) {
  screens_.push_back(screen);
  updates_.push_back(expect == Expect::same_answer);
  if (expect == Expect::same_answer) return;
  asks_ = expect == Expect::answer;
  const auto happens = happenings_.find(std::string(screen.name()));
  if (happens != happenings_.end()) happens->second();
  if (shown_++ == end_at_) session_.request_stop();
}

std::optional<session::Given> ScriptUi::answer_now() {
  const std::string name(screens_.back().name());
  auto& queue = first_[name];
  if (!queue.empty()) {
    auto answerer = std::move(queue.front());
    queue.pop_front();
    return answerer(screens_.back());
  }
  const auto rule = rules_.find(name);
  return rule == rules_.end() ? std::nullopt : rule->second(screens_.back());
}

Result<session::Given> ScriptUi::await(const Wait& wait) {
  TRY(wait.check());
  if (auto given = answer_now()) return std::move(*given);
  return fail(Errc::cancelled, "the script has no answer for " + std::string(screens_.back().name()));
}

void ScriptUi::stop_on_answer(std::stop_source source) {
  // A person who wants something else presses at once, before the device does anything.
  if (!source.stop_possible()) return;
  pending_ = answer_now();
  if (pending_) source.request_stop();
}

std::optional<session::Given> ScriptUi::answered() {
  return std::exchange(pending_, std::nullopt);
}

}  // namespace kiosk::testing
