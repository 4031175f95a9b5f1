#include "drivers/scanner/scanner.hpp"

#include <utility>

#include "drivers/link/worker.hpp"
#include "drivers/scanner/code_lines.hpp"
#include "hal/base/latest.hpp"
#include "hal/base/log.hpp"

namespace kiosk::drivers {
namespace {

using namespace std::chrono_literals;
using hal::DeviceState;

constexpr Steady::duration look_pause = 4s;  // the house promises a status no older than 5 s
constexpr Steady::duration reconnect_pause = 1s;
constexpr auto open_limit = 1s;
constexpr auto longest_gap = 500ms;  // between two bytes of one code: a scanner sends it in one go

class SerialScanner final : public hal::CodeScanner {
 public:
  explicit SerialScanner(std::unique_ptr<LinkOpener> opener)
      : opener_(std::move(opener)),
        worker_("scanner", [this](std::stop_token stop) { return look_after(std::move(stop)); }) {}

  hal::DeviceStatus status() const override { return status_.get(); }
  void on_change(std::function<void()> told) override { status_.on_change(std::move(told)); }

  Result<PersonalText> scan(const Wait& wait) override {
    return worker_.ask<PersonalText>(wait, [this](const Wait& w) { return next_code(w); });
  }

 private:
  // All below runs on the worker's thread.

  Result<void> connect(const Wait& wait) {
    if (link_) return {};
    auto opened = opener_->open(wait.at_most(open_limit));
    if (!opened) {
      TRY(wait.check());
      return lost(std::move(opened).error());
    }
    link_ = *std::move(opened);
    lines_.reset();
    status_.set(
        {.state = DeviceState::online, .paper = {}, .toner = {}, .actor = hal::Actor::none, .detail = {}});
    log::info("scanner", "connected", {{"link", opener_->name()}});
    return {};
  }

  std::unexpected<Error> lost(Error error) {
    link_.reset();
    const bool there =
        error.code == Errc::refused || error.code == Errc::busy || error.code == Errc::internal;
    const hal::DeviceStatus status{.state = there ? DeviceState::offline : DeviceState::no_device,
                                   .paper = {},
                                   .toner = {},
                                   .actor = there ? hal::Actor::configuration : hal::Actor::maintenance,
                                   .detail = error.what};
    if (status != status_.get())
      log::warning("scanner", "lost", {{"link", opener_->name()}, {"reason", error.what}});
    status_.set(status);
    return fail(Errc::unplugged, std::move(error.what));
  }

  /// Reads once and feeds what came. The first code in it, if one is complete; what follows it is dropped
  /// with the next flush, because nobody asked for two.
  Result<std::optional<Result<PersonalText>>> read_some(const Wait& wait) {
    auto some = link_->read(scanner::longest_code, wait);
    if (!some && some.error().code == Errc::unplugged) return lost(std::move(some).error());
    Bytes bytes = TRY(std::move(some));
    if (Steady::now() - last_byte_ > longest_gap) lines_.reset();
    last_byte_ = Steady::now();
    std::optional<Result<PersonalText>> first;
    for (const std::uint8_t byte : bytes) {
      auto code = lines_.feed(byte);
      if (code && !first) first = std::move(code);
    }
    wipe(bytes);
    return first;
  }

  /// Drops what was scanned while nobody asked, and the rest of a code that is arriving just now.
  Result<void> flush(const std::stop_token& stop) {
    for (int i = 0; i < 64; ++i) {  // bounded: a line may bring bytes faster than we drop them
      auto dropped = read_some(Wait{.until = Steady::now(), .stop = stop});
      if (!dropped && dropped.error().code == Errc::timed_out) break;
      if (!dropped) return std::unexpected(std::move(dropped).error());
    }
    lines_.forget_begun();
    return {};
  }

  Result<PersonalText> next_code(const Wait& wait) {
    TRY(connect(wait));
    TRY(flush(wait.stop));
    for (;;) {
      auto code = TRY(read_some(wait));
      if (code) return *std::move(code);
    }
  }

  Steady::duration look_after(const std::stop_token& stop) {
    // Reading is also how a line says that it has ended.
    if (!connect(Wait::of(open_limit, stop)) || !flush(stop)) return reconnect_pause;
    return look_pause;
  }

  std::unique_ptr<LinkOpener> opener_;
  std::unique_ptr<Link> link_;
  scanner::CodeLines lines_;
  Steady::time_point last_byte_;
  Latest<hal::DeviceStatus> status_;
  Worker worker_;  // last: its thread uses all of the above
};

}  // namespace

std::unique_ptr<hal::CodeScanner> make_scanner(std::unique_ptr<LinkOpener> link) {
  return std::make_unique<SerialScanner>(std::move(link));
}

}  // namespace kiosk::drivers
