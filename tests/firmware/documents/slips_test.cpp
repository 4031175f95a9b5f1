#include "firmware/documents/slips.hpp"

#define ZX_USE_UTF8 1  // text() as UTF-8
#include <ZXing/DecodeHints.h>
#include <ZXing/ReadBarcode.h>
#include <gtest/gtest.h>

#include "screens/typesetter.hpp"

namespace kiosk::documents {
namespace {

using screens::Language;

constexpr const char* token = "A1.s3cr3t-and-opaque.0123456789abcdef";
const std::string long_name = "阿*************************江";
const std::string long_address =
    "山东省济南市历下区泉城路街道示例社区示例家园东区十二号楼三单元****************************";

Issuer issuer(Language language) {
  return {.hall_name = "济南市不动产登记中心 泉城路大厅",
          .kiosk_id = "K3",
          .phone = "0531-55550110",
          .printed_at = "2026-11-21 14:05",
          .language = language};
}

Receipt receipt() {
  return {.service = "mortgage_cancellation",
          .acceptance_number = "2026112100073",
          .registered = false,
          .date = "2026-11-21",
          .due_date = "2026-11-24",
          .masked_name = PersonalText(long_name),
          .masked_address = PersonalText(long_address),
          .slip_token = token};
}

std::string words(const std::vector<screens::Layout>& pages) {
  std::string all;
  for (const auto& page : pages) {
    for (const auto& node : page.nodes) {
      for (const auto& mark : node.marks) {
        if (const auto* run = std::get_if<screens::TextRun>(&mark)) all += run->text + "\n";
      }
    }
  }
  return all;
}

std::string code_on(const hal::Raster& slip) {
  Bytes grey;
  for (int y = 0; y < slip.height; ++y) {
    for (int x = 0; x < slip.width; ++x) {
      const auto byte = slip.rows[static_cast<std::size_t>(y * slip.row_bytes() + x / 8)];
      grey.push_back((byte & (0x80U >> (x % 8))) != 0 ? 0 : 255);
    }
  }
  const auto hints = ZXing::DecodeHints().setFormats(ZXing::BarcodeFormat::QRCode).setTryHarder(true);
  const auto read =
      ZXing::ReadBarcode({grey.data(), slip.width, slip.height, ZXing::ImageFormat::Lum}, hints);
  return read.text();
}

class Slips : public ::testing::TestWithParam<std::tuple<int, Language>> {
 protected:
  hal::SlipPaper paper() const { return {.dots = std::get<0>(GetParam())}; }
  Issuer who() const { return issuer(std::get<1>(GetParam())); }

