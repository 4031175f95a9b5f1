#include <algorithm>
#include <memory>

#include <qrencode.h>

#include "screens/paint/brush.hpp"
#include "screens/paint/masks.hpp"

namespace kiosk::paint {

// ISO/IEC 18004: level M mends 15 %, and four modules of quiet zone belong to the symbol. Black on white in
// every theme: readers do not know ours.
void paint(const Brush& brush, const screens::QrCode& code) {
  struct Free {
    void operator()(QRcode* symbol) const { QRcode_free(symbol); }
  };
  const std::unique_ptr<QRcode, Free> symbol(QRcode_encodeString8bit(code.text.c_str(), 0, QR_ECLEVEL_M));
  if (!symbol) return;
  constexpr int quiet = 4;
  const int modules = symbol->width + 2 * quiet;
  const int room = std::min(code.rect.width, code.rect.height);
  const int whole = room / modules;
  const double module = brush.medium == Medium::dots ? whole : static_cast<double>(room) / modules;
  if (module <= 0) return;
  const double size = module * modules;
  const auto centred = [&](int start, int length) {
    const double offset = (length - size) / 2;
    return start + (brush.medium == Medium::dots ? static_cast<int>(offset) : offset);
  };
  const double left = centred(code.rect.x, code.rect.width), top = centred(code.rect.y, code.rect.height);
  set_source(brush.to, {1, 1, 1});
  cairo_rectangle(brush.to, left, top, size, size);
  cairo_fill(brush.to);
  set_source(brush.to, {0, 0, 0});
  for (int y = 0; y < symbol->width; ++y) {
    for (int x = 0; x < symbol->width; ++x) {
      if ((symbol->data[y * symbol->width + x] & 1) == 0) continue;
      cairo_rectangle(brush.to, left + (x + quiet) * module, top + (y + quiet) * module, module, module);
    }
  }
  cairo_fill(brush.to);
}

}  // namespace kiosk::paint
