#include "tests/drivers/registry_http/world.hpp"

#include <cstdlib>
#include <filesystem>

#include <unistd.h>

namespace kiosk::testing {
namespace {

struct Scratch {
  std::string folder =
      std::filesystem::temp_directory_path() / ("registry_http_test." + std::to_string(::getpid()));
  Scratch() { std::filesystem::create_directories(folder); }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  ~Scratch() {
    std::error_code ignored;
    std::filesystem::remove_all(folder, ignored);
  }
};

}  // namespace

std::string scratch(const std::string& name) {
  static const Scratch scratch;
  return scratch.folder + "/" + name;
}

const lobby::Certificates& certificates() {
  static const lobby::Certificates certificates = lobby::make_certificates(scratch("certificates")).value();
  return certificates;
}

drivers::RegistryHttpConfig config_of(const lobby::RegistryServer& server) {
  return {.url = server.url(),
          .ca_file = certificates().ca_file,
          .certificate_file = certificates().client_file,
          .key_file = certificates().client_key_file,
          .spki_pin = certificates().spki_pin,
          .pause = milliseconds(1)};
}

HttpWorld::HttpWorld()
    : server_(lobby::RegistryServer::start({.certificates = certificates()}).value()),
      registry_(drivers::make_registry_http(config_of(*server_)).value()) {}

}  // namespace kiosk::testing
