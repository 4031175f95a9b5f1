#pragma once
// What is printed for who asks for it, beside the three papers: materials, progress, a result to keep.

#include "firmware/session/session.hpp"

namespace kiosk::session {

/// Prints a slip. In doubt the person is asked, and a printer that prints nothing is tried again as long as
/// they want. false: they have no slip and do without. `cancelled`.
Result<bool> print_slip(Session& s, const hal::Raster& slip);

/// What became of pages that somebody asked for.
enum class Pages {
  printed,
  not_printed,  ///< the printer gave none; nothing else changes, and the page that offered them says so
  to_be_shown,  ///< nobody knows; the person would rather see them on the glass
};

/// Prints pages, once; the paper given before stays the paper. In doubt the person is asked. `cancelled`.
Result<Pages> print_pages(Session& s, const hal::Document& pages);

}  // namespace kiosk::session
