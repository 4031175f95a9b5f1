#include "drivers/mjpeg/multipart.hpp"

#include <gtest/gtest.h>

namespace kiosk::drivers {
namespace {

using Parts = std::vector<std::string>;

struct Read {
  Parts parts;
  Result<void> state;
};

// The same bytes in pieces of `piece` must always read the same.
Read read(std::string_view stream, std::size_t piece, std::string_view boundary = "b",
          std::size_t most = 64) {
  MultipartReader reader(boundary, most);
  std::vector<Bytes> parts;
  Read result;
  for (std::size_t at = 0; at < stream.size() && result.state; at += piece) {
    result.state = reader.feed(as_bytes(stream.substr(at, piece)), parts);
  }
  for (const auto& part : parts) result.parts.emplace_back(as_text(part));
  return result;
}

constexpr std::string_view head = "Content-Type: image/jpeg\r\n";

std::string sized(std::string_view body) {
  return "--b\r\n" + std::string(head) + "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" +
         std::string(body) + "\r\n";
}

std::string open_ended(std::string_view body) {
  return "--b\r\n" + std::string(head) + "\r\n" + std::string(body) + "\r\n";
}

TEST(Multipart, PartsComeOutWhereverTheNetworkCuts) {
  const std::string stream =
      sized("one") + open_ended("t\r\nwo") + sized("") + sized("--b\r\n") + open_ended("five") + "--b\r\n";
  for (std::size_t piece = 1; piece <= stream.size(); piece++) {
    const auto got = read(stream, piece);
    EXPECT_TRUE(got.state) << piece << ": " << got.state.error().what;
    EXPECT_EQ(got.parts, (Parts{"one", "t\r\nwo", "", "--b\r\n", "five"})) << piece;
  }
}

TEST(Multipart, ADashedBoundaryIsReadEitherWay) {
  const std::string headers = std::string(head) + "\r\n";
  for (const std::string& dashes : Parts{"--", "----"}) {
    const std::string line = dashes + "x\r\n";
    const auto got = read(line + headers + "a\r\n" + line + headers + "b\r\n" + line, 3, "--x");
    EXPECT_EQ(got.parts, (Parts{"a", "b"})) << dashes;
  }
}

TEST(Multipart, HeaderNamesAreReadInAnyCaseAndOthersSkipped) {
  const auto got = read(
      "\r\n--b\r\ncontent-TYPE:  Image/JPEG ; q=1\r\nX-Timestamp: "
      "1.5\r\nCONTENT-length:2\r\n\r\nok\r\n--b\r\n",
      4);
  EXPECT_TRUE(got.state);
  EXPECT_EQ(got.parts, Parts{"ok"});
}

TEST(Multipart, TheClosingBoundaryIsTheEnd) {
  const auto got = read(sized("one") + "--b--\r\n", 5);
  EXPECT_EQ(got.parts, Parts{"one"});
  ASSERT_FALSE(got.state);
  EXPECT_EQ(got.state.error().code, Errc::unplugged);
}

TEST(Multipart, WhatIsNotAStreamIsMalformed) {
  const std::string jpeg_head = "--b\r\n" + std::string(head);
  const Parts bad{
      "hello, this is a page of text",
      "--c\r\n" + std::string(head) + "\r\nabc",
      "--bX" + std::string(head),
      "--b\n" + std::string(head) + "\n",
      "--b\r\nContent-Type: text/html\r\n\r\nabc",
      "--b\r\n\r\nabc",
      "--b\r\nno colon here\r\n\r\nabc",
      "--b\r\n: no name\r\n\r\nabc",
      jpeg_head + "Content-Length: -1\r\n\r\nabc",
      jpeg_head + "Content-Length: 3x\r\n\r\nabc",
      jpeg_head + "Content-Length: \r\n\r\nabc",
      jpeg_head + "Content-Length: 65\r\n\r\nabc",
      jpeg_head + "Content-Length: 99999999999999999999999\r\n\r\nabc",
      jpeg_head + "Content-Length: 3\r\n\r\nabcdefghijkl",
      jpeg_head + "\r\n" + std::string(100, 'a'),
      "--b\r\n" + std::string(5000, 'h'),
      sized("one") + "garbage between the parts",
  };
  for (const auto& stream : bad) {
    for (const std::size_t piece : {std::size_t{1}, std::size_t{7}, stream.size()}) {
      const auto got = read(stream, piece);
      ASSERT_FALSE(got.state) << stream;
      EXPECT_EQ(got.state.error().code, Errc::malformed) << stream;
    }
  }
}

TEST(Multipart, APartWithoutALengthHasTheSameBound) {
  const auto next = open_ended("x");
  EXPECT_EQ(read(open_ended(std::string(64, 'a')) + next, 7).parts, Parts{std::string(64, 'a')});
  for (const std::size_t piece : {std::size_t{1}, std::size_t{7}, std::size_t{1000}}) {
    const auto got = read(open_ended(std::string(65, 'a')) + next, piece);
    EXPECT_EQ(got.parts, Parts());
    EXPECT_FALSE(got.state);
  }
}

TEST(Multipart, AfterAFaultItStaysAtTheFault) {
  MultipartReader reader("b", 64);
  std::vector<Bytes> parts;
  ASSERT_FALSE(reader.feed(as_bytes("this is not a multipart"), parts));
  EXPECT_FALSE(reader.feed(as_bytes(sized("one")), parts));
  EXPECT_TRUE(parts.empty());
}

TEST(Boundary, IsFoundInTheContentType) {
  EXPECT_EQ(boundary_of("multipart/x-mixed-replace;boundary=frame"), "frame");
  EXPECT_EQ(boundary_of("Multipart/X-Mixed-Replace; charset=x; Boundary=\"a b\" "), "a b");
  EXPECT_EQ(boundary_of("multipart/x-mixed-replace; boundary=--dashed"), "--dashed");
}

TEST(Boundary, IsNotInventedWhereThereIsNone) {
  for (const std::string& type : Parts{"", "text/html", "image/jpeg", "multipart/mixed; boundary=x"}) {
    EXPECT_EQ(boundary_of(type).error().code, Errc::refused) << type;
  }
  for (const std::string rest :
       {"", ";", "; boundary=", "; boundary=\"\"", "; boundary=a\"b", "; x=boundary=y"}) {
    EXPECT_EQ(boundary_of("multipart/x-mixed-replace" + rest).error().code, Errc::malformed) << rest;
  }
  EXPECT_FALSE(boundary_of("multipart/x-mixed-replace; boundary=" + std::string(71, 'x')));
}

}  // namespace
}  // namespace kiosk::drivers
