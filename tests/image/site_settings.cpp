#include "tests/image/site_settings.hpp"

#include <fstream>
#include <regex>
#include <sstream>

#include <fmt/format.h>

namespace kiosk::image {

namespace fs = std::filesystem;

namespace {

constexpr auto this_machine = "10.0.2.2";
constexpr auto chassis =
    R"(# QEMU's touch panel; the hall's reader, slip printer and camera, each in its own place
allow id 0627:0001 via-port "1-1"
allow id 0400:c35a via-port "1-2"
allow id 0416:5011 via-port "1-3"
allow id 1d6b:0102 via-port "1-4"
)";

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size()) {
    text.replace(at, from.size(), to);
  }
  return text;
}

std::string read_file(const fs::path& path) {
  std::stringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

/// Every file of the hall that the configuration names lies in the settings under its own name.
std::string with_settings_files(std::string toml, const fs::path& hall, const fs::path& settings) {
  const std::regex quoted("\"(" + hall.string() + "/[^\"]+)\"");
  std::smatch match;
  while (std::regex_search(toml, match, quoted)) {
    const fs::path file = match[1].str();
    fs::copy_file(file, settings / file.filename(), fs::copy_options::overwrite_existing);
    toml = match.prefix().str() + "\"/etc/kiosk/" + file.filename().string() + "\"" + match.suffix().str();
  }
  return toml;
}

/// What the kiosk may talk to: every address that its configuration names.
std::string peers(const std::string& toml) {
  std::string rules;
  const std::regex address(std::string(this_machine) + ":([0-9]+)");
  for (std::sregex_iterator it(toml.begin(), toml.end(), address), end; it != end; ++it) {
    rules += fmt::format("add element inet kiosk peers4 {{ {} . tcp . {} }}\n", this_machine, (*it)[1].str());
  }
  return rules;
}

/// By day and by night, whoever was there: tests do not wait for an hour when nobody is.
std::string updater_toml(const std::string& updates) {
  return fmt::format(R"([update]
kiosk = "K3"
compatible = "kiosk-x86"
data = "/var/lib/kiosk-updater"
root = "/usr/lib/kiosk/update-root.json"
window = "00:00-00:00"
quiet_minutes = 0
poll_minutes = 10

[release_mirror]
driver = "mirror_http"
url = "{}"
ca_file = "/etc/kiosk/ca.pem"
certificate_file = "/etc/kiosk/client.pem"
key_file = "/etc/kiosk/client.key"

[store]
driver = "sqlite"
path = "/var/lib/kiosk-updater/updater.db"
key_file = "/var/lib/kiosk-updater/updater.key"
)",
                     updates);
}

/// Keys are for the kiosk's program alone; all else may be read.
void close_keys(const fs::path& folder) {
  for (const auto& entry : fs::directory_iterator(folder)) {
    const auto name = entry.path().filename().string();
    const bool secret = name.contains("key") && !name.contains(".pub");
    if (entry.is_regular_file()) fs::permissions(entry.path(), fs::perms(secret ? 0600 : 0644));
  }
}

}  // namespace

void write_settings(const lobby::Hall& hall, const std::string& updates, const fs::path& folder) {
  fs::create_directories(folder / "usb.d");
  auto toml = read_file(hall.configuration_file());
  toml = replaced(toml, hall.data().string(), "/var/lib/kiosk");
  toml = replaced(toml, "127.0.0.1", this_machine);
  toml = std::regex_replace(toml, std::regex("driver = \"sdl\"\nmode = .*"), "driver = \"kms\"");
  toml = std::regex_replace(toml, std::regex("(\\[id_reader\\][^\\[]*port = )\"serial:[^\"]*\""),
                            "$1\"serial:/dev/ttyS2\"");
  toml = std::regex_replace(toml, std::regex("(\\[code_scanner\\][^\\[]*port = )\"[^\"]*\""),
                            "$1\"serial:/dev/ttyS1\"");
  toml = with_settings_files(toml, hall.folder(), folder);
  std::ofstream(folder / "kiosk.toml") << toml;
  std::ofstream(folder / "updater.toml") << updater_toml(updates);
  std::ofstream(folder / "peers.nft") << peers(toml + updates);
  std::ofstream(folder / "usb.d" / "10-chassis.conf") << chassis;
  std::ofstream(folder / "technicians.toml") << "[technician]\nbadge = \"T0001\"\nrole = \"manager\"\n";
  close_keys(folder);
}

}  // namespace kiosk::image
