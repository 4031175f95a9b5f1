// What a city signs, as text.

#include "firmware/provision/content.hpp"

#include <gtest/gtest.h>

#include "firmware/provision/base64.hpp"
#include "firmware/provision/technician.hpp"
#include "firmware/update/json.hpp"
#include "tests/firmware/provision/city.hpp"

namespace kiosk::provision {
namespace {

using update::Json;

Json json_of(const Content& content) {
  return update::read_json(write_content(content)).value();
}

TEST(Content, ReadsBackWhatItWrote) {
  const Content settings = good_settings();
  EXPECT_EQ(read_content(write_content(settings)), settings);
  const Content recovery = Recovery{.head = good_settings().head, .key = "k"};
  EXPECT_EQ(read_content(write_content(recovery)), recovery);
}

TEST(Content, TakesNamesThatStayInTheFolderAlone) {
  for (const auto* name : {"kiosk.toml", "a", "A-b_c.9", "usb.d/10-chassis.conf", "time.d/city.sources"})
    EXPECT_TRUE(may_be_named(name)) << name;
  for (const auto* name : {"",
                           ".",
                           "..",
                           "/",
                           "/etc/passwd",
                           "../kiosk.toml",
                           "usb.d/../x",
                           "usb.d/",
                           "usb.d",
                           "time.d",
                           "/x",
                           "x/",
                           "other.d/x",
                           "usb.d/time.d/x",
                           "usb.d//x",
                           ".hidden",
                           "usb.d/.hidden",
                           "-x",
                           "a b",
                           "a\nb",
                           "ä",
                           "provisioned",
                           "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"})
    EXPECT_FALSE(may_be_named(name)) << name;
  EXPECT_FALSE(may_be_named(std::string_view("a\0b", 3)));
}

TEST(Content, RefusesWhatIsNotInItsForm) {
  const auto settings = json_of(good_settings());
  const auto recovery = json_of(Recovery{.head = good_settings().head, .key = "k"});
  const auto refused = [](Json object, const std::function<void(Json&)>& change) {
    change(object);
    const auto read = read_content(object.dump());
    ASSERT_FALSE(read) << object.dump().substr(0, 300);
    EXPECT_EQ(read.error().code, Errc::malformed);
  };
  for (const auto& whole : {settings, recovery}) {
    ASSERT_TRUE(read_content(whole.dump()));
    for (const auto& [name, member] : whole.items()) {
      refused(whole, [&](Json& o) { o.erase(name); });
      refused(whole, [&](Json& o) { o[name] = nullptr; });
    }
    refused(whole, [](Json& o) { o["more"] = 1; });
    refused(whole, [](Json& o) { o["kind"] = "kiosk settings 2"; });
    refused(whole, [](Json& o) { o["machine"] = "0123"; });
    refused(whole, [](Json& o) { o["machine"] = std::string(32, 'A'); });
    refused(whole, [](Json& o) { o["expires"] = "tomorrow"; });
  }
  refused(settings, [](Json& o) { o["sequence"] = 0; });
  refused(settings, [](Json& o) { o["files"].erase("kiosk.toml"); });
  refused(settings, [](Json& o) { o["files"].erase("technicians.toml"); });
  refused(settings, [](Json& o) { o["files"]["kiosk.toml"]["mode"] = 1; });
  refused(settings, [](Json& o) { o["files"]["kiosk.toml"].erase("secret"); });
  refused(settings, [](Json& o) { o["files"]["kiosk.toml"]["content"] = "no base64"; });
  refused(settings, [](Json& o) { o["files"]["../x"] = o["files"]["kiosk.toml"]; });
  refused(recovery, [](Json& o) { o["machine"] = "any"; });
  refused(recovery, [](Json& o) { o["key"] = ""; });
  refused(recovery, [](Json& o) { o["key"] = std::string(257, 'k'); });
  for (const auto* text :
       {"", "{}", "[]", "1", "{\"kind\":\"kiosk recovery 1\",\"kind\":\"kiosk settings 1\"}"})
    EXPECT_FALSE(read_content(text)) << text;
}

TEST(Content, HasLimits) {
  auto many = good_settings();
  while (many.files.size() < most_files) many.files["f" + std::to_string(many.files.size())] = {};
  EXPECT_TRUE(read_content(write_content(many)));
  many.files["one more"] = {};
  many.files["onemore"] = {};
  EXPECT_FALSE(read_content(write_content(many)));
  auto large = good_settings();
  large.files["large"].content = std::string(most_bytes, 'x');
  EXPECT_FALSE(read_content(write_content(large)));
  EXPECT_FALSE(read_content(std::string(most_signed + 1, ' ')));
}

TEST(Base64, IsReadAsItIsWrittenAndNotOtherwise) {
  for (const auto& bytes :
       {std::string(), std::string("a"), std::string("ab"), std::string("abc"), std::string("\0\xff\n", 3)})
    EXPECT_EQ(from_base64(to_base64(bytes)), bytes);
  EXPECT_EQ(to_base64("ab"), "YWI=");
  for (const auto* text : {"YWI", "YWI=\n", " YWI=", "YWJ=", "YW=I", "====", "YWI==", "Y===", "YWI-"})
    EXPECT_FALSE(from_base64(text)) << text;
}

TEST(Technician, HasABadgeAndARole) {
  EXPECT_EQ(read_technician("[technician]\nbadge = \"T07\"\nrole = \"maker\"\n"),
            (Technician{.badge = "T07", .role = TechnicianRole::maker}));
  for (const auto* text :
       {"", "[technician]\n", "[technician]\nbadge = \"T07\"\n",
        "[technician]\nbadge = \"\"\nrole = \"maker\"\n", "[technician]\nbadge = \"T 7\"\nrole = \"maker\"\n",
        "[technician]\nbadge = \"T7\"\nrole = \"king\"\n",
        "[technician]\nbadge = \"T7\"\nrole = \"maker\"\nname = \"x\"\n", "[other]\n", "no TOML"})
    EXPECT_FALSE(read_technician(text)) << text;
}

}  // namespace
}  // namespace kiosk::provision
