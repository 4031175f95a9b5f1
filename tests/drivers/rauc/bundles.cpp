#include "tests/drivers/rauc/bundles.hpp"

#include <fstream>
#include <random>
#include <stdexcept>

#include <fmt/format.h>

#include "drivers/rauc/installed.hpp"
#include "tests/lobby/wire/child.hpp"

namespace kiosk::testing {
namespace {

namespace fs = std::filesystem;

void run(std::vector<std::string> command, const fs::path& log) {
  auto child = lobby::Child::start({.command = command, .log = log.string()});
  if (!child || child->wait(Wait::of(std::chrono::seconds(60))) != 0) {
    throw std::runtime_error(fmt::format("{} failed, see {}", command[0], log.string()));
  }
}

/// NAME.key and NAME.crt. `more`: what the certificate is for, and who signs it if not itself.
void make_key(const fs::path& folder, const std::string& name, const std::vector<std::string>& more) {
  std::vector<std::string> command{"/usr/bin/openssl",
                                   "req",
                                   "-x509",
                                   "-newkey",
                                   "ec",
                                   "-pkeyopt",
                                   "ec_paramgen_curve:P-256",
                                   "-nodes",
                                   "-days",
                                   "3650",
                                   "-subj",
                                   "/CN=" + name,
                                   "-keyout",
                                   folder / (name + ".key"),
                                   "-out",
                                   folder / (name + ".crt")};
  command.insert(command.end(), more.begin(), more.end());
  run(std::move(command), folder / "log");
}

/// `text`, and bytes that nothing makes smaller.
void write_image(const fs::path& file, std::string text, std::size_t length, std::uint32_t seed) {
  std::mt19937 random(seed);
  while (text.size() < length) text += static_cast<char>(random());
  std::ofstream(file, std::ios::binary) << text;
}

}  // namespace

BundleMaker::BundleMaker(fs::path folder) : folder_(std::move(folder)) {
  fs::create_directories(folder_);
  const std::vector<std::string> of_code{"-addext", "keyUsage=digitalSignature,keyCertSign", "-addext",
                                         "extendedKeyUsage=codeSigning"};
  make_key(folder_, "release", of_code);
  make_key(folder_, "stranger", of_code);
  make_key(folder_, "server",
           {"-addext", "extendedKeyUsage=serverAuth", "-CA", folder_ / "release.crt", "-CAkey",
            folder_ / "release.key"});
}

fs::path BundleMaker::make(const hal::SystemLabel& label, const std::string& key) const {
  const auto name = fmt::format("{}-{}", key, label.secver);
  const auto bundle = folder_ / (name + ".raucb");
  if (fs::exists(bundle)) return bundle;
  const auto content = folder_ / name;
  fs::create_directories(content);
  const auto seed = static_cast<std::uint32_t>(label.secver);
  write_image(content / "rootfs.img", drivers::rauc::label_text(label), 300'000, seed);
  write_image(content / "boot.img", "", 100'000, seed + 1000);
  std::ofstream(content / "manifest.raucm") << fmt::format(
      "[update]\ncompatible=kiosk-x86\nversion={}\nbuild=secver={} data_schema={}\n\n"
      "[bundle]\nformat=verity\n\n"
      "[image.rootfs]\nfilename=rootfs.img\n\n[image.boot]\nfilename=boot.img\n",
      label.version, label.secver, label.data_schema);
  run({"/usr/bin/rauc", "bundle", "--cert=" + (folder_ / (key + ".crt")).string(),
       "--key=" + (folder_ / (key + ".key")).string(), content, bundle},
      folder_ / "log");
  return bundle;
}

}  // namespace kiosk::testing
