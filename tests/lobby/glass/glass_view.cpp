#include "tests/lobby/glass/glass_view.hpp"

#include <utility>

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tests/lobby/glass/unix_socket.hpp"

namespace kiosk::lobby {
namespace {

constexpr std::size_t remembered_paintings = 100;

std::optional<hal::DotRect> rect_from(const nlohmann::json& value) {
  if (!value.is_array() || value.size() != 4) return std::nullopt;
  for (const auto& side : value) {
    if (!side.is_number_integer()) return std::nullopt;
  }
  return hal::DotRect{value[0], value[1], value[2], value[3]};
}

}  // namespace

const nlohmann::json* ShownPage::node(std::string_view id) const {
  const auto nodes = tree.find("nodes");
  if (nodes == tree.end()) return nullptr;
  for (const auto& node : *nodes) {
    if (node.value("id", "") == id) return &node;
  }
  return nullptr;
}

GlassView::GlassView(const std::string& socket)
    : listener_fd_(listen_at(socket)),
      path_(socket),
      thread_([this](const std::stop_token& stop) { listen(stop); }) {}

GlassView::~GlassView() {
  thread_.request_stop();
  thread_.join();
  ::unlink(path_.c_str());
}

void GlassView::listen(const std::stop_token& stop) {
  while (poll_fd(listener_fd_.get(), POLLIN, Wait{.stop = stop})) {
    Fd socket(::accept4(listener_fd_.get(), nullptr, nullptr, SOCK_CLOEXEC));
    if (!socket) continue;
    const auto wire = std::make_shared<GlassWire>(std::move(socket));
    {
      const std::lock_guard lock(mutex_);
      wire_ = wire;
    }
    news_.notify_all();
    serve(wire, stop);
    {
      const std::lock_guard lock(mutex_);
      wire_ = nullptr;
      auto nothing = std::make_shared<ShownPage>();
      nothing->number = page_->number + 1;
      page_ = nothing;
    }
    news_.notify_all();
  }
}

void GlassView::serve(const std::shared_ptr<GlassWire>& wire, const std::stop_token& stop) {
  for (;;) {
    const auto line = wire->next(Wait{.stop = stop});
    if (!line) return;
    const auto message = nlohmann::json::parse(*line, nullptr, false);
    if (message.is_object()) handle(message, *wire);
  }
}

void GlassView::handle(const nlohmann::json& message, GlassWire& wire) {
  if (message.contains("glass")) {
    auto opened = SharedGlass::open(wire.take_descriptor());
    if (!opened) return;
    const std::lock_guard lock(mutex_);
    picture_ = std::make_shared<const SharedGlass>(*std::move(opened));
  } else if (const auto page = message.find("page"); page != message.end() && page->is_object()) {
    show(*page, message.value("turn", 0U));
  } else if (const auto rects = message.find("changed"); rects != message.end()) {
    paint(*rects);
  }
}

void GlassView::show(nlohmann::json tree, std::uint32_t turn) {
  auto next = std::make_shared<ShownPage>();
  next->name = tree.value("name", "");
  next->told_at = Steady::now();
  next->turn = turn;
  next->tree = std::move(tree);
  std::function<void(const ShownPage&)> watcher;
  {
    const std::lock_guard lock(mutex_);
    next->number = page_->number + 1;
    watcher = watcher_;
  }
  if (watcher) watcher(*next);  // before anybody who awaits the page goes on
  {
    const std::lock_guard lock(mutex_);
    page_ = std::move(next);
  }
  news_.notify_all();
}

void GlassView::paint(const nlohmann::json& rects) {
  {
    const std::lock_guard lock(mutex_);
    ++painted_;
    for (const auto& each : rects) {
      if (const auto rect = rect_from(each)) paintings_.push_back({painted_, *rect});
    }
    while (paintings_.size() > remembered_paintings) paintings_.pop_front();
  }
  news_.notify_all();
}

bool GlassView::connected() const {
  const std::lock_guard lock(mutex_);
  return wire_ != nullptr;
}

std::shared_ptr<const ShownPage> GlassView::page() const {
  const std::lock_guard lock(mutex_);
  return page_;
}

Result<std::shared_ptr<const ShownPage>> GlassView::await(const Pleases& pleases, const Wait& wait) const {
  std::unique_lock lock(mutex_);
  const auto pleased = [&] { return pleases(*page_); };
  if (news_.wait_until(lock, wait.stop, wait.until, pleased)) return page_;
  if (wait.stop.stop_requested()) return fail(Errc::cancelled, "stopped");
  return fail(Errc::timed_out, "the page is still \"" + page_->name + "\"");
}

Snapshot GlassView::snapshot() const {
  std::shared_ptr<const SharedGlass> picture;
  {
    const std::lock_guard lock(mutex_);
    picture = picture_;
  }
  return picture ? picture->read() : Snapshot{};
}

GlassView::Change GlassView::changes(Seen& seen, const Wait& wait) const {
  std::unique_lock lock(mutex_);
  const auto something = [&] {
    return painted_ != seen.painting || page_->number != seen.page || (wire_ != nullptr) != seen.connected;
  };
  Change change;
  if (!news_.wait_until(lock, wait.stop, wait.until, something)) {
    change.connected = seen.connected;
    return change;
  }
  const bool forgotten = !paintings_.empty() && paintings_.front().number > seen.painting + 1;
  if (picture_ && painted_ != seen.painting && (forgotten || seen.painting == 0)) {
    change.rects.push_back({0, 0, picture_->width(), picture_->height()});
  } else {
    for (const auto& painting : paintings_) {
      if (painting.number > seen.painting) change.rects.push_back(painting.rect);
    }
  }
  if (page_->number != seen.page) change.page = page_;
  change.connected = wire_ != nullptr;
  seen = {painted_, page_->number, change.connected};
  return change;
}

void GlassView::on_page(std::function<void(const ShownPage&)> watcher) {
  const std::lock_guard lock(mutex_);
  watcher_ = std::move(watcher);
}

void GlassView::send(const hal::InputEvent& event) {
  const std::lock_guard lock(mutex_);  // one message after the other
  if (wire_) (void)wire_->send(to_line(event));
}

void GlassView::tap(const nlohmann::json& node) {
  const auto rect = rect_from(node.value("rect", nlohmann::json()));
  if (!rect) return;
  const int x = rect->x + rect->width / 2;
  const int y = rect->y + rect->height / 2;
  send(hal::Touch{hal::Touch::Phase::down, 0, x, y, Steady::now()});
  send(hal::Touch{hal::Touch::Phase::up, 0, x, y, Steady::now()});
}

}  // namespace kiosk::lobby
