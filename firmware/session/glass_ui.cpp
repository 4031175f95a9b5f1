#include "firmware/session/glass_ui.hpp"

namespace kiosk::session {

void GlassUi::take(shell::Answer answer) {
  answers_.post(std::move(answer));
  interrupt_.get().request_stop();
}

void GlassUi::stands(bool identified, bool submitted) {
  to_shell_(shell::SessionStands{.identified = identified, .submitted = submitted});
}

void GlassUi::present(const screens::Screen& screen, Expect expect, Back back) {
  // An updated page keeps its ticket, so that an answer given to the value before still counts.
  if (expect != Expect::same_answer) ++ticket_;
  to_shell_(shell::PageShown{.ticket = ticket_,
                             .screen = screen,
                             .asks = expect != Expect::nothing,
                             .can_go_back = back == Back::offered,
                             .same_page = expect == Expect::same_answer});
}

std::optional<Given> GlassUi::current(shell::Answer answer) const {
  if (answer.ticket != ticket_) return std::nullopt;  // a late finger on the page before
  return Given{.back = answer.back,
               .choice = answer.choice,
               .draft = std::move(answer.draft),
               .language = answer.language};
}

Result<Given> GlassUi::await(const Wait& wait) {
  for (;;) {
    auto answer = TRY(answers_.take(wait));
    if (auto given = current(std::move(answer))) return std::move(*given);
  }
}

std::optional<Given> GlassUi::answered() {
  while (auto answer = answers_.try_take()) {
    if (auto given = current(std::move(*answer))) return given;
  }
  return std::nullopt;
}

}  // namespace kiosk::session
