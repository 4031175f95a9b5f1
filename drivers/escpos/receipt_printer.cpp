#include "drivers/escpos/receipt_printer.hpp"

#include <optional>
#include <thread>

#include "drivers/escpos/commands.hpp"
#include "drivers/escpos/conversation.hpp"
#include "drivers/escpos/job.hpp"
#include "hal/base/latest.hpp"
#include "hal/base/log.hpp"
#include "hal/base/thread_name.hpp"

namespace kiosk::drivers {
namespace {

using namespace std::chrono_literals;
using namespace escpos;
using hal::DeviceState;
using hal::PrintOutcome;

constexpr auto look_every = 4s;               // a fault shows within 5 s: one of them for the answer
constexpr auto look_every_when_down = 500ms;  // somebody stands before it and wants to know
constexpr auto look_limit = 2s;
constexpr auto answer_limit = 1s;         // of an idle printer
constexpr auto answer_limit_in_job = 5s;  // the question queues behind 4 KiB in the tty's buffer at 9600 baud
constexpr auto job_limit = 15s;           // ReceiptPrinter::print()
constexpr auto look_in_job_every = 200ms;
constexpr double slowest_mm_per_second = 50;

/// The state of a printer that cannot be asked, by why it cannot.
hal::DeviceStatus absent(const Error& why) {
  using hal::Actor;
  switch (why.code) {
    case Errc::refused:
      return {.state = DeviceState::no_device, .actor = Actor::configuration, .detail = why.what};
    case Errc::malformed:
      return {.state = DeviceState::hardware_error, .actor = Actor::configuration, .detail = why.what};
    case Errc::busy:
      return {.state = DeviceState::offline, .actor = Actor::reset, .detail = why.what};
    case Errc::internal:
      return {.state = DeviceState::hardware_error, .actor = Actor::maintenance, .detail = why.what};
    default:
      return {.state = DeviceState::no_device, .actor = Actor::clear, .detail = why.what};
  }
}

/// One thread talks to the printer: it looks after it while idle and prints what print() hands it.
class EscposPrinter final : public hal::ReceiptPrinter {
 public:
  EscposPrinter(std::unique_ptr<LinkOpener> link, hal::SlipPaper paper)
      : link_(std::move(link)), paper_(paper), worker_([this](const std::stop_token& stop) { work(stop); }) {}

  hal::SlipPaper paper() const override { return paper_; }
  hal::DeviceStatus status() const override { return status_.get(); }
  void on_change(std::function<void()> told) override { status_.on_change(std::move(told)); }

  Result<PrintOutcome> print(const hal::Raster& slip, const Wait& wait) override {
    auto blocks = TRY(slip_blocks(slip, paper_.dots));
    TRY(wait.check());
    const auto job = std::make_shared<Job>(std::move(blocks), slip.height, wait);
    jobs_.post(job);
    auto outcome = job->outcome.take(wait);
    if (!outcome && job->withdraw()) return std::unexpected(outcome.error());
    if (!outcome) outcome = job->outcome.take({});
    return *std::move(outcome);
  }

 private:
  void work(const std::stop_token& stop) {
    name_thread("receipt printer");
    for (auto next_look = Steady::now(); !stop.stop_requested();) {
      const auto job = jobs_.take({.until = next_look, .stop = stop});
      if (job)
        (*job)->outcome.post(serve(**job));
      else
        look_after(Wait::of(look_limit, stop));
      next_look = Steady::now() + (status_.get().usable() ? look_every : look_every_when_down);
    }
  }

  void look_after(const Wait& wait) {
    const auto condition = reach(wait);
    if (condition && ready(*condition)) (void)cut_off_remains_of_last_job(wait);
  }

  /// The condition over the present connection, or over a new one when that has died.
  Result<Condition> reach(const Wait& wait) {
    if (talk_) {
      auto condition = look(wait, answer_limit);
      if (condition) return condition;
      TRY(wait.check());
    }
    auto link = link_->open(wait);
    if (!link) {
      if (link.error().code != Errc::cancelled) status_.set(absent(link.error()));
      return std::unexpected(std::move(link).error());
    }
    talk_.emplace(*std::move(link));
    answers_in_turn_.reset();  // it may be another printer now
    return look(wait, answer_limit);
  }

  /// Asks, publishes what it heard, and hangs up on a printer that does not answer as it should.
  Result<Condition> look(const Wait& wait, Steady::duration patience) {
    auto condition = talk_->condition(wait, patience);
    if (condition) {
      status_.set(status_of(*condition));
    } else {
      talk_.reset();
      if (condition.error().code != Errc::cancelled) status_.set(absent(condition.error()));
    }
    return condition;
  }

