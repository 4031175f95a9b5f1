#include "drivers/ipp/document_printer.hpp"

#include <algorithm>
#include <atomic>
#include <thread>

#include "drivers/ipp/operations.hpp"
#include "hal/base/latest.hpp"
#include "hal/base/log.hpp"
#include "hal/base/thread_name.hpp"

namespace kiosk::drivers {
namespace {

using namespace std::chrono_literals;
using namespace ipp;
using hal::DeviceState;
using hal::PrintOutcome;

constexpr auto look_every = 2500ms;  // a fault shows within 5 s: as long again for the answer
constexpr auto look_every_when_down = 500ms;
constexpr auto look_in_job_every = 150ms;
constexpr auto answer_limit = 2500ms;
constexpr auto take_document_limit = 20s;
constexpr auto silence_limit = 10s;  // of a printer at work, before its job is in doubt
constexpr auto purge_limit = 3s;     // after the caller's wait has ended

hal::DeviceStatus absent(const Error& why) {
  using hal::Actor;
  switch (why.code) {
    case Errc::refused:
      return {.state = DeviceState::offline, .actor = Actor::configuration, .detail = why.what};
    case Errc::malformed:
      return {.state = DeviceState::hardware_error, .actor = Actor::configuration, .detail = why.what};
    case Errc::busy:
      return {.state = DeviceState::offline, .actor = Actor::reset, .detail = why.what};
    default:
      return {.state = DeviceState::no_device, .actor = Actor::clear, .detail = why.what};
  }
}

/// print() runs on the caller's thread, the looking after on the printer's own. They share the newest status
/// and the number of a job that could not be purged.
class IppPrinter final : public hal::DocumentPrinter {
 public:
  explicit IppPrinter(Address address)
      : printer_(std::move(address)), worker_([this](const std::stop_token& stop) { work(stop); }) {}

  hal::DeviceStatus status() const override { return status_.get(); }
  void on_change(std::function<void()> told) override { status_.on_change(std::move(told)); }

  Result<PrintOutcome> print(const hal::Document& document, const std::function<void(int)>& on_page,
                             const Wait& wait) override {
    TRY(purge_leftover(wait));
    const auto printer = TRY(look(wait));
    TRY(ready(printer));
    const auto job = printer_.create_job(document.title, wait.at_most(answer_limit));
    if (!job) return std::unexpected(own_limit(job.error(), wait));

    const auto sent = printer_.send_pdf(*job, document.pdf, wait.at_most(take_document_limit));
    const bool not_taken = !sent && (sent.error().code == Errc::refused || sent.error().code == Errc::busy);
    const auto followed = sent ? follow(*job, document.pages, on_page, wait) : sent;
    if (followed) return PrintOutcome::printed;
    purge(*job);
    if (not_taken) return std::unexpected(sent.error());
    log::warning("document printer", "job in doubt", {{"job", *job}, {"why", followed.error().what}});
    return PrintOutcome::in_doubt;
  }

 private:
  void work(const std::stop_token& stop) {
    name_thread("page printer");
    const Wait wait{.stop = stop};
    while (!stop.stop_requested()) {
      (void)purge_leftover(wait);
      (void)look(wait);
      (void)wait.sleep(status_.get().usable() ? look_every : look_every_when_down);
    }
  }

  /// Our own limit on an answer is not the caller's: the printer is unreachable then.
  static Error own_limit(Error error, const Wait& wait) {
    if (error.code == Errc::timed_out && Steady::now() < wait.until)
      return {Errc::unreachable, "the printer does not answer"};
    if (error.code == Errc::malformed) error.code = Errc::unreachable;  // something is there, but no printer
    return error;
  }

  Result<PrinterState> look(const Wait& wait) {
    auto printer = printer_.printer(wait.at_most(answer_limit));
    if (printer) {
      status_.set(status_of(*printer));
      return printer;
    }
    if (printer.error().code != Errc::cancelled) status_.set(absent(printer.error()));
    return std::unexpected(own_limit(printer.error(), wait));
  }

  /// Success only when the printer said "completed" and has no fault. An error says why there is doubt.
  Result<void> follow(int job, int pages, const std::function<void(int)>& on_page, const Wait& wait) {
    auto heard_at = Steady::now();
    int told = 0;
    for (;;) {
      const auto state = printer_.job(job, wait.at_most(answer_limit));
      const auto printer = look(wait);
      TRY(wait.check());
      if (state && printer) {
        heard_at = Steady::now();
        const int done = std::min(state->pages_done.value_or(told), pages);
        if (on_page && done > told) on_page(done);
        told = std::max(told, done);
        const bool ended = TRY(went_well(*state, *printer, pages));
        if (ended) return {};
      } else if (Steady::now() - heard_at > silence_limit) {
        return std::unexpected(state ? printer.error() : state.error());
      }
      TRY(wait.sleep(look_in_job_every));
    }
  }

  /// Whether the job has ended, and an error when it ended badly or never will.
  static Result<bool> went_well(const JobState& job, const PrinterState& printer, int pages) {
    if (job.phase == JobState::cancelled) return fail(Errc::refused, "the job was cancelled at the printer");
    if (job.phase == JobState::aborted) return fail(Errc::refused, "the printer gave the job up");
    if (job.with_errors) return fail(Errc::refused, "completed with errors");
    const auto fault = ready(printer);
    const bool completed = job.phase == JobState::completed;
    // The last sheet of the tray: every page was counted, and only then paper was out.
    const bool last_sheet =
        !fault && fault.error().code == Errc::out_of_supply && job.pages_done && *job.pages_done >= pages;
    if (!fault && !(completed && last_sheet) && fault.error().code != Errc::busy)
      return std::unexpected(fault.error());
    return completed;
  }

  /// A job in doubt must not come out after a refill, behind the next citizen's back.
  void purge(int job) {
    const auto purged = printer_.cancel(job, Wait::of(purge_limit));
    if (purged) return;
    leftover_job_ = job;
    log::error("document printer", "job could not be purged", {{"job", job}, {"why", purged.error().what}});
  }

  Result<void> purge_leftover(const Wait& wait) {
    TRY(wait.check());
    int job = leftover_job_;
    if (job == 0) return {};
    const auto purged = printer_.cancel(job, wait.at_most(answer_limit));
    TRY(wait.check());
    if (!purged) return fail(Errc::busy, "an earlier job could not be purged: " + purged.error().what);
    leftover_job_.compare_exchange_strong(job, 0);
    log::info("document printer", "earlier job purged", {{"job", job}});
    return {};
  }

  const Operations printer_;
  Latest<hal::DeviceStatus> status_;
  std::atomic<int> leftover_job_ = 0;
  std::jthread worker_;  // last: it uses all of the above
};

/// What stands in for a printer whose address nobody can use.
class NoPrinter final : public hal::DocumentPrinter {
 public:
  explicit NoPrinter(Error why) : why_(std::move(why)) {}
  hal::DeviceStatus status() const override { return absent(why_); }
  Result<PrintOutcome> print(const hal::Document&, const std::function<void(int)>&, const Wait&) override {
    return fail(Errc::unreachable, why_.what);
  }

 private:
  const Error why_;
};

}  // namespace

std::unique_ptr<hal::DocumentPrinter> make_ipp(const std::string& uri) {
  auto address = parse_address(uri);
  if (!address) return std::make_unique<NoPrinter>(std::move(address).error());
  return std::make_unique<IppPrinter>(*std::move(address));
}

}  // namespace kiosk::drivers
