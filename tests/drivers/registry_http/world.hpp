#pragma once
// The driver under test and the registry on the other side of the wire.

#include <memory>
#include <string>

#include <gtest/gtest.h>

#include "drivers/registry_http/registry_http.hpp"
#include "tests/lobby/registry/server.hpp"

namespace kiosk::testing {

/// Certificates are made once a program and removed with it.
const lobby::Certificates& certificates();

/// A folder of this test program, removed when it ends.
std::string scratch(const std::string& name);

drivers::RegistryHttpConfig config_of(const lobby::RegistryServer& server);

/// A server with the fictional cast and a driver that talks to it.
class HttpWorld {
 public:
  HttpWorld();

  hal::Registry& registry() { return *registry_; }
  lobby::Authority& authority() { return server_->authority(); }
  lobby::RegistryServer& server() { return *server_; }
  void lose_next_request_of_submit() {
    server_->fail({.kind = lobby::RegistryFault::Kind::lose_request, .path = "/v1/applications", .times = 1});
  }
  void lose_next_answer_of_submit() {
    server_->fail({.kind = lobby::RegistryFault::Kind::lose_answer, .path = "/v1/applications", .times = 1});
  }
  void fall_silent() { server_->fail({.kind = lobby::RegistryFault::Kind::silent}); }

 private:
  std::unique_ptr<lobby::RegistryServer> server_;
  std::unique_ptr<hal::Registry> registry_;
};

}  // namespace kiosk::testing
