#include "drivers/kms/display.hpp"

#include <algorithm>
#include <atomic>
#include <cstring>
#include <deque>
#include <list>

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <unistd.h>

#include "drivers/kms/input_device.hpp"
#include "drivers/kms/plugs.hpp"
#include "drivers/kms/scanout.hpp"
#include "drivers/kms/turn.hpp"
#include "hal/base/log.hpp"

namespace kiosk::drivers {

namespace {

using hal::Canvas;
using hal::DotRect;
using hal::InputEvent;

/// The picture the program paints: pages of the kernel, found at once and not one by one while painting.
class Picture {
 public:
  explicit Picture(Dots size)
      : bytes_(static_cast<std::size_t>(size.width) * static_cast<std::size_t>(size.height) * 4) {
    void* memory =
        ::mmap(nullptr, bytes_, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
    if (memory == MAP_FAILED) std::abort();  // out of memory, as operator new
    canvas_ = {static_cast<std::uint32_t*>(memory), size.width, size.height, size.width};
  }
  ~Picture() { ::munmap(canvas_.dots, bytes_); }
  Picture(const Picture&) = delete;
  Picture& operator=(const Picture&) = delete;

  const Canvas& canvas() const { return canvas_; }
  Dots size() const { return {canvas_.width, canvas_.height}; }

 private:
  std::size_t bytes_;
  Canvas canvas_;
};

DotRect inside(const DotRect& part, Dots size) {
  const int left = std::clamp(part.x, 0, size.width), top = std::clamp(part.y, 0, size.height);
  return {left, top, std::clamp(part.x + part.width, left, size.width) - left,
          std::clamp(part.y + part.height, top, size.height) - top};
}

class KmsDisplay final : public hal::Display {
 public:
  explicit KmsDisplay(const KmsConfig& config)
      : config_(config), woken_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {}

  Result<void> open() {
    TRY(light());
    if (!picture_) {
      const Dots usual{1080, 1920}, wished{config_.panel.width, config_.panel.height};
      picture_.emplace(wished.width > 0 && wished.height > 0 ? turned(wished, config_.turn) : usual);
    }
    for (const auto& node : plugs_.inputs()) take_up(node);
    return {};
  }

  Canvas canvas() override { return picture_->canvas(); }

  hal::DeviceStatus status() const override {
    if (panel_) return {.state = hal::DeviceState::online, .detail = panel_->name()};
    return {.state = hal::DeviceState::no_device, .actor = hal::Actor::maintenance, .detail = dark_because_};
  }

  Result<void> present(std::span<const DotRect> changed) override {
    if (!panel_ || changed.empty()) return {};
    const auto size = picture_->size();
    on_panel_.clear();
    for (const auto& part : changed) {
      const auto whole = inside(part, size);
      if (whole.width == 0 || whole.height == 0) continue;
      copy_turned(picture_->canvas(), panel_->memory(), whole, config_.turn);
      on_panel_.push_back(drivers::on_panel(whole, size, config_.turn));
    }
    if (on_panel_.empty()) return {};
    if (const auto shown = panel_->flush(on_panel_); !shown) darken(shown.error().what);
    return {};  // a panel that went comes back by itself
  }

  std::optional<InputEvent> next_event(Steady::time_point until) override {
    while (pending_.empty()) {
      if (!wait(until)) return std::nullopt;
    }
    const auto event = pending_.front();
    pending_.pop_front();
    return event;
  }

  void wake() override { ::eventfd_write(woken_.get(), 1); }

 private:
  struct Source {
    InputDevice device;
    int first_finger;  ///< its slot 0, so that two panels do not share fingers
  };

  /// False once woken or when `until` has passed without anything new.
  bool wait(Steady::time_point until) {
    std::vector<pollfd> fds{{woken_.get(), POLLIN, 0}, {plugs_.fd(), POLLIN, 0}};
    for (const auto& source : sources_) fds.push_back({source.device.fd(), POLLIN, 0});
    // Rounded up to milliseconds, and at most an hour.
    if (::poll(fds.data(), fds.size(), Wait{.until = until}.left_ms()) < 0) return true;  // a signal
    auto polled = fds.begin() + 2;
    for (auto source = sources_.begin(); source != sources_.end(); ++polled) {
      const auto here = source++;
      if (polled->revents != 0) read(here);
    }
    if (fds[1].revents != 0) follow_plugs();
    if (fds[0].revents != 0) {
      eventfd_t count = 0;
      ::eventfd_read(woken_.get(), &count);
      return !pending_.empty();
    }
    return !pending_.empty() || Steady::now() < until;
  }