  Result<PrintOutcome> serve(Job& job) {
    auto started = start(job);
    if (!started) {
      auto error = std::move(started).error().in(link_->name());
      if (error.code == Errc::malformed)
        error.code = Errc::unreachable;  // something is there, but no printer
      return std::unexpected(std::move(error));
    }
    if (!job.begin()) return fail(Errc::cancelled, "withdrawn");

    const auto printed = deliver(job, Wait::of(job_limit));
    if (printed) return PrintOutcome::printed;
    // A line that died may have lost bytes that were sent long ago: the printer may wait for the rest of a
    // picture.
    remains_row_bytes_ = talk_ ? 0 : (paper_.dots + 7) / 8;
    remains_ = true;
    log::warning("receipt printer", "slip in doubt", {{"why", printed.error().what}});
    return PrintOutcome::in_doubt;
  }

  /// All that can be done before the first byte of the slip leaves.
  Result<void> start(const Job& job) {
    TRY(job.wait.check());
    const auto condition = TRY(reach(job.wait));
    TRY(ready(condition));
    TRY(cut_off_remains_of_last_job(job.wait));
    if (!answers_in_turn_) {
      const bool answers = TRY(talk_->answers_in_turn(job.wait));
      answers_in_turn_ = answers;
    }
    (void)talk_->took_fright();
    return {};
  }

  /// Success only when the printer itself said that the slip went through.
  Result<void> deliver(const Job& job, const Wait& limit) {
    auto status = status_.get();
    status.state = DeviceState::busy;
    status_.set(status);
    for (const auto& block : job.blocks) {
      auto sent = talk_->send(block, limit);
      if (!sent) {
        talk_.reset();
        status_.set(absent(sent.error()));
        return sent;
      }
      if (&block != &job.blocks.back()) TRY(still_well(limit));
    }
    return follow(job, limit);
  }

  Result<void> still_well(const Wait& limit) {
    const auto condition = TRY(look(limit, answer_limit_in_job));
    if (condition.blocked()) return fail(Errc::jammed, status_of(condition).detail);
    if (talk_->took_fright()) return fail(Errc::jammed, "the printer stopped for a moment");
    return {};
  }

  /// Waits for the end of the paper's way. A printer that does not answer in turn gets the time that the
  /// slowest needs.
  Result<void> follow(const Job& job, const Wait& limit) {
    const std::chrono::duration<double> slowest(job.rows / paper_.dots_per_mm / slowest_mm_per_second);
    const auto surely_done = Steady::now() + std::chrono::ceil<milliseconds>(slowest);
    const bool in_turn = answers_in_turn_.value_or(false);
    if (in_turn) TRY(talk_->ask_in_turn(limit));
    for (;;) {
      const auto heard = talk_->listen(limit.at_most(look_in_job_every));
      if (!heard && heard.error().code != Errc::timed_out) {
        talk_.reset();
        return heard;
      }
      const bool done = in_turn ? talk_->in_turn() : Steady::now() >= surely_done;
      TRY(still_well(limit));
      if (done) return {};
      TRY(limit.check());
    }
  }

  Result<void> cut_off_remains_of_last_job(const Wait& wait) {
    if (!remains_) return {};
    TRY(talk_->send(cut_off_remains(remains_row_bytes_), wait));
    remains_ = false;
    log::info("receipt printer", "remains of a broken job cut off");
    return {};
  }

  const std::unique_ptr<LinkOpener> link_;
  const hal::SlipPaper paper_;
  Latest<hal::DeviceStatus> status_;
  Mailbox<std::shared_ptr<Job>> jobs_;

  // The worker's own.
  std::optional<Conversation> talk_;
  std::optional<bool> answers_in_turn_;
  bool remains_ = false;       // the last job was in doubt: something of it may hang in the printer
  int remains_row_bytes_ = 0;  // and it may stand in the middle of a raster of this width

  std::jthread worker_;  // last: it uses all of the above
};

}  // namespace

std::unique_ptr<hal::ReceiptPrinter> make_escpos(std::unique_ptr<LinkOpener> link, hal::SlipPaper paper) {
  return std::make_unique<EscposPrinter>(std::move(link), paper);
}

std::unique_ptr<hal::ReceiptPrinter> make_escpos_usb(std::uint16_t vendor, std::uint16_t product,
                                                     hal::SlipPaper paper) {
  return make_escpos(escpos::usb_port(vendor, product), paper);
}

}  // namespace kiosk::drivers