  /// Every word has its room, and all of it is on the paper.
  template <class Paper>
  std::string laid_out(const Paper& value) const {
    auto slip = lay_out(value, who(), paper());
    const auto pages = slip.sheet.take();
    EXPECT_EQ(pages.size(), 1U);
    for (const auto& node : pages.front().nodes) {
      EXPECT_GE(node.rect.x, 0);
      EXPECT_LE(node.rect.right(), paper().dots);
      EXPECT_LE(node.rect.bottom(), slip.sheet.look().panel.height);
      for (const auto& mark : node.marks) {
        const auto* run = std::get_if<screens::TextRun>(&mark);
        if (run == nullptr) continue;
        const auto extent = slip.type->measure(run->text, run->font, run->rect.width);
        EXPECT_LE(extent.width, run->rect.width) << run->text;
        EXPECT_LE(extent.height, run->rect.height) << run->text;
        EXPECT_GE(run->font.em, 3.5 * paper().dots_per_mm) << run->text;  // 10 pt
      }
    }
    return words(pages);
  }
};

TEST_P(Slips, TheReceiptHasEverythingAndNothingBesideThePaper) {
  const auto said = laid_out(receipt());
  for (const auto& wanted :
       {std::string("受理回执"), std::string("2026 1121 00073"), std::string("2026-11-24"), long_name,
        long_address, std::string("0531-55550110"), std::string("K3"), std::string("2026-11-21 14:05"),
        std::string("济南市不动产登记中心 泉城路大厅")}) {
    EXPECT_NE(said.find(wanted), std::string::npos) << wanted;
  }
}

TEST_P(Slips, TheCodeReadsBack) {
  EXPECT_EQ(code_on(slip(receipt(), who(), paper())), token);
}

TEST_P(Slips, ANoticeNamesAllDefectsAtOnce) {
  const std::vector<std::string> defects{"抵押权人的结清证明没有加盖公章，请由抵押权人重新出具",
                                         "不动产登记证明原件没有交回", "申请书上缺少共有人的签名"};
  const auto said = laid_out(CompletionNotice{.service = "mortgage_cancellation",
                                              .acceptance_number = "2026112100073",
                                              .date = "2026-11-21",
                                              .masked_name = PersonalText(long_name),
                                              .defects = defects,
                                              .slip_token = token});
  for (const auto& defect : defects) EXPECT_NE(said.find(defect), std::string::npos) << defect;
}

TEST_P(Slips, ARefusalHasReasonLegalBasisAndRemedy) {
  const auto said = laid_out(RefusalNotice{.service = "mortgage_cancellation",
                                           .date = "2026-11-21",
                                           .masked_name = PersonalText(long_name),
                                           .reason = "该抵押权不在本登记机构的管辖范围内",
                                           .legal_basis = "《不动产登记暂行条例》第十七条",
                                           .remedy = "可以在六十日内申请行政复议，或在六个月内提起行政诉讼",
                                           .reprint = 2});
  for (const auto* wanted : {"不予受理告知书", "该抵押权不在", "第十七条", "六十日内"})
    EXPECT_NE(said.find(wanted), std::string::npos) << wanted;
}

TEST_P(Slips, APendingSlipSaysThatNothingIsToBeSentAgain) {
  const auto said = laid_out(PendingSlip{
      .service = "mortgage_cancellation", .reference = "3F2A 91C0", .masked_name = PersonalText("张*")});
  EXPECT_NE(said.find("3F2A 91C0"), std::string::npos);
}

TEST_P(Slips, MaterialsAndProgressFit) {
  laid_out(OwnersList{.service = "mortgage_cancellation", .masked_names = {PersonalText("李*红")}});
  laid_out(MaterialsList{.service = "mortgage_cancellation",
                         .lender = "中国示例银行股份有限公司济南泉城路支行个人住房贷款中心",
                         .lender_phone = "0531-55550999"});
  const auto said = laid_out(ProgressSlip{.service = "mortgage_cancellation",
                                          .acceptance_number = "2026112100073",
                                          .stages = {{"accepted", "2026-11-21"}, {"review", ""}},
                                          .due_date = "2026-11-24",
                                          .slip_token = token});
  EXPECT_NE(said.find("2026-11-21"), std::string::npos);
}

INSTANTIATE_TEST_SUITE_P(Paper, Slips,
                         ::testing::Combine(::testing::Values(576, 384),
                                            ::testing::Values(Language::zh_cn, Language::en)),
                         [](const auto& instance) {
                           return std::to_string(std::get<0>(instance.param)) +
                                  (std::get<1>(instance.param) == Language::en ? "_en" : "_zh");
                         });

TEST(Slip, InEnglishSaysItsTitleInBothLanguages) {
  auto slip = lay_out(receipt(), issuer(Language::en), {});
  const auto said = words(slip.sheet.take());
  EXPECT_NE(said.find("Acceptance receipt"), std::string::npos);
  EXPECT_NE(said.find("受理回执"), std::string::npos);
  EXPECT_NE(said.find("ortgage"), std::string::npos);
}

TEST(Slip, AReprintSaysThatItIsOne) {
  auto again = receipt();
  again.reprint = 1;
  auto first = lay_out(receipt(), issuer(Language::zh_cn), {});
  auto second = lay_out(again, issuer(Language::zh_cn), {});
  EXPECT_EQ(words(first.sheet.take()).find("补打"), std::string::npos);
  EXPECT_NE(words(second.sheet.take()).find("补打 1"), std::string::npos);
}

}  // namespace
}  // namespace kiosk::documents
