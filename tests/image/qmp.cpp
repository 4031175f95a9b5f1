#include "tests/image/qmp.hpp"

#include <algorithm>
#include <array>

#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace kiosk::image {

using namespace std::chrono_literals;
using nlohmann::json;

Result<Qmp> Qmp::connect(const std::string& socket, const Wait& wait) {
  sockaddr_un address{.sun_family = AF_UNIX, .sun_path = {}};
  if (socket.size() >= sizeof address.sun_path) return fail(Errc::malformed, "the socket's path is too long");
  std::ranges::copy(socket, address.sun_path);
  Qmp qmp;
  while (true) {
    qmp.socket_ = Fd(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    if (::connect(qmp.socket_.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0) break;
    TRY(wait.sleep(50ms));
  }
  TRY(qmp.line(wait));  // its greeting
  TRY(qmp.ask("qmp_capabilities", json::object(), wait));
  return qmp;
}

Result<json> Qmp::line(const Wait& wait) {
  while (true) {
    if (const auto end = read_.find('\n'); end != std::string::npos) {
      auto parsed = json::parse(read_.substr(0, end), nullptr, false);
      read_.erase(0, end + 1);
      if (parsed.is_discarded()) return fail(Errc::malformed, "no JSON");
      return parsed;
    }
    TRY(poll_fd(socket_.get(), POLLIN, wait));
    std::array<char, 4096> some{};
    const auto size = ::read(socket_.get(), some.data(), some.size());
    if (size <= 0) return fail(Errc::unreachable, "QEMU is gone");
    read_.append(some.data(), static_cast<std::size_t>(size));
  }
}

Result<json> Qmp::ask(const std::string& command, const json& arguments, const Wait& wait) {
  const auto text = json{{"execute", command}, {"arguments", arguments}}.dump() + "\n";
  if (::send(socket_.get(), text.data(), text.size(), MSG_NOSIGNAL) < 0)
    return fail(Errc::unreachable, "QEMU is gone");
  while (true) {
    auto answer = TRY(line(wait));
    if (answer.contains("return")) return answer["return"];
    if (answer.contains("error")) return fail(Errc::refused, answer["error"].dump());
    events_.push_back(std::move(answer));
  }
}

Result<json> Qmp::event(const std::string& name, const Wait& wait) {
  while (true) {
    const auto named = [&](const json& event) { return event.value("event", "") == name; };
    if (const auto found = std::ranges::find_if(events_, named); found != events_.end()) {
      auto event = *found;
      events_.erase(found);
      return event;
    }
    events_.push_back(TRY(line(wait)));
  }
}

}  // namespace kiosk::image
