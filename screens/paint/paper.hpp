#pragma once
// Layouts on paper: PDF pages with embedded fonts. Slips are painted as dots (page.hpp).

#include <span>
#include <string>

#include "hal/base/bytes.hpp"
#include "hal/base/result.hpp"
#include "screens/layout.hpp"
#include "screens/paint/type.hpp"

namespace kiosk::paint {

/// One PDF page of `width_mm` x `height_mm` for each layout; `dots_per_mm` says how large the layouts' dots
/// are. Fonts are embedded as subsets and the text stays text. The file has no creation date, so that the
/// same pages are the same bytes. `internal` when there is no memory for it.
Result<Bytes> to_pdf(const Type& type, std::span<const screens::Layout> pages, double width_mm,
                     double height_mm, double dots_per_mm, const std::string& title);

}  // namespace kiosk::paint
