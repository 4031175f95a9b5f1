#include "tests/lobby/glass/lobby_glass.hpp"

#include <cerrno>
#include <cstring>
#include <utility>

#include <fmt/format.h>
#include <sys/socket.h>
#include <sys/un.h>

#include "hal/base/log.hpp"
#include "hal/base/personal.hpp"
#include "tests/lobby/glass/tree.hpp"

namespace kiosk::lobby {
namespace {

Fd connect_to(const std::string& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.size() >= sizeof(address.sun_path)) return {};
  path.copy(address.sun_path, path.size());
  Fd socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  if (::connect(socket.get(), reinterpret_cast<sockaddr*>(&address), sizeof(address)) != 0) return {};
  return socket;
}

}  // namespace

LobbyGlass::LobbyGlass(std::unique_ptr<hal::Display> inner, const std::string& socket)
    : inner_(std::move(inner)), input_([this] { inner_->wake(); }) {
  auto line = connect_to(socket);
  if (!line) {
    log::warning("glass", "no lobby looks at this glass", {{"error", std::strerror(errno)}});
    return;
  }
  wire_.emplace(std::move(line));
  connected_ = true;
  listener_ = std::jthread([this](const std::stop_token& stop) { listen(stop); });
}

LobbyGlass::~LobbyGlass() = default;

Result<void> LobbyGlass::present(std::span<const hal::DotRect> changed) {
  if (connected_) share(changed);
  return inner_->present(changed);
}

/// Puts the picture where the lobby sees it. A glass of another size (the window was resized) is shared anew.
void LobbyGlass::share(std::span<const hal::DotRect> changed) {
  const auto canvas = inner_->canvas();
  const hal::DotRect whole{0, 0, canvas.width, canvas.height};
  if (!picture_ || picture_->width() != canvas.width || picture_->height() != canvas.height) {
    picture_.reset();
    auto made = SharedGlass::create(canvas.width, canvas.height);
    if (!made) return log::warning("glass", "cannot share the picture", {{"error", made.error().what}});
    picture_.emplace(*std::move(made));
    tell("{\"glass\":true}\n", picture_->file().get());
    changed = {&whole, 1};
  }
  picture_->write(canvas, changed);
  std::string line = "{\"changed\":[";
  for (const auto& rect : changed)
    line += fmt::format("[{},{},{},{}],", rect.x, rect.y, rect.width, rect.height);
  if (!changed.empty()) line.pop_back();
  tell(line + "]}\n");
}

void LobbyGlass::show_page(const screens::Layout& page) {
  if (!connected_) return;
  std::string line;
  line.reserve(1U << 20U);
  line += "{\"page\":";
  append_tree(line, page);
  line += fmt::format(",\"turn\":{}}}\n", picture_ ? picture_->turn() : 0);
  tell(line);
  wipe(line);
}

void LobbyGlass::tell(std::string_view line, int descriptor) {
  if (!connected_ || wire_->send(line, descriptor)) return;
  connected_ = false;
  log::warning("glass", "the lobby is gone");
}

std::optional<hal::InputEvent> LobbyGlass::next_event(Steady::time_point until) {
  if (auto event = input_.try_take()) return event;
  if (auto event = inner_->next_event(until)) return event;
  return input_.try_take();
}

void LobbyGlass::listen(const std::stop_token& stop) {
  for (;;) {
    const auto line = wire_->next(Wait{.stop = stop});
    if (!line) return;
    if (const auto event = input_from(*line)) input_.post(*event);
  }
}

}  // namespace kiosk::lobby
