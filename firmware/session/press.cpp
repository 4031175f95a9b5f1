#include "firmware/session/press.hpp"

#include "screens/citizen/working.hpp"

namespace kiosk::session {

using What = screens::Working::What;

Result<hal::PrintOutcome> print(Session& s, const hal::Raster& slip) {
  s.ui.show(screens::Working{.what = What::printing_slip});
  return s.devices.receipt_printer.print(slip, s.within(20s));
}

Result<hal::PrintOutcome> print(Session& s, const hal::Document& pages) {
  const auto told = [&](int done) {
    s.ui.show(screens::Working{.what = What::printing_pages, .done = done, .of = pages.pages});
  };
  told(0);
  return s.devices.document_printer.print(pages, told, s.within(120s));
}

}  // namespace kiosk::session
