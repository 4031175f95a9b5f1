#pragma once
// Pages that say what to bring, and give it on paper to who wants it.

#include "firmware/documents/slips.hpp"
#include "firmware/services/service.hpp"
#include "firmware/session/extra_paper.hpp"
#include "firmware/session/paper.hpp"

namespace kiosk::services {

/// Shows the page until it was read, or until its list came out of the printer. `went_back`, `cancelled`.
template <class Page, class List>
Result<void> show_or_print(Session& s, Page page, const List& list) {
  auto& printer = s.devices.receipt_printer;
  for (;;) {
    page.can_print = printer.status().usable();
    const auto answer = TRY(s.ui.ask(page, s.wait));
    if (answer == Page::Answer::done) return {};
    const auto printed = session::print_slip(s, documents::slip(list, session::issuer(s), printer.paper()));
    // A list that did not come out is no reason to end: the page still stands.
    if (printed && *printed) return {};
    TRY(s.wait.check());
  }
}

}  // namespace kiosk::services
