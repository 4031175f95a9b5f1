#include <ostream>
#include <regex>

#include "tests/firmware/app/example_configuration.hpp"

namespace kiosk::app {
namespace {

struct Wrong {
  std::string name;
  std::string from, to;   ///< what is changed in the example
  std::string complaint;  ///< a regular expression for the whole message; :L: stands for the line of `to`
};

void PrintTo(const Wrong& wrong, std::ostream* out) {
  *out << wrong.to;
}

class WrongLine : public ::testing::TestWithParam<Wrong> {};

TEST_P(WrongLine, IsRefusedWithFileLineKeyAndWhatIsAllowed) {
  const auto& wrong = GetParam();
  const auto text = example(wrong.from, wrong.to);
  const auto at = wrong.from.empty() ? text.size() - wrong.to.size() : text.find(wrong.to);
  const auto line = std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n') + 1;
  auto pattern = wrong.complaint;
  if (const auto place = pattern.find(":L:"); place != std::string::npos)
    pattern.replace(place, 3, ":" + std::to_string(line) + ":");
  const auto said = complaint(text);
  EXPECT_TRUE(std::regex_match(said, std::regex(pattern))) << said << "\nexpected: " << pattern;
}

const std::vector<Wrong> wrong_own_keys{
    {"kiosk_id_missing", "id = \"K3\"", "", R"(kiosk\.toml:4: \[kiosk\] id: is missing; a text is needed)"},
    {"kiosk_id_empty", "id = \"K3\"", "id = \"\"",
     R"(kiosk\.toml:L: \[kiosk\] id: must be a text in quotes)"},
    {"kiosk_id_number", "id = \"K3\"", "id = 3", R"(kiosk\.toml:L: \[kiosk\] id: must be a text in quotes)"},
    {"data_missing", "data = \"/var/lib/kiosk\"", "", R"(kiosk\.toml:4: \[kiosk\] data: is missing.*)"},
    {"hall_name", "name = \"示例市不动产登记中心\"", "name = true",
     R"(kiosk\.toml:L: \[hall\] name: must be a text.*)"},
    {"hall_hours", "hours = \"09:00-17:00\"", "hours = 9",
     R"(kiosk\.toml:L: \[hall\] hours: must be a text.*)"},
    {"hall_phone", "phone = \"0531-55550110\"", "phone = 110",
     R"(kiosk\.toml:L: \[hall\] phone: must be a text.*)"},
    {"hall_elsewhere", "elsewhere = \"一楼综合窗口\"", "",
     R"(kiosk\.toml:11: \[hall\] elsewhere: is missing.*)"},
    {"number_prefix", "number_prefix = \"2026\"", "number_prefix = 2026",
     R"(kiosk\.toml:L: \[hall\] number_prefix: must be a text.*)"},
    {"number_digits_few", "number_digits = 13", "number_digits = 5",
     R"(kiosk\.toml:L: \[hall\] number_digits: 5 is out of range; allowed: a whole number from 6 to 20)"},
    {"number_digits_many", "number_digits = 13", "number_digits = 21",
     R"(.*:L: \[hall\] number_digits: 21 is out.*)"},
    {"number_digits_text", "number_digits = 13", "number_digits = \"13\"",
     R"(.*:L: \[hall\] number_digits: must be a whole number from 6 to 20)"},
    {"number_digits_fraction", "number_digits = 13", "number_digits = 13.5",
     R"(.*:L: \[hall\] number_digits: must be a whole.*)"},
    {"number_digits_huge", "number_digits = 13", "number_digits = 9223372036854775807",
     R"(.*:L: \[hall\] number_digits: 9223372036854775807 is out of range.*)"},
    {"number_digits_overflow", "number_digits = 13", "number_digits = 9223372036854775808",
     R"(kiosk\.toml:L: .+)"},
    {"register_province_number", "register_province = \"鲁\"", "register_province = 37",
     R"(kiosk\.toml:L: \[hall\] register_province: must be a text.*)"},
    {"register_province_long", "register_province = \"鲁\"", "register_province = \"山东\"",
     R"(kiosk\.toml:L: \[hall\] register_province: must be one character, "鲁" of .*)"},
    {"register_province_letter", "register_province = \"鲁\"", "register_province = \"L\"",
     R"(.*:L: \[hall\] register_province: must be one character.*)"},
    {"register_province_missing", "register_province = \"鲁\"", "",
     R"(kiosk\.toml:11: \[hall\] register_province: must be one character.*)"},
    {"register_authority_number", "register_authority = \"济南市\"", "register_authority = 1",
     R"(.*:L: \[hall\] register_authority: must be a text.*)"},
    {"register_authority_whole", "register_authority = \"济南市\"", "register_authority = \"济南市不动产权\"",
     R"(kiosk\.toml:L: \[hall\] register_authority: must be the city's name alone, "济南市" of .*)"},
    {"register_authority_blank", "register_authority = \"济南市\"", "register_authority = \"济南 市\"",
     R"(.*:L: \[hall\] register_authority: must be the city's name alone.*)"},
    {"register_authority_missing", "register_authority = \"济南市\"", "",
     R"(kiosk\.toml:11: \[hall\] register_authority: must be the city's name alone.*)"},
    {"number_prefix_word", "number_prefix = \"2026\"", "number_prefix = \"济2026\"",
     R"(kiosk\.toml:L: \[hall\] number_prefix: must be digits, fewer than number_digits.*)"},
    {"number_prefix_long", "number_prefix = \"2026\"", "number_prefix = \"2026110200008\"",
     R"(kiosk\.toml:L: \[hall\] number_prefix: must be digits, fewer than number_digits.*)"},
    {"staff_pin_digits", "staff_pin_digits = 8", "staff_pin_digits = 4",
     R"(.*:L: \[hall\] staff_pin_digits: 4 is out of range; allowed: a whole number from 6 to 12)"},
    {"panel_width", "width = 1080", "width = 0", R"(.*:L: \[panel\] width: 0 is out of range.*600 to 4320)"},
    {"panel_height", "height = 1920", "height = 799",
     R"(.*:L: \[panel\] height: 799 is out of range.*800 to 7680)"},
    {"panel_diagonal", "diagonal_in = 21.5", "diagonal_in = 66.0",
     R"(.*:L: \[panel\] diagonal_in: must be a number from 15 to 65)"},
    {"panel_diagonal_nan", "diagonal_in = 21.5", "diagonal_in = nan",
     R"(.*:L: \[panel\] diagonal_in: must be.*)"},
    {"panel_diagonal_date", "diagonal_in = 21.5", "diagonal_in = 2026-01-01",
     R"(.*:L: \[panel\] diagonal_in: must be a text, a number, true, false or a list of texts)"},
    {"panel_bottom", "bottom_mm_above_floor = 900", "bottom_mm_above_floor = -1",
     R"(.*:L: \[panel\] bottom_mm_above_floor: must be a number from 300 to 1200)"},
    {"panel_distance", "viewing_distance_mm = 600", "viewing_distance_mm = \"far\"",
     R"(.*:L: \[panel\] viewing_distance_mm: must be a number from 300 to 1200)"},
    {"language", "language = \"zh-CN\"", "language = \"fr\"",
     R"(.*:L: \[settings\] language: "fr" is not known; allowed: zh-CN, en)"},
    {"text_size", "text_size = \"standard\"", "text_size = 3",
     R"(.*:L: \[settings\] text_size: .*allowed: small, standard, large, extra_large)"},
    {"theme", "theme = \"standard\"", "theme = \"dark\"",
     R"(.*:L: \[settings\] theme: "dark" is not known; allowed: standard, contrast_dark.*)"},
    {"low_reach", "low_reach = false", "low_reach = \"false\"",
     R"(.*:L: \[settings\] low_reach: must be true or false)"},
    {"offered_none", "offered = [\"mortgage_cancellation\", \"progress\"]", "offered = []",
     R"(.*:L: \[services\] offered: must name at least one service)"},
    {"offered_text", "offered = [\"mortgage_cancellation\", \"progress\"]", "offered = \"progress\"",
     R"(.*:L: \[services\] offered: must be a list of texts.*)"},
    {"offered_numbers", "offered = [\"mortgage_cancellation\", \"progress\"]", "offered = [1, 2]",
     R"(.*:L: \[services\] offered: lists hold texts only)"},
    {"offered_unknown", "offered = [\"mortgage_cancellation\", \"progress\"]", "offered = [\"passport\"]",
     R"(.*:L: \[services\] offered: "passport" is not known; allowed: mortgage_cancellation, progress)"},
    {"offered_twice", "offered = [\"mortgage_cancellation\", \"progress\"]",
     "offered = [\"progress\", \"progress\"]", R"(.*:L: \[services\] offered: "progress" stands twice)"},
    {"promised_not_offered", "promised_progress", "promised_passport",
     R"(.*:L: \[services\] promised_passport: is not known here; known: offered, promised_mortgage_cancellation, promised_progress)"},
    {"promised_number", "promised_progress = \"即时\"", "promised_progress = 1",
     R"(.*:L: \[services\] promised_progress: must be a text.*)"},
};

const std::vector<Wrong> wrong_device_keys{
    {"display_driver", "driver = \"kms\"", "driver = \"x11\"",
     R"(.*:L: \[display\] driver: "x11" is not known; allowed: kms, sdl)"},
    {"display_mode", "driver = \"kms\"", "driver = \"sdl\"\nmode = \"tiny\"",
     R"(.*: \[display\] mode: "tiny" is not known; allowed: fullscreen, window, offscreen)"},
    {"display_turned", "turned = 90", "turned = 45", R"(.*:L: \[display\] turned: allowed: 0, 90, 180, 270)"},
    {"display_calibration", "\"1 0 0 0 1 0\"", "\"1 0 0\"",
     R"(.*:L: \[display\] calibration: must be six numbers, as in "1 0 0 0 1 0")"},
    {"id_reader_driver_missing", "driver = \"samv\"", "",
     R"(kiosk\.toml:\d+: \[id_reader\] driver: is missing.*)"},
    {"id_reader_usb", "usb:0400:c35a", "usb:400:c35a",
     R"(.*:L: \[id_reader\] port: after usb: must stand vendor.*)"},
    {"id_reader_port", "usb:0400:c35a", "/dev/ttyS1",
     R"(.*:L: \[id_reader\] port: allowed: serial:/dev/…, tcp:host:port, usb:vendor:product)"},
    {"printer_baud", "baud = 19200", "baud = 300",
     R"(.*:L: \[receipt_printer\] baud: 300 is out of range; allowed: a whole number from 1200 to 921600)"},
    {"printer_paper", "paper_mm = 80", "paper_mm = 70", R"(.*:L: \[receipt_printer\] paper_mm: .*58.*80.*)"},
    {"printer_tcp", "serial:/dev/ttyS0", "tcp:192.0.2.7:99999",
     R"(.*:L: \[receipt_printer\] port: allowed: .*)"},
    {"document_uri", "ipps://192.0.2.8/ipp/print", "http://192.0.2.8/",
     R"(.*:L: \[document_printer\] uri: must begin with ipp:// or ipps://)"},
    {"camera_key_of_the_other_driver", "device = \"/dev/video0\"", "url = \"http://192.0.2.5/\"",
     R"(kiosk\.toml:\d+: \[camera\] device: is missing.*)"},
    {"face_cascade", "cascade = \"/usr", "cascade = \"\"\nx = \"/usr",
     R"(.*:L: \[face\] cascade: must be a text.*)"},
    {"scanner_baud", "baud = 9600", "baud = \"9600\"",
     R"(.*:L: \[code_scanner\] baud: must be a whole number.*)"},
    {"registry_url", "https://registry", "http://registry",
     R"(.*:L: \[registry\] url: must begin with https://)"},
    {"registry_certificate", "certificate_file", "certificate",
     R"(kiosk\.toml:\d+: \[registry\] certificate_file: is missing.*)"},
    {"registry_pin", "sha256//", "sha1//", R"(.*:L: \[registry\] spki_pin: must begin with sha256//)"},
    {"store_driver", "driver = \"sqlite\"", "driver = \"files\"",
     R"(.*:L: \[store\] driver: "files" is not known; allowed: sqlite)"},
    {"store_key", "key_file = \"/etc/kiosk/store.key\"", "",
     R"(kiosk\.toml:\d+: \[store\] key_file: is missing.*)"},
};

const std::vector<Wrong> wrong_shape{
    {"unknown_key", "phone = \"0531-55550110\"", "phone = \"1\"\nfax = \"2\"",
     R"(kiosk\.toml:15: \[hall\] fax: is not known here; known: elsewhere, hours, invitations, name, .*)"},
    {"unknown_device_key", "paper_mm = 80", "papers_mm = 80",
     R"(.*:L: \[receipt_printer\] papers_mm: is not known here; known: .*paper_mm.*)"},
    {"unknown_table", "", "[printer]\ndriver = \"x\"\n",
     R"(.*:L: \[printer\] is not known; tables: kiosk, hall.*store)"},
    {"key_outside", "[kiosk]", "phone = \"1\"\n[kiosk]", R"(.*:L: \[phone\] is not known; tables: .*)"},
    {"table_is_a_value", "[panel]", "panel = 3\n[settings.x]", R"(kiosk\.toml:\d+: .+)"},
    {"table_inside", "", "[store.deep]\nx = 1\n", R"(.*:L: \[store\] deep: must be a text, a number.*)"},
    {"table_twice", "", "[kiosk]\nid = \"K4\"\n", R"(kiosk\.toml:\d+: .+)"},
    {"key_twice", "id = \"K3\"", "id = \"K3\"\nid = \"K4\"", R"(kiosk\.toml:6: .+)"},
    {"array_of_tables", "", "[[audit_]]\n", R"(.*:L: \[audit_\] is not known.*)"},
    {"quote_missing", "id = \"K3\"", "id = \"K3", R"(kiosk\.toml:5: .+)"},
    {"value_missing", "id = \"K3\"", "id =", R"(kiosk\.toml:5: .+)"},
    {"not_utf8", "id = \"K3\"", "id = \"\xff\xfe\"", R"(kiosk\.toml:5: .+)"},
    {"half_a_character", "id = \"K3\"", "id = \"\xe6\xb5\"", R"(kiosk\.toml:5: .+)"},
    {"a_nul", "id = \"K3\"", std::string("id = \"\0\"", 8), R"(kiosk\.toml:5: .+)"},
    {"carriage_return_alone", "id = \"K3\"", "id = \"K3\"\rx = 1", R"(kiosk\.toml:5: .+)"},
};

std::string name_of(const ::testing::TestParamInfo<Wrong>& wrong) {
  return wrong.param.name;
}

INSTANTIATE_TEST_SUITE_P(OfOurs, WrongLine, ::testing::ValuesIn(wrong_own_keys), name_of);
INSTANTIATE_TEST_SUITE_P(OfADevice, WrongLine, ::testing::ValuesIn(wrong_device_keys), name_of);
INSTANTIATE_TEST_SUITE_P(OfTheFile, WrongLine, ::testing::ValuesIn(wrong_shape), name_of);

}  // namespace
}  // namespace kiosk::app
