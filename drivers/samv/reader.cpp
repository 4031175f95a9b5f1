#include "drivers/samv/reader.hpp"

#include <array>
#include <optional>
#include <utility>

#include "drivers/link/worker.hpp"
#include "drivers/samv/layout.hpp"
#include "drivers/samv/sam.hpp"
#include "hal/base/latest.hpp"
#include "hal/base/log.hpp"

namespace kiosk::drivers {
namespace {

using namespace std::chrono_literals;
using hal::DeviceState;
using samv::Answer;
using samv::Command;
namespace sw = samv::sw;

constexpr auto find_pause = 100ms;  // a find takes 2 ms of the line
constexpr auto removal_pause = 100ms;
constexpr Steady::duration status_pause = 4s;  // the house promises a status no older than 5 s
constexpr Steady::duration reconnect_pause = 1s;
constexpr auto open_limit = 1s;
constexpr auto look_limit = 6s;  // opening, and three requests of a second each
constexpr int most_slips = 3;    // cards that were found and then did not let themselves be selected

bool sam_is_faulty(std::uint8_t status) {
  return status == sw::no_random || status == sw::self_test_failed || status == sw::not_authorised;
}

hal::DeviceStatus status_of(const Error& error) {
  const bool there = error.code == Errc::refused || error.code == Errc::busy || error.code == Errc::internal;
  return {.state = there ? DeviceState::offline : DeviceState::no_device,
          .paper = {},
          .toner = {},
          .actor = there ? hal::Actor::configuration : hal::Actor::maintenance,
          .detail = error.what};
}

class SamvReader final : public hal::IdReader {
 public:
  explicit SamvReader(std::unique_ptr<LinkOpener> link)
      : sam_(std::move(link)),
        worker_("id reader", [this](std::stop_token stop) { return look_after(std::move(stop)); }) {}

  hal::DeviceStatus status() const override { return status_.get(); }
  void on_change(std::function<void()> told) override { status_.on_change(std::move(told)); }
  std::string serial_number() const override { return serial_number_.get(); }

  Result<hal::IdCard> read(const Wait& wait) override {
    return worker_.ask<hal::IdCard>(wait, [this](const Wait& w) { return read_when_placed(w); });
  }

  Result<bool> card_present(const Wait& wait) override {
    return worker_.ask<bool>(wait.at_most(1s), [this](const Wait& w) { return present(w); });
  }

  Result<void> wait_removed(const Wait& wait) override {
    const auto gone = worker_.ask<bool>(wait, [this](const Wait& w) { return removed(w); });
    if (!gone) return std::unexpected(gone.error());
    return {};
  }

 private:
  // All below runs on the worker's thread.

  /// The link is open, the SAM has said who it is and that it is well.
  Result<void> connect(const Wait& wait) {
    if (ready()) return {};
    selected_ = introduced_ = false;
    auto opened = sam_.connect(wait.at_most(open_limit));
    if (!opened) {
      TRY(wait.check());  // the caller's time, or the opening's own
      return lost(std::move(opened).error());
    }
    // A reader that has just got its power may need 2 s; ask() tries three times, 1 s each.
    const Answer id = TRY(ask(Command::sam_id, wait));
    TRY(sound(id));
    if (auto number = samv::parse_sam_id(id.data.reveal())) serial_number_.set(*number);
    introduced_ = true;
    log::info("reader", "connected", {{"link", sam_.name()}, {"sam", serial_number_.get()}});
    return {};
  }

  bool ready() const { return sam_.connected() && introduced_; }

  /// Whatever keeps the link shut: to the session the reader is not there. The status says more.
  std::unexpected<Error> lost(Error error) {
    selected_ = false;
    const auto status = status_of(error);
    if (status != status_.get())
      log::warning("reader", "lost", {{"link", sam_.name()}, {"reason", error.what}});
    status_.set(status);
    return fail(Errc::unplugged, std::move(error.what));
  }

  Result<Answer> ask(Command command, const Wait& wait) {
    auto answer = sam_.ask(command, wait);
    if (!answer && answer.error().code == Errc::unplugged) return lost(std::move(answer).error());
    return answer;
  }