  void read(std::list<Source>::iterator source) {
    const InputDevice::Listener listener{.contact = [&](const Contact& contact) { touch(*source, contact); },
                                         .key = [&](hal::KeyPress key) { pending_.emplace_back(key); }};
    if (!source->device.read(listener)) let_go(source);
  }

  void touch(const Source& source, const Contact& contact) {
    const Placement placement{.x = source.device.x(),
                              .y = source.device.y(),
                              .calibration = config_.calibration,
                              .turn = config_.turn};
    const auto dot = placement.dot(contact.x, contact.y, picture_->size());
    pending_.emplace_back(hal::Touch{.phase = contact.phase,
                                     .finger = source.first_finger + contact.slot,
                                     .x = dot.x,
                                     .y = dot.y,
                                     .at = Steady::now()});
  }

  void take_up(const std::string& node) {
    const auto same = [&](const Source& source) { return source.device.node() == node; };
    if (std::ranges::any_of(sources_, same)) return;
    if (auto device = InputDevice::open(node)) {
      sources_.push_back({std::move(*device), next_finger_});
      next_finger_ += Contacts::most;
    }
  }

  void let_go(std::list<Source>::iterator source) {
    log::info("display", "input device gone", {{"node", source->device.node()}});
    lose_fingers(*source);
    sources_.erase(source);
  }

  void lose_fingers(Source& source) {
    for (const auto& contact : source.device.lose_all()) touch(source, contact);
  }

  void follow_plugs() {
    using What = Plugs::Change::What;
    bool panels = false;
    for (const auto& change : plugs_.take()) {
      if (change.what == What::panels) panels = true;
      if (change.what == What::input_came) take_up(change.node);
      if (change.what != What::input_went) continue;
      const auto gone =
          std::ranges::find(sources_, change.node, [](const Source& source) { return source.device.node(); });
      if (gone != sources_.end()) let_go(gone);
    }
    if (panels) follow_panel();
  }

  void follow_panel() {
    if (panel_) {
      const auto still = panel_->relight();
      if (still) return;
      darken(still.error().what);
    }
    if (const auto lit = light(); !lit) dark_because_ = lit.error().what;
  }

  /// Success without a panel too: that is not the program's fault.
  Result<void> light() {
    auto opened = Scanout::open(config_.panel);
    if (!opened) {
      dark_because_ = opened.error().what;
      log::warning("display", "dark", {{"why", dark_because_}});
      if (opened.error().code == Errc::not_present) return {};
      return std::unexpected(opened.error());
    }
    panel_ = std::move(*opened);
    log::info("display", "lit", {{"panel", panel_->name()}});
    const auto memory = panel_->memory();
    const auto size = turned({memory.width, memory.height}, config_.turn);
    if (picture_ && picture_->size() == size) {
      const DotRect all[] = {{0, 0, size.width, size.height}};
      return present(all);
    }
    const bool first = !picture_;
    picture_.emplace(size);
    if (!first) pending_.emplace_front(hal::Exposed{});
    return {};
  }

  void darken(const std::string& why) {
    log::error("display", "dark", {{"why", why}});
    dark_because_ = why;
    panel_.reset();
    for (auto& source : sources_) lose_fingers(source);
  }

  KmsConfig config_;
  Fd woken_;
  Plugs plugs_;
  std::unique_ptr<Scanout> panel_;
  std::optional<Picture> picture_;
  std::string dark_because_;
  std::list<Source> sources_;
  int next_finger_ = 0;
  std::deque<InputEvent> pending_;
  std::vector<DotRect> on_panel_;
};

}  // namespace

Result<std::unique_ptr<hal::Display>> make_kms_display(const KmsConfig& config) {
  auto display = std::make_unique<KmsDisplay>(config);
  TRY(display->open());
  return display;
}

}  // namespace kiosk::drivers
