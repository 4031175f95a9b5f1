#include "firmware/app/outside.hpp"

#include "hal/base/log.hpp"
#include "hal/base/thread_name.hpp"

namespace kiosk::app {

using namespace std::chrono_literals;

namespace {

constexpr auto ask_every = 30s;   // while the registry answers
constexpr auto retry_after = 5s;  // while it does not

}  // namespace

Outside::Outside(Needs needs) : needs_(std::move(needs)) {
  watch([this] { errands_.post(LookAround{}); });
  thread_ = std::jthread([this](const std::stop_token& stop) {
    name_thread("outside");
    work(Wait{.stop = stop});
  });
}

Outside::~Outside() {
  watch({});
}

void Outside::watch(const std::function<void()>& told) {
  const auto& devices = needs_.devices;
  devices.id_reader.on_change(told);
  devices.receipt_printer.on_change(told);
  devices.document_printer.on_change(told);
  devices.camera.on_change(told);
  devices.scanner.on_change(told);
}

void Outside::work(const Wait& wait) {
  while (wait.check()) {
    if (Steady::now() >= ask_again_) ask_registry(wait);
    look_around();
    const auto errand = next_errand(wait);
    if (!errand) {
      settle_one(wait);
      continue;
    }
    if (const auto* call = std::get_if<shell::CallStaff>(&*errand)) place_call(*call, wait);
    if (const auto* call = std::get_if<shell::WithdrawCall>(&*errand)) withdraw_call(*call, wait);
  }
}

/// Whoever calls staff waits for nothing that can be done later: between two settlements the errands are
/// looked at.
std::optional<Outside::Errand> Outside::next_errand(const Wait& wait) {
  if (!to_settle_.empty()) return errands_.try_take();
  auto errand = errands_.take(wait.at_most(ask_again_ - Steady::now()));
  return errand ? std::optional(std::move(*errand)) : std::nullopt;
}

void Outside::look_around() {
  const auto& devices = needs_.devices;
  condition_.id_reader = devices.id_reader.status();
  condition_.receipt_printer = devices.receipt_printer.status();
  condition_.document_printer = devices.document_printer.status();
  condition_.camera = devices.camera.status();
  condition_.scanner = devices.scanner.status();
  if (told_ == condition_) return;
  if (told_) count_faults(*told_);
  told_ = condition_;
  needs_.to_shell(health::offer(condition_, needs_.offered, services::catalog()));
}

void Outside::count_faults(const health::Condition& before) {
  for (const auto device : health::newly_broken(before, condition_)) {
    log::warning("outside", "something stopped working", {{"device", device}});
    (void)needs_.records.counters.add("faults." + std::string(device));
  }
}

void Outside::ask_registry(const Wait& wait) {
  const auto status = needs_.registry.status(wait.at_most(5s));
  if (status.has_value() != condition_.registry_reachable) {
    if (status) {
      log::info("outside", "the registry answers");
    } else {
      log::warning("outside", "the registry does not answer",
                   {{"code", name_of(status.error().code)}, {"what", status.error().what}});
    }
  }
  condition_.registry_reachable = registry_reached_ = status.has_value();
  ask_again_ = Steady::now() + (status ? Steady::duration(ask_every) : Steady::duration(retry_after));
  if (!status) return;
  condition_.closed_by_city = status->closed_services;
  if (std::exchange(hall_name_, status->hall_name) != status->hall_name && hall_name_ != needs_.hall_name)
    log::warning("outside", "the registry knows this hall by another name", {{"name", hall_name_}});
  keep_records(status->now);
  find_open_ends();
}

void Outside::keep_records(WallTime registry_now) {
  if (!needs_.quiet()) return;
  const auto swept = needs_.upkeep.run_if_due(registry_now);
  if (!swept) log::error("outside", "the records were not kept", {{"what", swept.error().what}});
  if (swept && *swept) log::info("outside", "the day's upkeep is done");
}

void Outside::find_open_ends() {
  auto pending = needs_.records.submissions.pending();
  if (!pending) return;
  // A session that is at it right now asks for itself, for less than this.
  const auto given_up = needs_.clock.now() - 1min;
  std::erase_if(*pending, [&](const records::Submission& submission) {
    const bool session_asks = submission.changed > given_up && submission.changed <= needs_.clock.now();
    return submission.state != records::SubmissionState::unknown || session_asks;
  });
  to_settle_ = std::move(*pending);
}

void Outside::settle_one(const Wait& wait) {
  if (to_settle_.empty()) return;
  const auto submission = std::move(to_settle_.back());
  to_settle_.pop_back();
  const auto reply = needs_.registry.outcome(submission.key, wait.at_most(5s));
  if (!reply && reply.error().code != Errc::not_present) return;
  // The debt first: the end of another session must not take a settled application for its own to tell of.
  session::after_the_fact(
      "submission settled",
      needs_.records.journal.settle(submission.session, records::Debt::submission, submission.key));
  const auto settled =
      reply ? needs_.records.submissions.decided(submission.key, *reply)
            : needs_.records.submissions.withdrawn(submission.key, "the registry never got it");
  if (!settled) return;  // the session was quicker, or the disk is full: the next round sees
  const auto recorded =
      needs_.records.audit.record({.id = reply ? "application.decided_later" : "application.never_arrived",
                                   .role = records::Role::kiosk,
                                   .purpose = submission.service,
                                   .session = submission.session,
                                   .facts = {{"key", submission.key}}});
  if (!recorded) session::after_the_fact("submission settled", std::unexpected(recorded.error()));
}

void Outside::place_call(const shell::CallStaff& call, const Wait& wait) {
  const auto number = needs_.registry.call_staff(call.page, wait.at_most(5s));
  if (!number) {
    log::warning("outside", "staff could not be called", {{"code", name_of(number.error().code)}});
  }
  needs_.to_shell(
      shell::StaffCall{.request = call.request, .placed = number.has_value(), .number = number.value_or("")});
}

void Outside::withdraw_call(const shell::WithdrawCall& call, const Wait& wait) {
  const auto withdrawn = needs_.registry.withdraw_call(call.number, wait.at_most(5s));
  if (withdrawn) return;
  log::warning("outside", "a call for staff could not be taken back",
               {{"code", name_of(withdrawn.error().code)}});
}

}  // namespace kiosk::app
