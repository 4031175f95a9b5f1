#include "screens/paint/page.hpp"

#include "screens/paint/masks.hpp"
#include "screens/paint/scene.hpp"

namespace kiosk::paint {
namespace {

/// Cairo on somebody's dots.
Surface over(std::uint32_t* dots, int width, int height) {
  return Surface(cairo_image_surface_create_for_data(reinterpret_cast<unsigned char*>(dots),
                                                     CAIRO_FORMAT_RGB24, width, height, width * 4));
}

cairo_status_t append(void* bytes, const unsigned char* data, unsigned int size) {
  auto& out = *static_cast<Bytes*>(bytes);
  out.insert(out.end(), data, data + size);
  return CAIRO_STATUS_SUCCESS;
}

}  // namespace

Image paint_page(const Type& type, const screens::Layout& layout, const screens::Look& look,
                 const std::string& focused, const std::string& pressed) {
  Image image{.width = look.panel.width, .height = look.panel.height, .dots = {}};
  image.dots.resize(static_cast<std::size_t>(image.width) * static_cast<std::size_t>(image.height));
  const Surface surface = over(image.dots.data(), image.width, image.height);
  const Context to(cairo_create(surface.get()));
  paint_layout({.to = to.get(), .type = type, .theme = look.theme}, layout, {0, 0, image.width, image.height},
               focused, pressed);
  cairo_surface_flush(surface.get());
  for (auto& dot : image.dots) dot &= 0xFFFFFF;
  return image;
}

Result<Bytes> to_png(const Image& image) {
  auto dots = image.dots;
  const Surface surface = over(dots.data(), image.width, image.height);
  Bytes png;
  if (cairo_surface_write_to_png_stream(surface.get(), append, &png) != CAIRO_STATUS_SUCCESS) {
    return fail(Errc::internal, "PNG not written");
  }
  return png;
}

}  // namespace kiosk::paint
