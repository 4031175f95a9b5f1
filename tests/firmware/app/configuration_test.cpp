#include "firmware/app/configuration.hpp"

#include <fstream>
#include <regex>

#include <gtest/gtest.h>

#include "tests/firmware/app/example_configuration.hpp"
#include "tests/support/temporary_folder.hpp"

namespace kiosk::app {
namespace {

TEST(Configuration, TheExampleIsAcceptedAndMeansWhatItSays) {
  EXPECT_EQ(complaint(example()), "");
  const auto read = parse_configuration(example(), "kiosk.toml");
  ASSERT_TRUE(read);
  EXPECT_EQ(read->kiosk_id, "K3");
  EXPECT_EQ(read->data, "/var/lib/kiosk");
  EXPECT_EQ(read->site.phone, "0531-55550110");
  EXPECT_EQ(read->number_digits, 13);
  EXPECT_EQ(read->register_province, "鲁");
  EXPECT_EQ(read->register_authority, "济南市");
  EXPECT_EQ(read->site.panel.height, 1920);
  EXPECT_EQ(read->site.defaults.language, screens::Language::zh_cn);
  EXPECT_EQ(read->services, (Options::Texts{"mortgage_cancellation", "progress"}));
  EXPECT_EQ(read->promised.at("progress"), "即时");
}

/// README lists every key of every table; the example shows every one of them, but for those of a driver that
/// it does not choose.
TEST(Configuration, TheReadmeNamesEveryKeyOfTheExample) {
  const auto readme = content_of(source_tree() / "README.md");
  std::istringstream lines(example());
  std::string line, row;
  int keys = 0;
  for (std::smatch match; std::getline(lines, line);) {
    if (std::regex_search(line, match, std::regex(R"(^\[(\w+)\])"))) {
      const auto at = readme.find("| `[" + match[1].str() + "]` |");
      ASSERT_NE(at, std::string::npos) << line;
      row = readme.substr(at, readme.find('\n', at) - at);
    } else if (std::regex_search(line, match, std::regex(R"(^(\w+) =)"))) {
      auto key = match[1].str();
      if (key.starts_with("promised_")) key = "promised_SERVICE";
      EXPECT_NE(row.find("`" + key), std::string::npos) << key << " in " << row;
      ++keys;
    }
  }
  EXPECT_GT(keys, 40);
}

/// The tables' words lead to the values of the same name.
TEST(Configuration, SettingsMeanTheirWords) {
  const auto defaults = [](const std::string& from, const std::string& to) {
    const auto read = parse_configuration(example(from, to), "kiosk.toml");
    return read ? read->site.defaults : decltype(read->site.defaults){};
  };
  using screens::TextSize, screens::Theme;
  const auto size = [&](const std::string& word) {
    return defaults("text_size = \"standard\"", "text_size = \"" + word + "\"").size;
  };
  EXPECT_EQ(size("small"), TextSize::small);
  EXPECT_EQ(size("standard"), TextSize::standard);
  EXPECT_EQ(size("large"), TextSize::large);
  EXPECT_EQ(size("extra_large"), TextSize::extra_large);
  const auto theme = [&](const std::string& word) {
    return defaults("theme = \"standard\"", "theme = \"" + word + "\"").theme;
  };
  EXPECT_EQ(theme("standard"), Theme::standard);
  EXPECT_EQ(theme("contrast_dark"), Theme::contrast_dark);
  EXPECT_EQ(theme("contrast_light"), Theme::contrast_light);
  EXPECT_EQ(theme("low_contrast"), Theme::low_contrast);
  EXPECT_EQ(defaults("language = \"zh-CN\"", "language = \"en\"").language, screens::Language::en);
  EXPECT_TRUE(defaults("low_reach = false", "low_reach = true").low_reach);
}

TEST(Configuration, EveryOptionalLineMayBeLeftOut) {
  std::istringstream lines(example());
  std::string needed, line;
  bool optional_table = false;
  while (std::getline(lines, line)) {
    if (line.starts_with('[')) optional_table = line.find("(optional)") != std::string::npos;
    if (!optional_table && line.find("(optional)") == std::string::npos) needed += line + "\n";
  }
  EXPECT_LT(needed.size(), example().size());
  EXPECT_EQ(complaint(needed), "");
}

/// And no other: without any one of them somebody must be told.
TEST(Configuration, EveryOtherLineIsNeeded) {
  std::istringstream lines(example());
  std::string line, before, after = example();
  bool optional_table = false;
  int needed = 0;
  while (std::getline(lines, line)) {
    after.erase(0, line.size() + 1);
    if (line.starts_with('[')) optional_table = line.find("(optional)") != std::string::npos;
    const bool key = std::regex_search(line, std::regex(R"(^\w+ =)")) && !line.starts_with("promised_");
    if (key && !optional_table && line.find("(optional)") == std::string::npos) {
      EXPECT_NE(complaint(before + after), "") << "without " << line;
      ++needed;
    }
    before += line + "\n";
  }
  EXPECT_GT(needed, 20);
}

TEST(Configuration, AnEmptyTextSaysWhatIsMissing) {
  for (const auto* text : {"", "\n\n", "# nothing\n"}) {
    EXPECT_EQ(complaint(text), "kiosk.toml: [kiosk] id: is missing; a text is needed");
  }
}

TEST(Configuration, ADeviceWithoutATableIsRefused) {
  const auto text = example().substr(0, example().find("[store]"));
  EXPECT_EQ(complaint(text).substr(0, 28), "kiosk.toml: [store] driver: ");
}

TEST(Configuration, BracketsWithoutEndAreRefused) {
  EXPECT_NE(complaint("a = " + std::string(100'000, '[')), "");
  EXPECT_NE(complaint("a" + std::string(100'000, '.')), "");
}

class ConfigurationFile : public ::testing::Test {
 protected:
  Error error_of(const std::filesystem::path& file) {
    const auto read = read_configuration(file);
    EXPECT_FALSE(read);
    return read ? Error{} : read.error();
  }

  testing::TemporaryFolder folder_;
};

TEST_F(ConfigurationFile, ThatIsNotThereIsNamed) {
  const auto file = folder_ / "kiosk.toml";
  EXPECT_EQ(error_of(file).code, Errc::storage);
  EXPECT_TRUE(error_of(file).what.starts_with(file.string()));
}

TEST_F(ConfigurationFile, ThatIsAFolderOrADeviceIsNamed) {
  EXPECT_EQ(error_of(folder_.path()).what, folder_.path().string() + ": no plain file");
  EXPECT_EQ(error_of("/dev/zero").what, "/dev/zero: no plain file");
}

TEST_F(ConfigurationFile, ThatIsHugeIsNotRead) {
  const auto file = folder_ / "kiosk.toml";
  std::ofstream(file).close();
  std::filesystem::resize_file(file, std::uintmax_t{1} << 40U);
  EXPECT_EQ(error_of(file).code, Errc::malformed);
  EXPECT_EQ(error_of(file).what, file.string() + ": larger than 1048576 bytes");
}

}  // namespace
}  // namespace kiosk::app
