#include "tests/image/update_server.hpp"

#include <fstream>
#include <sstream>

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include "drivers/rauc/installed.hpp"
#include "firmware/update/metadata.hpp"
#include "hal/base/file.hpp"
#include "image/release/command.hpp"
#include "image/release/drafting.hpp"

namespace kiosk::image {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

constexpr const char* slow = "limit_rate 100;";
constexpr std::chrono::hours a_season{24 * 90};

std::string in(std::chrono::seconds span) {
  return update::write_time(SystemClock().now() + span);
}

}  // namespace

int free_port() {
  const Fd socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  if (::bind(socket.get(), reinterpret_cast<const sockaddr*>(&address), size) != 0) return 0;
  ::getsockname(socket.get(), reinterpret_cast<sockaddr*>(&address), &size);
  return ntohs(address.sin_port);
}

Result<std::unique_ptr<UpdateServer>> UpdateServer::start(Settings settings) {
  std::unique_ptr<UpdateServer> server(new UpdateServer(std::move(settings)));
  fs::create_directories(server->repository() / "metadata");
  fs::create_directories(server->settings_.folder / "temporary");
  fs::copy_file(server->settings_.keys / "update-root.json",
                server->repository() / "metadata" / "1.root.json", fs::copy_options::overwrite_existing);
  TRY(server->give_out(Way::as_is));
  return server;
}

Result<void> UpdateServer::give_out(Way way) {
  const auto& [folder, keys, certificates, port] = settings_;
  const auto configuration = folder / "nginx.conf";
  nginx_.end();
  TRY(replace_file(configuration,
                   fmt::format(R"(daemon off;
master_process off;
pid {folder}/nginx.pid;
error_log {folder}/nginx.error.log;
events {{}}
http {{
  access_log {folder}/access.log;
  client_body_temp_path {folder}/temporary;
  proxy_temp_path {folder}/temporary;
  fastcgi_temp_path {folder}/temporary;
  uwsgi_temp_path {folder}/temporary;
  scgi_temp_path {folder}/temporary;
  server {{
    listen 127.0.0.1:{port} ssl;
    ssl_certificate {certificate};
    ssl_certificate_key {key};
    ssl_client_certificate {ca};
    ssl_verify_client on;
    root {root};
    location /targets/ {{
      {bundles}
    }}
    location /metadata/ {{
      {metadata}
    }}
  }}
}}
)",
                               fmt::arg("folder", folder.string()), fmt::arg("port", port),
                               fmt::arg("certificate", certificates.server_file),
                               fmt::arg("key", certificates.server_key_file),
                               fmt::arg("ca", certificates.ca_file), fmt::arg("root", repository().string()),
                               fmt::arg("bundles", way == Way::slow_bundles ? slow : ""),
                               fmt::arg("metadata", way == Way::slow_metadata ? slow
                                                    : way == Way::no_lengths  ? "ssi on; ssi_types *;"
                                                                              : ""))));
  nginx_ = TRY(lobby::Child::start({.command = {"/usr/sbin/nginx", "-c", configuration.string()},
                                    .log = (folder / "nginx.log").string()}));
  return {};
}

Result<void> UpdateServer::release(const fs::path& made) {
  TRY(run({"add", repository().string(), (made / "update.raucb").string(), "--as", "os/kiosk.raucb",
           "--keyring", (settings_.keys / "bundle-ca.crt").string(), "--expires", in(a_season)}));
  return publish_all();
}

Result<void> UpdateServer::release_unread(const fs::path& made) {
  const auto text = TRY(read_file(made / "label", 512));
  const auto label = drivers::rauc::read_label(text);
  if (!label) return fail(Errc::malformed, "no label in " + made.string());
  const update::Release release{.path = "os/kiosk.raucb",
                                .version = label->version,
                                .secver = label->secver,
                                .data_schema = label->data_schema,
                                .compatible = "kiosk-x86"};
  TRY(release::draft_release(release::Folder(repository()), made / "update.raucb", release, in(a_season)));
  return publish_all();
}

Result<void> UpdateServer::publish_all() {
  TRY(publish("targets"));
  TRY(run({"snapshot", repository().string(), "--expires", in(a_season)}));
  TRY(publish("snapshot"));
  return stamp(24h);
}

Result<void> UpdateServer::stamp(std::chrono::seconds fresh_for) {
  TRY(run({"timestamp", repository().string(), "--expires", in(fresh_for)}));
  return publish("timestamp");
}

int UpdateServer::asked_for(const std::string& end) const {
  return static_cast<int>(logged(end + " HTTP/").size());
}

std::vector<std::uintmax_t> UpdateServer::rests_given_of(const std::string& end) const {
  std::vector<std::uintmax_t> rests;
  const auto bytes_follow = end + " HTTP/1.1\" 206 ";
  for (const auto& line : logged(bytes_follow))
    rests.push_back(std::stoull(line.substr(line.find(bytes_follow) + bytes_follow.size())));
  return rests;
}

std::vector<std::string> UpdateServer::logged(const std::string& words) const {
  std::ifstream log(settings_.folder / "access.log");
  std::vector<std::string> lines;
  for (std::string line; std::getline(log, line);) {
    if (line.contains(words)) lines.push_back(line);
  }
  return lines;
}

Result<void> UpdateServer::run(const std::vector<std::string>& command) const {
  std::ostringstream said;
  if (release::release_command(command, SystemClock(), said) == 0) return {};
  return fail(Errc::refused, said.str());
}

Result<void> UpdateServer::publish(const std::string& role) const {
  TRY(run({"sign", (repository() / "drafts" / (role + ".json")).string(),
           (settings_.keys / "update.key").string()}));
  return run({"publish", repository().string(), role});
}

}  // namespace kiosk::image
