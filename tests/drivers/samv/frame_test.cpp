#include "drivers/samv/frame.hpp"

#include <gtest/gtest.h>
#include <openssl/sha.h>

#include "drivers/samv/layout.hpp"
#include "tests/lobby/samv/sam.hpp"

namespace kiosk::drivers::samv {
namespace {

Bytes hex(std::string_view text) {
  const auto bytes = from_hex(text);
  EXPECT_TRUE(bytes);
  return bytes.value_or(Bytes{});
}

std::string upper(std::string text) {
  for (char& c : text) c = static_cast<char>(std::toupper(c));
  return text;
}

/// The frame that a reader sends for a card.
Bytes read_frame(const lobby::ChipCard& card) {
  lobby::Sam sam;
  sam.place(card);
  (void)sam.hear(request(Command::find));
  (void)sam.hear(request(Command::select));
  return sam.hear(request(Command::read))->bytes;
}

std::string sha256_start(BytesView bytes) {
  unsigned char digest[SHA256_DIGEST_LENGTH];
  SHA256(bytes.data(), bytes.size(), digest);
  return to_hex(BytesView(digest, 8));
}

TEST(Request, IsWhatTheSpecificationPrints) {
  EXPECT_EQ(upper(to_hex(request(Command::sam_status))), "AAAAAA9669000311FFED");
  EXPECT_EQ(upper(to_hex(request(Command::sam_id))), "AAAAAA9669000312FFEE");
  EXPECT_EQ(upper(to_hex(request(Command::find))), "AAAAAA96690003200122");
  EXPECT_EQ(upper(to_hex(request(Command::select))), "AAAAAA96690003200221");
  EXPECT_EQ(upper(to_hex(request(Command::read))), "AAAAAA96690003300132");
  EXPECT_EQ(upper(to_hex(request(Command::newest_address))), "AAAAAA96690003300330");
  EXPECT_EQ(upper(to_hex(request(Command::body_number))), "AAAAAA96690003300536");
}

TEST(Frame, TheSpecificationsFourByteAnswersAreRead) {
  EXPECT_EQ(decode(hex("AAAAAA9669000400008084"))->status, 0x80);
  EXPECT_EQ(decode(hex("AAAAAA9669000400009094"))->status, 0x90);
  EXPECT_EQ(decode(hex("AAAAAA9669000400009195"))->status, 0x91);
}

TEST(Frame, TheReadersNumberIsRead) {
  const auto answer = decode(hex("AAAAAA966900140000900500010009B8320105BE1200ADC5B11163"));
  ASSERT_TRUE(answer);
  EXPECT_EQ(parse_sam_id(answer->data.reveal()), "05.01-20101129-0001228293-0296863149");
  EXPECT_EQ(parse_sam_id(hex("0102")).error().code, Errc::malformed);
}

TEST(Frame, TheSpecificationsCardsHaveItsDigests) {
  const Bytes resident = read_frame(lobby::zhang_san());
  EXPECT_EQ(resident.size(), 1295u);
  EXPECT_EQ(resident.back(), 0xCE);
  EXPECT_EQ(sha256_start(resident), "7a270e6f50c153b0");
  const Bytes permit = read_frame(lobby::permit_holder());
  EXPECT_EQ(permit.back(), 0x75);
  EXPECT_EQ(sha256_start(permit), "ed6b447e17399506");
}

TEST(Frame, TheSpecificationsNewAddressIsRead) {
  auto card = lobby::zhang_san();
  card.newest_address = "北京市海淀区示例路3号";
  lobby::Sam sam;
  sam.place(card);
  (void)sam.hear(request(Command::find));
  (void)sam.hear(request(Command::select));
  const Bytes frame = sam.hear(request(Command::newest_address))->bytes;
  EXPECT_EQ(upper(to_hex(frame)),
            "AAAAAA9669004A0000901753AC4E025E776DC06D3A533A798B4FEF8D3300F75320002000200020002000200020002000"
            "20002000200020002000200020002000200020002000200020002000200020008C");
  EXPECT_EQ(decode(frame)->data.reveal().size(), 70u);
}

TEST(Frame, SaysAtEveryByteHowManyAreMissing) {
  const Bytes whole = read_frame(lobby::zhang_san());
  for (std::size_t size = 0; size < whole.size(); ++size) {
    const auto lacking = missing(BytesView(whole).first(size));
    ASSERT_TRUE(lacking);
    ASSERT_GT(*lacking, 0u);
    ASSERT_LE(size + *lacking,
              whole.size());  // never asks for more than the answer has: that would wait for nothing
    ASSERT_EQ(decode(BytesView(whole).first(size)).error().code, Errc::malformed);
  }
  EXPECT_EQ(missing(whole), 0u);
}

TEST(Frame, ReadsAnAnswerWithoutItsFirstByteAndOneBehindRubbish) {
  EXPECT_EQ(decode(hex("AAAA9669000400008084"))->status, 0x80);
  EXPECT_EQ(decode(hex("FF00AAAAAA9669000400008084"))->status, 0x80);
  EXPECT_EQ(decode(hex("0102030405AAAAAA9669000400008084"))->status, 0x80);
  EXPECT_EQ(decode(hex("AAAAAAAAAA9669000400008084"))->status, 0x80);
  EXPECT_EQ(missing(hex("010203040506070809AAAAAA9669000400008084")).error().code, Errc::malformed);
}

TEST(Frame, OneWrongBitAnywhereIsNoticed) {
  const Bytes whole = hex("AAAAAA966900140000900500010009B8320105BE1200ADC5B11163");
  for (std::size_t at = 1; at < whole.size(); ++at) {
    for (int bit = 0; bit < 8; ++bit) {
      Bytes damaged = whole;
      damaged[at] = static_cast<std::uint8_t>(damaged[at] ^ 1 << bit);
      EXPECT_EQ(decode(damaged).error().code, Errc::malformed) << at << ' ' << bit;
    }
  }
}

TEST(Frame, ImpossibleLengthsAndTheTimeOutFrameAreMalformed) {
  for (const auto* bytes :
       {"AAAAAA96690000", "AAAAAA96690003", "AAAAAA96691000", "AAAAAA9669FFFF", "AAAAAA96690005050505"}) {
    EXPECT_EQ(missing(hex(bytes)).error().code, Errc::malformed) << bytes;
  }
}

}  // namespace
}  // namespace kiosk::drivers::samv
