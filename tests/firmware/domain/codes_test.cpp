#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "firmware/domain/certificate_number.hpp"
#include "firmware/domain/social_credit_code.hpp"
#include "firmware/domain/unit_code.hpp"

namespace kiosk::domain {
namespace {

TEST(UnitCode, ReadsItsParts) {
  const auto code = *UnitCode::parse("370105012002GB00001F00010751");
  EXPECT_EQ(code.county(), "370105");
  EXPECT_EQ(code.parcel(), "370105012002GB00001");
  EXPECT_EQ(code.fixture(), Fixture::house);
  EXPECT_EQ(code.building(), "0001");
  EXPECT_EQ(code.unit(), "0751");
  EXPECT_EQ(code.shown(), "370105 012002 GB00001 F00010751");
}

TEST(UnitCode, IsReadBackAsItIsShown) {
  const auto code = *UnitCode::parse("370105012002JC00001W00000000");
  EXPECT_EQ(UnitCode::parse(code.shown()), code);
  EXPECT_EQ(UnitCode::parse("３７０１０５012002jc00001w00000000"), code);
  EXPECT_EQ(code.fixture(), Fixture::none);
}

TEST(UnitCode, RefusesEveryWrongPart) {
  for (const auto* bad :
       {"", "370105012002GB00001F0001075", "370105012002GB00001F000107511", "37010A012002GB00001F00010751",
        "370105012002AB00001F00010751", "370105012002G100001F00010751", "370105012002GB0000AF00010751",
        "370105012002GB00001X00010751", "370105012002GB00001F0001075A", "370105012002GB00001W00010751"}) {
    const auto code = UnitCode::parse(bad);
    ASSERT_FALSE(code) << bad;
    EXPECT_EQ(code.error().code, Errc::malformed);
  }
}

TEST(SocialCreditCode, ChecksItsLastCharacter) {
  EXPECT_EQ(parse_social_credit_code("91110000600037341L"), "91110000600037341L");
  EXPECT_EQ(parse_social_credit_code("9111 0000 6000 3734 1l"), "91110000600037341L");
  for (const auto* bad : {"", "91110000600037341", "91110000600037341M", "91110000600037314L",
                          "9111000060003734IL", "91110000600037341LL", "91110000600037341\xFF"}) {
    EXPECT_EQ(parse_social_credit_code(bad).error().code, Errc::malformed) << bad;
  }
}

TEST(CertificateNumber, ReadsTheCommonForm) {
  const auto title = *CertificateNumber::parse("鲁（2024）济南市不动产权第0001234号");
  EXPECT_EQ(title, (CertificateNumber{"鲁", 2024, "济南市", CertificateKind::title, 1234}));
  const auto proof = *CertificateNumber::parse("鲁(2024) 济南市 不动产证明第001234号");
  EXPECT_EQ(proof, (CertificateNumber{"鲁", 2024, "济南市", CertificateKind::proof, 1234}));
  EXPECT_EQ(proof.text(), "鲁（2024）济南市不动产证明第0001234号");
}

TEST(CertificateNumber, ComparesAcrossSpellings) {
  EXPECT_TRUE(
      same_certificate("鲁（2024）济南市不动产权第0001234号", "鲁(２０２４)济南市不动产权第001234号"));
  EXPECT_FALSE(
      same_certificate("鲁（2024）济南市不动产权第0001234号", "鲁（2024）济南市不动产证明第0001234号"));
  EXPECT_FALSE(
      same_certificate("鲁（2024）济南市不动产权第0001234号", "鲁（2023）济南市不动产权第0001234号"));
  EXPECT_TRUE(same_certificate("济房权证历字第 012345 号", "济房权证历字第０１２３４５号"));
  EXPECT_FALSE(same_certificate("济房权证历字第012345号", "济房权证历字第12345号"));
}

TEST(CertificateNumber, RefusesOtherForms) {
  for (const auto* bad :
       {"", "鲁", "鲁（2024）", "鲁（24）济南市不动产权第0001234号", "济房权证历字第012345号",
        "鲁（2024）济南市不动产权第12345号", "鲁（2024）济南市不动产权第12345678号",
        "鲁（2024）济南市不动产权第0001234", "鲁（2024）济南市不动产权0001234号",
        "鲁（2014）济南市不动产权第0001234号", "鲁2024济南市不动产权第0001234号", "\xE9\xB2"}) {
    EXPECT_EQ(CertificateNumber::parse(bad).error().code, Errc::malformed) << bad;
  }
}

RC_GTEST_PROP(CertificateNumber, IsReadBackAsWritten, ()) {
  const CertificateNumber number{"粤", *rc::gen::inRange(2015, 2100), "某某市",
                                 *rc::gen::element(CertificateKind::title, CertificateKind::proof),
                                 *rc::gen::inRange(0, 10000000)};
  RC_ASSERT(CertificateNumber::parse(number.text()).value() == number);
}

RC_GTEST_PROP(Codes, TakeAnyBytes, (const std::string& bytes)) {
  (void)UnitCode::parse(bytes);
  (void)parse_social_credit_code(bytes);
  (void)same_certificate(bytes, "鲁" + bytes);
}

}  // namespace
}  // namespace kiosk::domain
