#include "drivers/registry_http/requests.hpp"

#include <gtest/gtest.h>

namespace kiosk::drivers::registry_http {
namespace {

hal::IdCard card() {
  return {.name = PersonalText("张明"),
          .number = PersonalText("370102198503070018"),
          .address = PersonalText("某路 1 号"),
          .valid_to = "20390601",
          .raw_name = PersonalBytes(Bytes{0x20, 0x5f}),
          .photo = PersonalBytes(Bytes(1024, 'w'))};
}

TEST(RegistryRequests, send_the_chips_picture_with_a_face_check_and_nowhere_else) {
  const auto face = face_request(card(), PersonalBytes(Bytes{0xff, 0xd8}));
  const auto search = applicant_request({.card = card()});
  EXPECT_NE(face.find("\"photo_wlt\""), WipingText::npos);
  EXPECT_NE(face.find("\"portrait_jpeg\":\"/9g=\""), WipingText::npos);
  EXPECT_EQ(search.find("photo"), WipingText::npos);
  EXPECT_EQ(
      search,
      R"({"applicant":{"card":{"kind":"resident","name":"张明","number":"370102198503070018","raw_name":"IF8=",)"
      R"("valid_to":"20390601"},"proof":"card_only"}})");
}

TEST(RegistryRequests, never_send_the_home_address) {
  EXPECT_EQ(face_request(card(), {}).find("某路"), WipingText::npos);
  EXPECT_EQ(application_request({.applicant = {.card = card()}}).find("某路"), WipingText::npos);
}

TEST(RegistryRequests, name_the_certificate_beside_who_asks) {
  const auto request = certificate_request({.card = card(), .proof = hal::Applicant::Proof::card_and_face},
                                           PersonalText("鲁（2019）济南市不动产证明第0200884号"));
  EXPECT_NE(request.find(R"("certificate_number":"鲁（2019）济南市不动产证明第0200884号")"),
            WipingText::npos);
  EXPECT_NE(request.find(R"("proof":"card_and_face")"), WipingText::npos);
  EXPECT_EQ(request.find("photo"), WipingText::npos);
}

TEST(RegistryRequests, are_always_objects) {
  EXPECT_EQ(one_text("key", "a\"b\n"), R"({"key":"a\"b\n"})");
  EXPECT_EQ(rating_request("1", 5), R"({"acceptance_number":"1","level":5})");
  EXPECT_EQ(party_request("m", "p", {}).front(), '{');
  EXPECT_EQ(staff_request(card(), PersonalText("b"), PersonalText("p")).front(), '{');
}

}  // namespace
}  // namespace kiosk::drivers::registry_http
