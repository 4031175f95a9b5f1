#include "screens/paint/paper.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <memory>

#define ZX_USE_UTF8 1  // text() as UTF-8
#include <ZXing/BarcodeFormat.h>
#include <ZXing/DecodeHints.h>
#include <ZXing/ReadBarcode.h>
#include <gtest/gtest.h>

#include "screens/paint/page.hpp"
#include "tests/screens/paint/sample_page.hpp"
#include "tests/support/temporary_folder.hpp"

namespace kiosk::paint {
namespace {

using namespace screens;
using testing::sample_look;
using testing::sample_page;
using testing::sample_type;

constexpr double dots_per_mm = 1080 / 210.0;
constexpr const char* token = "https://example.org/q/7F3A9C";

Node words(const std::string& id, int y, const std::string& text, double em,
           Weight weight = Weight::regular) {
  const Rect rect = {24, y, 528, static_cast<int>(em * 3.2)};
  return {.id = id, .rect = rect, .marks = {TextRun{.rect = rect, .text = text, .font = {em, weight}}}};
}

Layout slip() {
  return {.name = "slip",
          .nodes = {words("what", 20, "抵押权注销登记　已受理", 40, Weight::bold),
                    words("number", 150, "2026 1121 0007 3141", 48, Weight::bold),
                    {.id = "code",
                     .rect = {150, 320, 280, 280},
                     .marks = {QrCode{.rect = {150, 320, 280, 280}, .text = token}}},
                    words("who", 620, "张*明（申请人）", 28)}};
}

std::string code_in(const Bytes& grey, int width, int height) {
  const auto hints = ZXing::DecodeHints().setFormats(ZXing::BarcodeFormat::QRCode);
  const auto read = ZXing::ReadBarcode({grey.data(), width, height, ZXing::ImageFormat::Lum}, hints);
  return read.text();
}

/// What a program prints about a file of these bytes.
std::string about(const Bytes& pdf, const std::string& command, const std::string& after) {
  const testing::TemporaryFolder folder;
  const auto file = folder.path() / "page.pdf";
  std::ofstream(file, std::ios::binary) << as_text(pdf);
  const std::unique_ptr<FILE, int (*)(FILE*)> out(
      ::popen((command + " " + file.string() + after).c_str(), "r"), ::pclose);
  std::string text(200'000, '\0');
  text.resize(std::fread(text.data(), 1, text.size(), out.get()));
  return text;
}

TEST(Screen, has_a_code_that_reads_back_in_every_theme) {
  for (const auto theme :
       {Theme::standard, Theme::contrast_dark, Theme::contrast_light, Theme::low_contrast}) {
    const auto image = paint_page(sample_type(), sample_page(), sample_look(theme));
    Bytes grey;
    for (const auto dot : image.dots) grey.push_back(static_cast<std::uint8_t>((dot >> 8) & 0xFF));
    EXPECT_EQ(code_in(grey, image.width, image.height), token);
  }
}

TEST(Pdf, says_the_words_that_were_laid_out) {
  const Layout pages[] = {
      slip(),
      {.name = "second", .nodes = {words("say", 40, "还没有传来“贷款已结清”的证明（K3-0412）。", 36)}}};
  const auto pdf = to_pdf(sample_type(), pages, 210, 297, dots_per_mm, "注销登记申请书");
  ASSERT_TRUE(pdf);
  const auto text = about(*pdf, "pdftotext -raw", " -");
  EXPECT_NE(text.find("抵押权注销登记"), text.npos) << text;
  EXPECT_NE(text.find("2026 1121 0007 3141"), text.npos) << text;
  EXPECT_NE(text.find("“贷款已结清”"), text.npos) << text;
  EXPECT_NE(text.find("K3-0412"), text.npos) << text;
}

TEST(Pdf, is_a4_with_its_fonts_inside_and_a_title) {
  const Layout pages[] = {slip()};
  const auto pdf = to_pdf(sample_type(), pages, 210, 297, dots_per_mm, "注销登记申请书");
  ASSERT_TRUE(pdf);
  const auto page = about(*pdf, "pdfinfo", "");
  EXPECT_NE(page.find("(A4)"), page.npos) << page;
  EXPECT_NE(page.find("注销登记申请书"), page.npos) << page;
  EXPECT_NE(page.find("Pages:           1"), page.npos) << page;
  // name, type, encoding, emb, sub, uni: each font embedded, a subset, and readable as Unicode
  const auto fonts =
      about(*pdf, "pdffonts", " | tail -n +3 | awk '{print $(NF-4),$(NF-3),$(NF-2)}' | sort -u");
  EXPECT_EQ(fonts, "yes yes yes\n");
  EXPECT_LT(pdf->size(), 400'000U);
}

TEST(Pdf, is_the_same_bytes_for_the_same_page) {
  const Layout pages[] = {slip()};
  const auto first = to_pdf(sample_type(), pages, 210, 297, dots_per_mm, "t");
  const auto again = to_pdf(sample_type(), pages, 210, 297, dots_per_mm, "t");
  ASSERT_TRUE(first);
  EXPECT_EQ(*first, *again);
}

TEST(Type, measures_the_same_for_glass_and_paper) {
  // The PDF's own idea of a line's width, against ours.
  const Font font{40};
  const std::string line = "不动产登记自助终端 2026";
  const auto extent = sample_type().measure(line, font, 0);
  const Layout pages[] = {
      {.name = "line",
       .nodes = {{.id = "line",
                  .rect = {0, 0, 1080, 60},
                  .marks = {TextRun{.rect = {0, 0, 1080, 60}, .text = line, .font = font}}}}}};
  const auto pdf = to_pdf(sample_type(), pages, 210, 297, dots_per_mm, "t");
  ASSERT_TRUE(pdf);
  const auto boxes =
      about(*pdf, "pdftotext -bbox", " - | grep -o 'xMax=\"[0-9.]*' | cut -c7- | sort -n | tail -1");
  const double dots = std::stod(boxes) * 1080 / (210 / 25.4 * 72);
  EXPECT_NEAR(dots, extent.width, 2);
}

}  // namespace
}  // namespace kiosk::paint
