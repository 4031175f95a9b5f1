#include "screens/paint/paper.hpp"

#include <cmath>
#include <memory>

#include <cairo-pdf.h>

#include "screens/paint/brush.hpp"
#include "screens/paint/scene.hpp"

namespace kiosk::paint {

namespace {

constexpr double points_per_mm = 72.0 / 25.4;

cairo_status_t append(void* closure, const unsigned char* data, unsigned length) {
  auto& out = *static_cast<Bytes*>(closure);
  out.insert(out.end(), data, data + length);
  return CAIRO_STATUS_SUCCESS;
}

}  // namespace

Result<Bytes> to_pdf(const Type& type, std::span<const screens::Layout> pages, double width_mm,
                     double height_mm, double dots_per_mm, const std::string& title) {
  Bytes out;
  const std::unique_ptr<cairo_surface_t, decltype(&cairo_surface_destroy)> surface(
      cairo_pdf_surface_create_for_stream(append, &out, width_mm * points_per_mm, height_mm * points_per_mm),
      cairo_surface_destroy);
  cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_TITLE, title.c_str());
  cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_CREATE_DATE, "2000-01-01T00:00:00Z");
  const std::unique_ptr<cairo_t, decltype(&cairo_destroy)> cairo(cairo_create(surface.get()), cairo_destroy);
  cairo_scale(cairo.get(), points_per_mm / dots_per_mm, points_per_mm / dots_per_mm);
  const screens::Rect whole{0, 0, static_cast<int>(std::lround(width_mm * dots_per_mm)),
                            static_cast<int>(std::lround(height_mm * dots_per_mm))};
  for (const auto& page : pages) {
    const Brush brush{
        .to = cairo.get(), .type = type, .theme = screens::Theme::contrast_light, .medium = Medium::vector};
    paint_layout(brush, page, whole, {}, {});
    cairo_show_page(cairo.get());
  }
  cairo_surface_finish(surface.get());
  if (cairo_surface_status(surface.get()) != CAIRO_STATUS_SUCCESS) {
    return fail(Errc::internal,
                std::string("PDF: ") + cairo_status_to_string(cairo_surface_status(surface.get())));
  }
  return out;
}

}  // namespace kiosk::paint
