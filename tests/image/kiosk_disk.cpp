#include "tests/image/kiosk_disk.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <fstream>
#include <regex>
#include <sstream>

#include <fmt/format.h>

#include "drivers/sqlite/sqlite.hpp"
#include "firmware/updater/ledger.hpp"

namespace kiosk::image {

using namespace std::chrono_literals;
namespace fs = std::filesystem;

namespace {

constexpr auto this_machine = "10.0.2.2";
constexpr auto chassis = R"(# QEMU's touch panel; the hall's slip printer and its camera
allow id 0627:0001
allow id 0416:5011
allow id 1d6b:0102
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

std::string script(const char* name) {
  return std::string(KIOSK_SOURCE_FOLDER) + "/tests/image/" + name;
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

/// Runs one of this folder's scripts; what it says goes to `log`.
Result<void> run(const char* name, std::vector<std::string> words, const fs::path& log,
                 std::chrono::seconds at_most) {
  words.insert(words.begin(), {"/bin/bash", script(name)});
  auto child = TRY(lobby::Child::start({.command = std::move(words), .log = log.string()}));
  const auto status = TRY(child.wait(Wait::of(at_most)));
  if (status != 0) return fail(Errc::internal, fmt::format("{}: {}", name, read_file(log)));
  return {};
}

}  // namespace

Result<KioskDisk> make_kiosk_disk(const fs::path& image, const lobby::Hall& hall, const fs::path& folder,
                                  const std::string& updates, Damage damage) {
  const auto data = folder / "data";
  const auto settings = data / "settings";
  for (const auto* part : {"settings/usb.d", "lib", "log"}) fs::create_directories(data / part);

  auto toml = read_file(hall.configuration_file());
  toml = replaced(toml, hall.data().string(), "/var/lib/kiosk");
  toml = replaced(toml, "127.0.0.1", this_machine);
  toml = std::regex_replace(toml, std::regex("driver = \"sdl\"\nmode = .*"), "driver = \"kms\"");
  toml = std::regex_replace(toml, std::regex("(\\[id_reader\\][^\\[]*port = )\"serial:[^\"]*\""),
                            "$1\"serial:/dev/ttyS2\"");
  toml = std::regex_replace(toml, std::regex("(\\[code_scanner\\][^\\[]*port = )\"[^\"]*\""),
                            "$1\"serial:/dev/ttyS1\"");
  toml = with_settings_files(toml, hall.folder(), settings);
  std::ofstream(settings / "kiosk.toml") << toml;
  std::ofstream(settings / "updater.toml") << updater_toml(updates);
  std::ofstream(settings / "peers.nft") << peers(toml + updates);
  std::ofstream(settings / "usb.d" / "10-chassis.conf") << chassis;

  KioskDisk made{.disk = folder / "disk.img", .configuration = settings / "kiosk.toml"};
  constexpr std::array words{"none", "root", "kernel", "tries"};
  TRY(run("make-kiosk-disk",
          {image.string(), data.string(), made.disk.string(), words.at(static_cast<std::size_t>(damage))},
          folder / "disk.log", 120s));
  return made;
}

std::map<std::string, std::string> boot_state(const KioskDisk& disk) {
  const auto answer = disk.disk.string() + ".state";
  fs::remove(answer);
  std::map<std::string, std::string> state;
  if (!run("read-choice", {disk.disk.string()}, answer, 20s)) return state;
  std::ifstream lines(answer);
  for (std::string line; std::getline(lines, line);) {
    const auto equals = std::min(line.find('='), line.size());
    state[line.substr(0, equals)] = line.substr(std::min(equals + 1, line.size()));
  }
  return state;
}

int tries_of(char slot, const KioskDisk& disk) {
  const auto state = boot_state(disk);
  const auto found = state.find(fmt::format("{}_TRY", slot));
  return found == state.end() ? -1 : std::atoi(found->second.c_str());
}

Result<std::vector<fs::path>> audit_files(const KioskDisk& disk, const fs::path& folder) {
  const auto data = folder / "data-audit";
  TRY(run("read-data", {disk.disk.string(), data.string()}, folder / "read-data.log", 60s));
  std::vector<fs::path> files;
  for (const auto& file : fs::directory_iterator(data / "kiosk" / "audit")) {
    if (file.path().extension() == ".jsonl") files.push_back(file.path());
  }
  std::ranges::sort(files);
  return files;
}

Result<updater::State> updater_state(const KioskDisk& disk, const fs::path& folder, const std::string& name) {
  const auto data = folder / ("data-" + name);
  TRY(run("read-data", {disk.disk.string(), data.string()}, folder / "read-data.log", 60s));
  SystemRandom random;
  auto key = TRY(drivers::key_from_file(data / "kiosk-updater" / "updater.key", random));
  const auto store =
      TRY(drivers::make_sqlite(data / "kiosk-updater" / "updater.db", std::move(key), updater::schema()));
  return updater::Ledger(*store).state();
}

}  // namespace kiosk::image
