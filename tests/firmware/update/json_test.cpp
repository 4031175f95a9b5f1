#include "firmware/update/json.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace kiosk::update {
namespace {

/// Letters of one to four bytes, and what JSON must escape.
std::string any_text() {
  static const std::vector<std::string> letters{
      "a", "B", "9",  "\"",           "\\",           "/", "\n", "\t", std::string(1, '\0'), "\x1f", "\x7f",
      " ", "é", "记", "\xed\x9f\xbf", "\xee\x80\x80", "𠮷"};
  std::string text;
  for (const auto& letter :
       *rc::gen::resize(8, rc::gen::container<std::vector<std::string>>(rc::gen::elementOf(letters)))) {
    text += letter;
  }
  return text;
}

Json any_value(int depth) {
  switch (*rc::gen::inRange(0, depth > 0 ? 6 : 4)) {
    case 0:
      return nullptr;
    case 1:
      return *rc::gen::arbitrary<bool>();
    case 2:
      return *rc::gen::arbitrary<std::int64_t>();
    case 3:
      return any_text();
    case 4: {
      Json array = Json::array();
      for (int i = *rc::gen::inRange(0, 4); i > 0; --i) array.push_back(any_value(depth - 1));
      return array;
    }
    default: {
      Json object = Json::object();
      for (int i = *rc::gen::inRange(0, 4); i > 0; --i) object[any_text()] = any_value(depth - 1);
      return object;
    }
  }
}

std::string refused(std::string_view text) {
  const auto json = read_json(text);
  if (json) return "taken";
  EXPECT_EQ(json.error().code, Errc::malformed);
  return json.error().what;
}

TEST(CanonicalJson, IsWhatTheReferenceImplementationWrites) {
  // The right sides were written by its encode_canonical().
  EXPECT_EQ(canonical(*read_json("{ \"b\" : [ 1, -2, true, null ], \"a\" : { } , \"c\":[] }")),
            R"({"a":{},"b":[1,-2,true,null],"c":[]})");
  EXPECT_EQ(canonical(*read_json(R"("q\" b\\ s\/ n\n t\t u\u0001 \u8bb0 \ud842\udfb7")")),
            "\"q\\\" b\\\\ s/ n\n t\t u\x01 记 𠮷\"");
  EXPECT_EQ(canonical(*read_json(R"({"\ud842\udfb7":1,"\uffee":2,"z":3,"Z":4,"":5})")),
            "{\"\":5,\"Z\":4,\"z\":3,\"\xef\xbf\xae\":2,\"𠮷\":1}");
  EXPECT_EQ(canonical(*read_json("-9223372036854775808")), "-9223372036854775808");
  EXPECT_EQ(canonical(*read_json("-0")), "0");
}

TEST(CanonicalJson, HasNoTwoReadings) {
  EXPECT_EQ(refused(R"({"version":1,"version":2})"), "\"version\" twice in one object");
  EXPECT_EQ(refused(R"({"a":{"b":1,"\u0062":2}})"), "\"b\" twice in one object");
  EXPECT_EQ(refused("1.0"), "1.0 is no whole number");
  EXPECT_EQ(refused("1e2"), "1e2 is no whole number");
  EXPECT_EQ(refused("9223372036854775808"), "a number that is too large");
  EXPECT_NE(refused("18446744073709551616"), "taken");
  EXPECT_NE(refused("01"), "taken");
  EXPECT_NE(refused("NaN"), "taken");
  EXPECT_NE(refused("{} {}"), "taken");
  EXPECT_NE(refused("[1,]"), "taken");
  EXPECT_NE(refused("{\"a\":1"), "taken");
  EXPECT_NE(refused("/* a */ {}"), "taken");
  EXPECT_NE(refused("\"\xff\""), "taken");
  EXPECT_NE(refused("\"\xed\xa0\x80\""), "taken") << "half a surrogate pair";
  EXPECT_NE(refused(R"("\ud842")"), "taken");
  EXPECT_NE(refused("\"line\nend\""), "taken") << "a control character must be escaped on the wire";
  EXPECT_NE(refused(""), "taken");
  EXPECT_EQ(refused("<html>"), "not JSON at byte 1");
}

TEST(CanonicalJson, EndsBeforeTheStackDoes) {
  const auto nested = [](std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); };
  EXPECT_TRUE(read_json(nested(32)));
  EXPECT_EQ(refused(nested(33)), "deeper than 32");
  EXPECT_EQ(refused(nested(1'000'000)), "deeper than 32");
}

RC_GTEST_PROP(CanonicalJson, ReadsBackAsTheSameValue, ()) {
  const auto value = any_value(3);
  // Control characters stand bare in the canonical form, which is for signing and not for reading.
  const auto read = read_json(value.dump());
  RC_ASSERT(read.has_value());
  RC_ASSERT(*read == value);
  RC_ASSERT(canonical(*read) == canonical(value));
}

RC_GTEST_PROP(CanonicalJson, DoesNotDependOnHowItWasWritten, ()) {
  const auto value = any_value(3);
  const bool ascii = *rc::gen::arbitrary<bool>();
  const auto read = read_json(value.dump(*rc::gen::inRange(-1, 4), '\t', ascii));
  RC_ASSERT(read.has_value());
  RC_ASSERT(canonical(*read) == canonical(value));
}

RC_GTEST_PROP(CanonicalJson, DiffersWhereValuesDiffer, ()) {
  const auto one = any_value(2);
  const auto other = any_value(2);
  RC_ASSERT((one == other) == (canonical(one) == canonical(other)));
}

RC_GTEST_PROP(CanonicalJson, TakesAnyBytesOrRefusesThem, (const std::string& bytes)) {
  const auto read = read_json(bytes);
  RC_ASSERT(read.has_value() || !read.error().what.empty());
}

}  // namespace
}  // namespace kiosk::update
