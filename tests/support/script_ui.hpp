#pragma once
// A person in front of the glass, as a script: every page is recorded, and answered by its name.

#include <deque>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "firmware/session/ui.hpp"

namespace kiosk::testing {

class ScriptUi final : public session::Ui {
 public:
  /// What the person does on a page: an answer, Back, or nothing (they wait: nullopt).
  using Answerer = std::function<std::optional<session::Given>(const screens::Screen&)>;

  /// On pages of that name the person always does this.
  ScriptUi& on(std::string page, Answerer answerer);

  /// Shorthand: chooses `what` (an Answer's value) with `index`.
  ScriptUi& choose(std::string page, int what = 0, int index = 0);

  /// What the person does the first times on that page, before the rule above.
  ScriptUi& first(std::string page, Answerer answerer);

  /// Something in the world happens each time that page is shown (the person lifts the card).
  ScriptUi& when(std::string page, std::function<void()> happens);

  static session::Given chosen(int what, int index = 0, screens::Draft draft = {});
  /// Types this and goes on.
  static Answerer typing(const std::string& text);
  static session::Given back() { return {.back = true}; }

  /// Ends the session when the n-th page (from 0) is shown; -1: never.
  void end_at(int page, std::stop_source session) {
    end_at_ = page;
    session_ = std::move(session);
  }

  /// Every page in order, updates of one page left out.
  std::vector<std::string> pages() const;
  const std::vector<screens::Screen>& screens() const { return screens_; }
  const screens::Screen& last() const { return screens_.back(); }

  /// The newest page of that name, or nullptr.
  template <class S>
  const S* newest() const {
    for (auto screen = screens_.rbegin(); screen != screens_.rend(); ++screen) {
      if (const auto* found = screen->as<S>()) return found;
    }
    return nullptr;
  }

  void stands(bool identified, bool submitted) override {
    identified_ = identified;
    submitted_ = submitted;
  }
  bool submitted() const { return submitted_; }

 protected:
  void present(const screens::Screen& screen, Expect expect, session::Back back) override;
  Result<session::Given> await(const Wait& wait) override;
  std::optional<session::Given> answered() override;
  void stop_on_answer(std::stop_source source) override;

 private:
  std::optional<session::Given> answer_now();

  std::map<std::string, Answerer> rules_;
  std::map<std::string, std::deque<Answerer>> first_;
  std::map<std::string, std::function<void()>> happenings_;
  std::vector<screens::Screen> screens_;
  std::vector<bool> updates_;
  std::optional<session::Given> pending_;
  bool asks_ = false;
  int end_at_ = -1;
  int shown_ = 0;
  std::stop_source session_;
  bool identified_ = false, submitted_ = false;
};

}  // namespace kiosk::testing
