#include "drivers/registry_http/answers.hpp"

#include <string>

#include <gtest/gtest.h>

namespace kiosk::drivers::registry_http {
namespace {

const std::string mortgage =
    R"({"id":"m-1","version":"v1","kind":"ordinary","address":"某路 1 号","unit_code":"370102012002GB00001F00040201",
  "title_number":"t","certificate_number":"c","owner_name":"张明","lender":"某银行","registered_on":"2019-05-20",
  "electronic_certificate":true,"fee_fen":0,"restrictions":[],"other_owners":[]})";

std::string with(std::string text, const std::string& from, const std::string& to) {
  const auto at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

std::string list_of(const std::string& row) {
  return "{\"mortgages\":[" + row + "]}";
}

TEST(RegistryAnswers, read_a_mortgage_and_leave_out_what_is_missing) {
  const auto mortgages = read_mortgages(list_of(mortgage));
  ASSERT_TRUE(mortgages) << mortgages.error().what;
  const auto& m = mortgages->at(0);
  EXPECT_EQ(m.owner_name.reveal(), "张明");
  EXPECT_FALSE(m.amount_fen || m.release);
  EXPECT_TRUE(m.open_case.empty() && m.lender_phone.empty());
}

TEST(RegistryAnswers, read_who_has_agreed_and_who_has_not) {
  const auto mortgages = read_mortgages(list_of(with(mortgage, R"("other_owners":[])", R"("other_owners":[
    {"id":"p1","masked_name":"李*"},{"id":"p2","masked_name":"王*","agreed":false},
    {"id":"p3","masked_name":"孙*","agreed":true}])")));
  ASSERT_TRUE(mortgages) << mortgages.error().what;
  const auto& owners = mortgages->at(0).other_owners;
  ASSERT_EQ(owners.size(), 3U);
  EXPECT_FALSE(owners[0].agreed || owners[1].agreed);
  EXPECT_TRUE(owners[2].agreed);
}

TEST(RegistryAnswers, read_an_invitation_with_its_day) {
  const std::string invitation = R"({"masked_phone":"139****0052","valid_to":"2026-11-28"})";
  const auto read = read_invitation(invitation);
  ASSERT_TRUE(read) << read.error().what;
  EXPECT_EQ(read->masked_phone.reveal(), "139****0052");
  EXPECT_EQ(read->valid_to, "2026-11-28");
  for (const auto& wrong :
       {with(invitation, "2026-11-28", "2026-11-31"), with(invitation, "valid_to", "until"),
        with(invitation, "masked_phone", "phone"), std::string("{}")}) {
    const auto refused = read_invitation(wrong);
    ASSERT_FALSE(refused) << wrong;
    EXPECT_EQ(refused.error().code, Errc::malformed);
    EXPECT_EQ(refused.error().what.find("0052"), std::string::npos);
  }
}

TEST(RegistryAnswers, take_members_that_the_contract_does_not_know_yet) {
  EXPECT_TRUE(read_mortgages(list_of(with(mortgage, "{\"id\"", "{\"colour\":[{}],\"id\""))));
}

TEST(RegistryAnswers, name_the_place_that_is_wrong_and_never_the_value) {
  const struct {
    std::string from, to, what;
  } table[] = {
      {R"("id":"m-1",)", "", "$.mortgages[0].id: missing"},
      {R"("id":"m-1")", R"("id":7)", "$.mortgages[0].id: not a text"},
      {R"("id":"m-1")", R"("id":null)", "$.mortgages[0].id: missing"},
      {R"("ordinary")", R"("maximum")", "$.mortgages[0].kind: not one of the contract's values"},
      {R"("2019-05-20")", R"("2019-02-30")", "$.mortgages[0].registered_on: not a date"},
      {R"("2019-05-20")", R"("20.5.2019")", "$.mortgages[0].registered_on: not a date"},
      {R"("fee_fen":0)", R"("fee_fen":-1)", "$.mortgages[0].fee_fen: out of range"},
      {R"("fee_fen":0)", R"("fee_fen":0.5)", "$.mortgages[0].fee_fen: not a whole number"},
      {R"("fee_fen":0)", R"("fee_fen":18446744073709551615)", "$.mortgages[0].fee_fen: not a whole number"},
      {R"("fee_fen":0)", R"("fee_fen":"0")", "$.mortgages[0].fee_fen: not a whole number"},
      {R"(true)", R"("true")", "$.mortgages[0].electronic_certificate: not true or false"},
      {R"("restrictions":[])", R"("restrictions":{})", "$.mortgages[0].restrictions: not a list"},
      {R"("restrictions":[])", R"("restrictions":[1])", "$.mortgages[0].restrictions[0]: not an object"},
      {R"("other_owners":[])", R"("other_owners":[{"id":"p"}])",
       "$.mortgages[0].other_owners[0].masked_name: missing"},
      {R"("other_owners":[])", R"("other_owners":[{"id":"p","masked_name":"李*","agreed":"yes"}])",
       "$.mortgages[0].other_owners[0].agreed: not true or false"},
      {R"("张明")", R"("张明\u0000")", "$.mortgages[0].owner_name: control characters"},
      {R"("张明")", "\"" + std::string(201, 'x') + "\"", "$.mortgages[0].owner_name: too long"},
      {R"("other_owners":[])", R"("other_owners":[],"release":true)",
       "$.mortgages[0].release: not an object"},
  };
  for (const auto& row : table) {
    const auto result = read_mortgages(list_of(with(mortgage, row.from, row.to)));
    ASSERT_FALSE(result) << row.what;
    EXPECT_EQ(result.error().code, Errc::malformed);
    EXPECT_EQ(result.error().what, "answer: " + row.what);
  }
}

TEST(RegistryAnswers, refuse_what_is_not_json_or_far_too_much_of_it) {
  std::string many = mortgage;
  for (int i = 0; i < 200; ++i) many += "," + mortgage;
  const std::string bodies[] = {"",
                                " ",
                                "null",
                                "[]",
                                "7",
                                "{",
                                "{\"mortgages\":[}",
                                "{\"mortgages\":[]}x",
                                "{\"mortgages\":\"\xff\xfe\"}",
                                "<html>400</html>",
                                std::string(3, '\0'),
                                std::string(100000, '['),
                                "{\"mortgages\":" + std::string(17, '[') + std::string(17, ']') + "}",
                                list_of(many)};
  for (const auto& body : bodies) {
    const auto result = read_mortgages(body);
    ASSERT_FALSE(result) << body.substr(0, 40);
    EXPECT_EQ(result.error().code, Errc::malformed);
    EXPECT_LT(result.error().what.size(), 100U);
  }
}

TEST(RegistryAnswers, want_the_words_that_each_paper_needs) {
  const std::string head = R"({"decided_at":"2026-11-21T09:30:00+08:00","certificate_status":"unchanged",)";
  const auto good = [&](const std::string& rest) { return read_reply(head + rest + "}").has_value(); };
  EXPECT_TRUE(good(R"("decision":"registered","acceptance_number":"1")"));
  EXPECT_FALSE(good(R"("decision":"registered")"));
  EXPECT_FALSE(good(R"("decision":"registered","acceptance_number":"")"));
  EXPECT_TRUE(good(R"("decision":"accepted","acceptance_number":"1","due_date":"2026-11-24")"));
  EXPECT_FALSE(good(R"("decision":"accepted","acceptance_number":"1")"));
  EXPECT_TRUE(good(R"("decision":"to_be_completed","acceptance_number":"1","defects":["x"])"));
  EXPECT_FALSE(good(R"("decision":"to_be_completed","acceptance_number":"1","defects":[])"));
  EXPECT_TRUE(good(R"("decision":"refused","reason":"a","legal_basis":"b","remedy":"c")"));
  EXPECT_FALSE(good(R"("decision":"refused","reason":"a","legal_basis":"b","remedy":"")"));
  EXPECT_FALSE(good(R"("decision":"perhaps","acceptance_number":"1")"));
}

TEST(RegistryAnswers, read_times_of_every_zone_and_no_others) {
  const auto status = [](const std::string& now) {
    return read_status(R"({"hall_name":"h","closed_services":[],"now":")" + now + "\"}");
  };
  const auto noon = status("2026-11-21T12:00:00Z");
  ASSERT_TRUE(noon);
  EXPECT_EQ(status("2026-11-21T20:00:00+08:00")->now, noon->now);
  EXPECT_EQ(status("2026-11-21T12:00:00.250Z")->now - noon->now, milliseconds(250));
  for (const auto* bad : {"", "now", "2026-11-21", "2026-11-21T12:00:00", "2026-02-30T12:00:00Z",
                          "2026-11-21T25:00:00Z", "2026-11-21T12:00:00+8", "2026-11-21T12:00:00+08:0x",
                          "2026-11-21T12:00:00ZZ", "-026-11-21T12:00:00Z"}) {
    EXPECT_FALSE(status(bad)) << bad;
  }
}

TEST(RegistryAnswers, believe_a_status_only_from_the_registry_itself) {
  const std::string ours = R"({"code":"version_changed","title":"张明"})";
  const struct {
    long status;
    std::string body;
    Errc code;
  } table[] = {
      {400, ours, Errc::refused},
      {409, ours, Errc::refused},
      {404, R"({"code":"never_received"})", Errc::not_present},
      {429, R"({"code":"staff_locked"})", Errc::busy},
      {409, R"({"code":"in_progress"})", Errc::busy},
      {400, "<html>400 No required SSL certificate was sent</html>", Errc::unreachable},
      {404, "<html>404 Not Found</html>", Errc::unreachable},
      {404, "{}", Errc::unreachable},
      {404, R"({"code":"NOT OURS"})", Errc::unreachable},
      {500, ours, Errc::unreachable},
      {503, "", Errc::unreachable},
      {302, "", Errc::malformed},
      {204, "", Errc::malformed},
  };
  for (const auto& row : table) {
    const auto error = read_problem(row.status, row.body);
    EXPECT_EQ(error.code, row.code) << row.status << " " << row.body;
    EXPECT_EQ(error.what.find("张明"), std::string::npos);
  }
  EXPECT_TRUE(read_problem(409, ours).what.starts_with("version_changed"));
}

}  // namespace
}  // namespace kiosk::drivers::registry_http
