#include "tests/image/kiosk_disk.hpp"

#include <array>
#include <cstdlib>
#include <fstream>
#include <regex>
#include <sstream>

#include <fmt/format.h>

namespace kiosk::image {

using namespace std::chrono_literals;
namespace fs = std::filesystem;

namespace {

constexpr auto this_machine = "10.0.2.2";

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

}  // namespace

Result<KioskDisk> make_kiosk_disk(const fs::path& image, const lobby::Hall& hall, const fs::path& folder,
                                  Damage damage) {
  const auto data = folder / "data";
  const auto settings = data / "settings";
  for (const auto* part : {"settings/usb.d", "lib", "log"}) fs::create_directories(data / part);

  auto toml = read_file(hall.configuration_file());
  toml = replaced(toml, hall.data().string(), "/var/lib/kiosk");
  toml = replaced(toml, "127.0.0.1", this_machine);
  toml = std::regex_replace(toml, std::regex("driver = \"sdl\"\nmode = .*"), "driver = \"kms\"");
  toml = std::regex_replace(toml, std::regex("(\\[id_reader\\][^\\[]*port = )\"[^\"]*\""),
                            "$1\"serial:/dev/ttyS1\"");
  toml = std::regex_replace(toml, std::regex("(\\[code_scanner\\][^\\[]*port = )\"[^\"]*\""),
                            "$1\"serial:/dev/ttyS2\"");
  toml = with_settings_files(toml, hall.folder(), settings);
  std::ofstream(settings / "kiosk.toml") << toml;
  std::ofstream(settings / "peers.nft") << peers(toml);
  std::ofstream(settings / "usb.d" / "10-chassis.conf") << "allow id 0627:0001\n";  // QEMU's touch panel

  KioskDisk made{.disk = folder / "disk.img", .configuration = settings / "kiosk.toml"};
  constexpr std::array words{"none", "root", "kernel", "tries"};
  auto making = TRY(
      lobby::Child::start({.command = {"/bin/bash", script("make-kiosk-disk"), image.string(), data.string(),
                                       made.disk.string(), words.at(static_cast<std::size_t>(damage))},
                           .log = (folder / "disk.log").string()}));
  const auto status = TRY(making.wait(Wait::of(120s)));
  if (status != 0) return fail(Errc::internal, read_file(folder / "disk.log"));
  return made;
}

int tries_of(char slot, const KioskDisk& disk) {
  const auto answer = disk.disk.string() + ".tries";
  fs::remove(answer);
  auto asking = lobby::Child::start(
      {.command = {"/bin/bash", script("read-tries"), disk.disk.string(), std::string(1, slot)},
       .log = answer});
  if (!asking || asking->wait(Wait::of(20s)) != 0) return -1;
  return std::atoi(read_file(answer).c_str());
}

}  // namespace kiosk::image
