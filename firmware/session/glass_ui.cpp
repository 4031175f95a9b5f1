#include "firmware/session/glass_ui.hpp"

#include <utility>

namespace kiosk::session {

void GlassUi::take(shell::Answer answer) {
  const auto ticket = answer.ticket;
  answers_.post(std::move(answer));
  auto interrupt = interrupt_.get();
  if (interrupt.ticket == ticket) interrupt.source.request_stop();
}

void GlassUi::stop_on_answer(std::stop_source source) {
  interrupt_.set({ticket_, source});
  if (!source.stop_possible()) return;
  early_ = answered();
  if (early_) source.request_stop();
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
               .language = answer.language,
               .accessible = answer.accessible};
}

Result<Given> GlassUi::await(const Wait& wait) {
  for (;;) {
    auto answer = TRY(answers_.take(wait));
    if (auto given = current(std::move(answer))) return std::move(*given);
  }
}

std::optional<Given> GlassUi::answered() {
  if (early_) return std::exchange(early_, std::nullopt);
  while (auto answer = answers_.try_take()) {
    if (auto given = current(std::move(*answer))) return given;
  }
  return std::nullopt;
}

}  // namespace kiosk::session