  /// Sets the status by what the SAM says of itself. `internal` when an engineer must come.
  Result<void> sound(const Answer& answer) {
    if (sam_is_faulty(answer.status)) {
      const std::string words = samv::status_text(answer.status);
      status_.set({.state = DeviceState::hardware_error,
                   .paper = {},
                   .toner = {},
                   .actor = hal::Actor::maintenance,
                   .detail = words});
      return fail(Errc::internal, words);
    }
    status_.set(
        {.state = DeviceState::online, .paper = {}, .toner = {}, .actor = hal::Actor::none, .detail = {}});
    return {};
  }

  Result<hal::IdCard> read_when_placed(const Wait& wait) {
    for (int slips = 0; slips < most_slips;) {
      TRY(connect(wait));
      const Answer found = TRY(ask(Command::find, wait));
      TRY(sound(found));
      // A find whose answer got lost is answered 80 when it is asked again by some readers: no harm, the next
      // finds it.
      if (found.status == sw::found) {
        auto card = TRY(read_found(wait));
        if (card) return *std::move(card);
        ++slips;
      } else if (found.status != sw::no_card) {
        return fail(Errc::refused, samv::status_text(found.status));
      } else {
        TRY(wait.sleep(find_pause));
      }
    }
    return fail(Errc::refused, "the card does not let itself be selected");
  }

  /// nullopt: the card slipped away before it was selected; look for one again.
  Result<std::optional<hal::IdCard>> read_found(const Wait& wait) {
    const Answer select = TRY(ask(Command::select, wait));
    TRY(sound(select));
    // Selecting a card twice fails the second time; when the first answer was lost on the line, it is
    // selected.
    if (select.status == sw::select_failed && !select.repeated) return std::nullopt;
    if (select.status == sw::wrong_order || select.status == sw::no_card) return std::nullopt;
    if (select.status != sw::success && select.status != sw::select_failed)
      return fail(Errc::refused, samv::status_text(select.status));
    selected_ = true;

    const Answer data = TRY(ask(Command::read, wait));
    TRY(sound(data));
    if (data.status == sw::wrong_order) return std::nullopt;  // the reader was restarted in between
    if (data.status != sw::success) {
      const bool still_there = TRY(present(wait));
      return fail(still_there ? Errc::refused : Errc::not_present, samv::status_text(data.status));
    }
    auto card = TRY(samv::parse_card(data.data.reveal()));
    return card;
  }

  /// A find says "no card" of a card that was selected, so presence is asked by reading its smallest item.
  Result<bool> present(const Wait& wait) {
    TRY(connect(wait));
    if (!selected_) return false;
    for (const Command command : {presence_, Command::newest_address, Command::newest_address_old}) {
      const Answer answer = TRY(ask(command, wait));
      TRY(sound(answer));
      if (answer.status == sw::wrong_order) continue;  // a reader that does not know this command
      selected_ = answer.status == sw::success || answer.status == sw::empty;
      presence_ = command;
      return selected_;
    }
    return selected_ = false;
  }

  Result<bool> removed(const Wait& wait) {
    for (;;) {
      const bool there = TRY(present(wait));
      if (!there) return true;
      TRY(wait.sleep(removal_pause));
    }
  }

  Steady::duration look_after(std::stop_token stop) {
    const Wait wait = Wait::of(look_limit, std::move(stop));
    if (!ready()) {
      (void)connect(wait);
    } else if (selected_) {
      (void)present(wait);  // asked for its status, a SAM might let go of the card
    } else if (const auto answer = ask(Command::sam_status, wait)) {
      (void)sound(*answer);
    }
    return ready() ? status_pause : reconnect_pause;
  }

  samv::Sam sam_;
  bool introduced_ = false;  ///< the SAM on this link has said who it is
  bool selected_ = false;    ///< a card was selected and has not been seen to go
  Command presence_ = Command::body_number;
  Latest<hal::DeviceStatus> status_;
  Latest<std::string> serial_number_;
  Worker worker_;  // last: its thread uses all of the above
};

}  // namespace

std::unique_ptr<hal::IdReader> make_samv(std::unique_ptr<LinkOpener> link) {
  return std::make_unique<SamvReader>(std::move(link));
}

}  // namespace kiosk::drivers
