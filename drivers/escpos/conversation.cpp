#include "drivers/escpos/conversation.hpp"

#include "drivers/escpos/commands.hpp"

namespace kiosk::drivers::escpos {

using namespace std::chrono_literals;

namespace {

constexpr auto in_turn_limit = 500ms;  // of an idle printer
constexpr int times_asked = 3;
constexpr int most_noise = 256;  // more than any start-up message
constexpr int most_swept = 32;   // reads

}  // namespace

Result<void> Conversation::listen(const Wait& wait) {
  const auto bytes = TRY(link_->read(256, wait));
  for (const auto byte : bytes) {
    const auto answer = filter_.next(byte);
    if (!answer) continue;
    switch (answer->kind) {
      case Answer::Kind::realtime:
        realtime_ = answer->byte;
        break;
      case Answer::Kind::sensor:
        in_turn_ = true;
        break;
      case Answer::Kind::unasked:
        fright_ = fright_ || answer->byte != 0;
        break;
    }
  }
  if (filter_.noise() > most_noise) return fail(Errc::malformed, "what answers is not an ESC/POS printer");
  return {};
}

Result<void> Conversation::sweep(const Wait& wait) {
  for (int reads = 0; reads < most_swept; ++reads) {
    const auto stale = listen(wait.at_most(1ms));  // USB has to ask for what the printer holds
    if (!stale && stale.error().code == Errc::timed_out) return {};
    if (!stale) return stale;
  }
  return fail(Errc::malformed, "the printer floods the line");
}

template <class Arrived>
Result<bool> Conversation::listen_for(Arrived arrived, const Wait& limit) {
  while (!arrived()) {
    if (Steady::now() >= limit.until) return false;  // a flood of answers must end as well
    const auto heard = listen(limit);
    if (!heard && heard.error().code == Errc::timed_out) return false;
    if (!heard) return std::unexpected(heard.error());
  }
  return true;
}

Result<std::uint8_t> Conversation::ask(int n, const Wait& wait, Steady::duration patience) {
  // An answer does not say which question it belongs to, so what has arrived by now is taken in first.
  TRY(sweep(wait));
  realtime_.reset();

  const Wait limit = wait.at_most(patience);
  const int noise_before = filter_.noise();
  TRY(link_->write(ask_status(n), limit));
  const bool answered = TRY(listen_for([this] { return realtime_.has_value(); }, limit));
  if (answered) return *realtime_;
  TRY(wait.check());
  if (filter_.noise() > noise_before) return fail(Errc::malformed, "the status answer is no status");
  return fail(Errc::unreachable, "the printer does not answer");
}

Result<Condition> Conversation::condition_once(const Wait& wait, Steady::duration patience) {
  constexpr std::uint8_t error_bit = 0x40;
  StatusBytes bytes;
  bytes.printer = TRY(ask(1, wait, patience));
  bytes.cause = TRY(ask(2, wait, patience));
  if ((bytes.cause & error_bit) != 0) {
    const auto error = TRY(ask(3, wait, patience));
    bytes.error = error;
  }
  bytes.paper = TRY(ask(4, wait, patience));
  return condition_of(bytes);
}

Result<Condition> Conversation::condition(const Wait& wait, Steady::duration patience) {
  if (only_port_) return condition_of_port(wait);
  auto condition = condition_once(wait, patience);
  for (int asked = 1; asked < times_asked; ++asked) {
    if (condition ? condition->consistent() : condition.error().code != Errc::malformed) break;
    TRY(wait.sleep(20ms));
    condition = condition_once(wait, patience);
  }
  if (!condition && condition.error().code == Errc::unreachable && port_ != nullptr) {
    condition = condition_of_port(wait);
    only_port_ = condition.has_value();
  }
  return condition;  // a contradiction that stays is believed: some printers never say that they are off line
}

Result<Condition> Conversation::condition_of_port(const Wait& wait) {
  const auto status = TRY(port_->port_status(wait));
  Condition condition;
  condition.paper_end = (status & 0x20) != 0;
  condition.error = (status & 0x08) == 0;
  condition.offline = (status & 0x10) == 0 || condition.paper_end || condition.error;
  return condition;
}

Result<void> Conversation::ask_in_turn(const Wait& wait) {
  in_turn_ = false;
  return link_->write(ask_paper_sensor(), wait);
}

Result<bool> Conversation::answers_in_turn(const Wait& wait) {
  const Wait limit = wait.at_most(in_turn_limit);
  TRY(ask_in_turn(limit));
  const bool answered = TRY(listen_for([this] { return in_turn_; }, limit));
  if (!answered) TRY(wait.check());
  return answered;
}

}  // namespace kiosk::drivers::escpos
