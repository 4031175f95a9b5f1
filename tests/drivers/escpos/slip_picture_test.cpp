// A QR code drawn in a slip's raster must be readable from the paper.

#define ZX_USE_UTF8 1

#include <ZXing/BitMatrix.h>
#include <ZXing/MultiFormatWriter.h>
#include <ZXing/ReadBarcode.h>
#include <gtest/gtest.h>
#include <png.h>

#include "tests/drivers/escpos/rigs.hpp"

namespace kiosk::testing {
namespace {

using namespace std::chrono_literals;

hal::Raster slip_with_qr(const std::wstring& text, int dots) {
  const auto code =
      ZXing::MultiFormatWriter(ZXing::BarcodeFormat::QRCode).setMargin(4).encode(text, 300, 300);
  hal::Raster slip{.width = dots, .height = code.height(), .rows = {}};
  slip.rows.resize(static_cast<std::size_t>(slip.row_bytes()) * static_cast<std::size_t>(slip.height));
  for (int y = 0; y < code.height(); ++y)
    for (int x = 0; x < code.width(); ++x)
      if (code.get(x, y)) {
        auto& byte = slip.rows[static_cast<std::size_t>(y * slip.row_bytes() + x / 8)];
        byte = static_cast<std::uint8_t>(byte | (0x80 >> (x % 8)));
      }
  return slip;
}

std::string read_qr(const Bytes& png) {
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  if (png_image_begin_read_from_memory(&image, png.data(), png.size()) == 0) return "not a PNG";
  image.format = PNG_FORMAT_GRAY;
  Bytes grey(PNG_IMAGE_SIZE(image));
  if (png_image_finish_read(&image, nullptr, grey.data(), 0, nullptr) == 0) return "a broken PNG";
  const auto code = ZXing::ReadBarcode(
      {grey.data(), static_cast<int>(image.width), static_cast<int>(image.height), ZXing::ImageFormat::Lum});
  return code.text();
}

TEST(SlipPicture, AQrCodeReadsBackFromThePaper) {
  TcpRig rig;
  const auto slip = slip_with_qr(L"https://hall.example/case/A20261121-000017", 576);
  ASSERT_EQ(rig.printer().print(slip, Wait::of(20s)), hal::PrintOutcome::printed);
  EXPECT_EQ(read_qr(rig.device().slips().at(0).png()), "https://hall.example/case/A20261121-000017");
}

}  // namespace
}  // namespace kiosk::testing
