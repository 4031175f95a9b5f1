#include "tests/lobby/ipp/everywhere.hpp"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>

#include <fmt/format.h>
#include <httplib.h>
#include <netinet/in.h>
#include <sys/socket.h>

namespace kiosk::lobby {

using namespace std::chrono_literals;
namespace fs = std::filesystem;

namespace {

constexpr auto start_limit = 10s;

/// What ippeveprinter runs for each job: $1 is the document. Its standard error is read for states.
constexpr std::string_view paper_path = R"sh(#!/bin/sh
cd "{0}" || exit 1
pages=$(grep -a -o '/Type */Page[^s]' "$1" | wc -l)
[ "$pages" -gt 0 ] || pages=1
done=0
while [ "$done" -lt "$pages" ]; do
  if [ -e jam ]; then
    echo "STATE: +media-jam" >&2
    while [ -e jam ]; do sleep 0.05; done
    echo "STATE: -media-jam" >&2
  fi
  sleep "$(cat page_time)"
  done=$((done + 1))
  echo "ATTR: job-impressions-completed=$done" >&2
done
[ ! -e fail ] || exit 1
cp "$1" "paper/.$IPP_JOB_ID" && mv "paper/.$IPP_JOB_ID" "paper/$IPP_JOB_ID"
)sh";

Result<void> write_file(const std::string& path, std::string_view text) {
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file << text;
  file.close();
  if (!file) return fail(Errc::internal, "cannot write " + path);
  return {};
}

Bytes read_file(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// A port that was free a moment ago.
std::uint16_t free_port() {
  const Fd probe(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  auto* const raw = reinterpret_cast<sockaddr*>(&address);
  socklen_t size = sizeof(address);
  if (::bind(probe.get(), raw, size) != 0 || ::getsockname(probe.get(), raw, &size) != 0) return 0;
  return ntohs(address.sin_port);
}

template <class Condition>
Result<void> until(Condition condition) {
  const auto wait = Wait::of(start_limit);
  while (!condition()) TRY(wait.sleep(20ms));
  return {};
}

}  // namespace

Result<std::unique_ptr<IppEverywhere>> IppEverywhere::start(std::uint16_t port, std::string formats) {
  std::string folder = (fs::temp_directory_path() / "lobby-a4-XXXXXX").string();
  if (::mkdtemp(folder.data()) == nullptr) return fail(Errc::internal, "no temporary folder");
  std::unique_ptr<IppEverywhere> printer(
      new IppEverywhere(folder, port == 0 ? free_port() : port, std::move(formats)));
  TRY(printer->write_files());
  printer->bus_ = TRY(PrivateBus::start(printer->folder_));
  TRY(printer->plug_in());
  return printer;
}

IppEverywhere::IppEverywhere(std::string folder, std::uint16_t port, std::string formats)
    : folder_(std::move(folder)), port_(port), formats_(std::move(formats)) {}

IppEverywhere::~IppEverywhere() {
  jam(false);
  unplug();
  std::error_code ignored;
  fs::remove_all(folder_, ignored);
}

std::string IppEverywhere::uri() const {
  return fmt::format("ipp://localhost:{}/ipp/print", port_);
}

Result<void> IppEverywhere::write_files() const {
  fs::create_directory(folder_ + "/spool");
  fs::create_directory(folder_ + "/paper");
  const auto placed = [this](std::string_view text) {
    std::string all(text);
    all.replace(all.find("{0}"), 3, folder_);
    return all;
  };
  TRY(write_file(folder_ + "/paper_path", placed(paper_path)));
  TRY(write_file(folder_ + "/page_time", "0.05"));
  fs::permissions(folder_ + "/paper_path", fs::perms::owner_all);
  return {};
}

Result<void> IppEverywhere::plug_in() {
  if (printer_.running()) return {};
  printer_ = TRY(Child::start(
      {.command = {"/usr/sbin/ippeveprinter", "-r", "off", "-n", "localhost", "-p", std::to_string(port_),
                   "-k", "-d", folder_ + "/spool", "-f", formats_, "-c", folder_ + "/paper_path", "Kiosk A4"},
       .environment = {"DBUS_SYSTEM_BUS_ADDRESS=" + bus_.address()},
       .log = folder_ + "/printer.log"}));
  return until([this] { return load_paper(true).has_value(); });
}

void IppEverywhere::unplug() {
  printer_.end();
}

/// Its web form takes the paper of all trays at once: a field left out empties a tray.
Result<void> IppEverywhere::load_paper(bool loaded) {
  httplib::Client client("localhost", port_);
  client.set_connection_timeout(1s);
  client.set_read_timeout(2s);
  const auto answer =
      client.Get(fmt::format("/media?size1=iso_a4_210x297mm&type1=stationery&level1={}&size3=iso_dl_"
                             "110x220mm&type3=envelope&level3=25",
                             loaded ? 250 : 0));
  if (!answer || answer->status != 200) return fail(Errc::unreachable, "ippeveprinter does not answer");
  return {};
}

void IppEverywhere::set_page_time(std::chrono::milliseconds time) {
  (void)write_file(folder_ + "/page_time", fmt::format("{}.{:03}", time.count() / 1000, time.count() % 1000));
}

void IppEverywhere::flag(const char* name, bool on) const {
  const std::string path = folder_ + "/" + name;
  std::error_code ignored;
  if (on)
    (void)write_file(path, "");
  else
    fs::remove(path, ignored);
}

void IppEverywhere::jam(bool on) {
  flag("jam", on);
}

void IppEverywhere::fail_jobs(bool on) {
  flag("fail", on);
}

std::vector<Bytes> IppEverywhere::documents() const {
  std::map<int, Bytes> by_job;
  for (const auto& entry : fs::directory_iterator(folder_ + "/paper"))
    if (const auto name = entry.path().filename().string(); !name.starts_with('.'))
      by_job[std::atoi(name.c_str())] = read_file(entry.path());
  std::vector<Bytes> all;
  for (auto& [job, document] : by_job) all.push_back(std::move(document));
  return all;
}

}  // namespace kiosk::lobby
