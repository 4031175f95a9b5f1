#include "drivers/mirror_http/answer.hpp"

#include <gtest/gtest.h>

namespace kiosk::drivers::mirror_http {
namespace {

Head head_of(const std::vector<std::string>& lines) {
  Head head;
  for (const auto& line : lines) EXPECT_TRUE(head.add(line + "\r\n"));
  EXPECT_TRUE(head.add("\r\n"));
  return head;
}

const Asked rest{.length = 1000, .from = 400, .etag = "\"a\""};

std::string place(const std::vector<std::string>& lines, const Asked& asked = rest) {
  const auto place = place_of_body(head_of(lines), asked);
  if (place) return std::to_string(*place);
  return std::string(name_of(place.error().code)) + ": " + place.error().what;
}

TEST(Answer, PutsTheRestBehindWhatIsThere) {
  EXPECT_EQ(place({"HTTP/1.1 206 Partial Content", "Content-Range: bytes 400-999/1000"}), "400");
  EXPECT_EQ(
      place({"HTTP/1.1 206 x", "content-range:  Bytes 400-999/* ", "ETag: \"a\"", "Content-Length: 600"}),
      "400");
}

TEST(Answer, BeginsAnewWithAWholeFile) {
  EXPECT_EQ(place({"HTTP/1.1 200 OK", "Content-Length: 1000"}), "0");
  EXPECT_EQ(place({"HTTP/1.1 200 OK", "Transfer-Encoding: chunked"}), "0");
  EXPECT_EQ(place({"HTTP/1.1 200 OK"}), "0");
}

TEST(Answer, RefusesAnotherPartThanTheOneAskedFor) {
  const std::string wrong = "malformed: the server sends another part than the one asked for";
  for (const auto* range : {"bytes 0-999/1000", "bytes 401-999/1000", "bytes 400-998/1000",
                            "bytes 400-999/1001", "bytes 400-999", "bytes 400-999/", "bytes 400-999/1000x",
                            "400-999/1000", "", "bytes */1000", "bytes 400-99999999999999999999/1000"}) {
    EXPECT_EQ(place({"HTTP/1.1 206 x", std::string("Content-Range: ") + range}), wrong) << range;
  }
  EXPECT_EQ(place({"HTTP/1.1 206 x", "Content-Type: multipart/byteranges; boundary=x"}), wrong);
  EXPECT_EQ(place({"HTTP/1.1 206 x", "Content-Range: bytes 0-999/1000"}, {.length = 1000}), wrong)
      << "nobody asked for a part";
  EXPECT_EQ(place({"HTTP/1.1 206 x", "Content-Range: bytes 400-999/1000", "ETag: \"b\""}),
            "malformed: the server sends a part of another file");
}

TEST(Answer, HoldsTheServerToTheLengthThatIsSigned) {
  EXPECT_EQ(place({"HTTP/1.1 200 OK", "Content-Length: 1001"}),
            "malformed: the server announces 1001 bytes instead of 1000");
  EXPECT_EQ(place({"HTTP/1.1 206 x", "Content-Range: bytes 400-999/1000", "Content-Length: 1000"}),
            "malformed: the server announces 1000 bytes instead of 600");
  EXPECT_EQ(place({"HTTP/1.1 200 OK", "Content-Length: -1"}), "malformed: a length that is no number");
  EXPECT_EQ(place({"HTTP/1.1 200 OK", "Content-Length: 99999999999999999999"}),
            "malformed: a length that is no number");
}

TEST(Answer, TakesNothingThatWasCompressed) {
  EXPECT_EQ(place({"HTTP/1.1 200 OK", "Content-Encoding: gzip"}),
            "malformed: the server compressed what it sent");
  EXPECT_EQ(place({"HTTP/1.1 200 OK", "Transfer-Encoding: gzip, chunked"}),
            "malformed: the server compressed what it sent");
  EXPECT_EQ(place({"HTTP/1.1 200 OK", "Content-Encoding: Identity"}), "0");
}

TEST(Answer, SaysWhatEachStatusMeans) {
  const auto code = [](int status) {
    return name_of(place_of_body(head_of({"HTTP/1.1 " + std::to_string(status) + " x"}), rest).error().code);
  };
  for (const int status : {404, 410}) EXPECT_EQ(code(status), "not_present") << status;
  for (const int status : {429, 503}) EXPECT_EQ(code(status), "busy") << status;
  for (const int status : {408, 500, 502, 504, 599}) EXPECT_EQ(code(status), "unreachable") << status;
  for (const int status : {300, 301, 302, 307, 308, 400, 401, 403, 407, 416})
    EXPECT_EQ(code(status), "refused") << status;
  for (const int status : {201, 204, 226}) EXPECT_EQ(code(status), "malformed") << status;
  EXPECT_FALSE(check_document(head_of({"HTTP/1.1 206 x", "Content-Range: bytes 0-9/10"}), 10));
  EXPECT_TRUE(check_document(head_of({"HTTP/1.1 200 OK", "Content-Length: 10"}), 10));
  EXPECT_FALSE(check_document(head_of({"HTTP/1.1 200 OK", "Content-Length: 11"}), 10));
}

TEST(Answer, IsTheLastOfSeveral) {
  Head head;
  EXPECT_TRUE(head.add("HTTP/1.1 103 Early Hints\r\n"));
  EXPECT_TRUE(head.add("ETag: \"early\"\r\n"));
  EXPECT_TRUE(head.add("\r\n"));
  EXPECT_FALSE(head.complete());
  EXPECT_TRUE(head.add("HTTP/1.1 200 OK\r\n"));
  EXPECT_TRUE(head.add("\r\n"));
  EXPECT_TRUE(head.complete());
  EXPECT_EQ(head.field("etag"), std::nullopt);
  EXPECT_TRUE(head.add("ETag: \"trailer\"\r\n"));
  EXPECT_EQ(head.field("etag"), std::nullopt);
}

TEST(Answer, SaysOneThing) {
  Head head;
  EXPECT_TRUE(head.add("HTTP/1.1 200 OK\r\n"));
  EXPECT_TRUE(head.add("Content-Length: 1\r\n"));
  EXPECT_TRUE(head.add("Content-Length: 1\r\n"));
  EXPECT_EQ(head.add("Content-Length: 2\r\n").error().code, Errc::malformed);
}

TEST(Answer, HasNoEndlessHead) {
  Head head;
  Result<void> taken;
  int lines = 0;
  for (; taken && lines < 1'000'000; ++lines)
    taken = head.add("X-" + std::to_string(lines) + ": " + std::string(100, 'x') + "\r\n");
  EXPECT_EQ(taken.error().code, Errc::malformed);
  EXPECT_LT(lines, 1000);
}

TEST(Answer, GoesOnLaterWithStrongTagsOnly) {
  const auto tag = [](const std::string& text) {
    return strong_etag(head_of({"HTTP/1.1 200 OK", "ETag: " + text}));
  };
  EXPECT_EQ(tag("\"66a-1f\""), "\"66a-1f\"");
  EXPECT_EQ(tag("W/\"66a-1f\""), "");
  EXPECT_EQ(tag("66a-1f"), "");
  EXPECT_EQ(tag("\"\""), "");
  EXPECT_EQ(tag("\"" + std::string(300, 'x') + "\""), "");
  EXPECT_EQ(strong_etag(head_of({"HTTP/1.1 200 OK"})), "");
}

}  // namespace
}  // namespace kiosk::drivers::mirror_http
