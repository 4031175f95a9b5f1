#include <gtest/gtest.h>

#include "firmware/documents/papers.hpp"
#include "tests/support/pdf_text.hpp"

namespace kiosk::documents {
namespace {

using testing::pdf_text;

const Issuer issuer{.hall_name = "济南市不动产登记中心",
                    .kiosk_id = "K3",
                    .phone = "0531-55550110",
                    .printed_at = "2026-11-21 14:05",
                    .language = screens::Language::en};

void expect_words(const hal::Document& document, std::initializer_list<std::string> wanted) {
  const auto said = pdf_text(document.pdf);
  for (const auto& words : wanted) EXPECT_NE(said.find(words), std::string::npos) << words << "\nin " << said;
}

TEST(Page, TheReceiptIsWhatTheSlipWouldHaveBeen) {
  const auto page = document(Receipt{.service = "mortgage_cancellation",
                                     .acceptance_number = "2026112100073",
                                     .registered = true,
                                     .date = "2026-11-21",
                                     .masked_name = PersonalText("张*明"),
                                     .masked_address = PersonalText("山东省济南市历下区****"),
                                     .certificate_cancelled = true,
                                     .slip_token = "token",
                                     .reprint = 1},
                             issuer);
  EXPECT_EQ(page.pages, 1);
  expect_words(page, {"受理回执", "Acceptancereceipt", "2026112100073", "2026-11-21", "张*明", "历下区****",
                      "补打1", "K3", "0531-55550110"});
}

TEST(Page, ANoticeNamesAllDefectsHoweverMany) {
  std::vector<std::string> defects;
  for (int i = 1; i <= 60; ++i)
    defects.push_back("第" + std::to_string(i) + "项材料需要补正，请按要求重新提交。");
  const auto notice = document(CompletionNotice{.service = "mortgage_cancellation",
                                                .acceptance_number = "2026112100073",
                                                .date = "2026-11-21",
                                                .masked_name = PersonalText("张*明"),
                                                .defects = defects,
                                                .slip_token = "token"},
                               issuer);
  EXPECT_GT(notice.pages, 1);
  const auto said = pdf_text(notice.pdf);
  for (const auto& defect : defects) EXPECT_NE(said.find(defect), std::string::npos) << defect;
}

TEST(Page, ARefusalHasReasonLegalBasisAndRemedy) {
  expect_words(document(RefusalNotice{.service = "mortgage_cancellation",
                                      .date = "2026-11-21",
                                      .masked_name = PersonalText("张*明"),
                                      .reason = "不在管辖范围内",
                                      .legal_basis = "暂行条例第十七条",
                                      .remedy = "六十日内申请行政复议"},
                        issuer),
               {"不予受理告知书", "不在管辖范围内", "暂行条例第十七条", "六十日内申请行政复议", "张*明"});
}

TEST(Page, TheResultNamesTheMortgageInFullAndThePersonMasked) {
  expect_words(
      document(RegistrationResult{.service = "mortgage_cancellation",
                                  .acceptance_number = "2026112100073",
                                  .registered_at = "2026-11-21 14:05",
                                  .masked_name = PersonalText("张*明"),
                                  .masked_address = PersonalText("济南市历下区****"),
                                  .certificate_number = PersonalText("鲁（2019）济南市不动产证明第0200481号"),
                                  .lender = "泉城储蓄银行历下支行",
                                  .certificate_cancelled = true,
                                  .slip_token = "token"},
               issuer),
      {"不动产登记结果", "下列抵押权已注销登记", "2026112100073", "2026-11-2114:05", "张*明", "第0200481号",
       "不代替受理回执"});
}

TEST(Page, TheApplicationFormIsInFullAndHasABoxForEverySigner) {
  const auto form = document(
      ApplicationForm{
          .service = "mortgage_cancellation",
          .fields = {{.field = assets::Text::field_applicant, .value = PersonalText("阿卜杜热西提·买买提江")},
                     {.field = assets::Text::field_address, .value = PersonalText("示例路一号")}},
          .signers = {PersonalText("甲一"), PersonalText("乙二")},
          .date = "2026-11-21",
          .reference = "3F2A 91C0"},
      issuer);
  expect_words(form, {"不动产登记申请书", "阿卜杜热西提·买买提江", "示例路一号", "3F2A91C0", "甲一", "乙二"});
}

TEST(Page, ItsTitleOnThePrintersPanelIsAKindOfDocument) {
  EXPECT_EQ(document(RefusalNotice{.service = "mortgage_cancellation"}, issuer).title, "不予受理告知书");
}

}  // namespace
}  // namespace kiosk::documents
