#include "drivers/samv/sam.hpp"

#include <algorithm>

namespace kiosk::drivers::samv {
namespace {

using namespace std::chrono_literals;

constexpr int tries = 3;
constexpr auto write_limit = 1s;
constexpr auto gap_limit = 500ms;  // between two bytes of one answer
constexpr auto quiet = 50ms;       // a line silent for that long has said all

/// How long the reader may think before the first byte of its answer.
Steady::duration first_byte_limit(Command command) {
  return command == Command::read ? 2s : 1s;
}

/// How much data an answer must have. An answer of another size belongs to another request.
bool fits(Command command, const Answer& answer) {
  const std::size_t size = answer.data.reveal().size();
  switch (command) {
    case Command::find:
      return size == (answer.status == sw::found ? 4 : 0);
    case Command::sam_id:
      return size == (answer.status == sw::success ? 16 : 0);
    case Command::select:
      return size == (answer.status == sw::success ? 8 : 0);
    case Command::newest_address:
    case Command::newest_address_old:
      return size == (answer.status == sw::success ? 70 : 0);
    case Command::body_number:
      return size == (answer.status == sw::success ? 28 : 0);
    case Command::read:
      return answer.status == sw::success ? size > 1024 : size == 0;
    case Command::sam_status:
      return size == 0;
  }
  return false;
}

bool arrived_damaged(const Answer& answer) {
  return answer.status == sw::bad_checksum || answer.status == sw::bad_length;
}

/// Received bytes: a citizen's, so they are wiped. Room for the longest frame and one transfer more, because
/// a vector that grows leaves copies behind.
struct Received {
  Received() { bytes.reserve(2 * longest_frame); }
  Received(const Received&) = delete;
  Received& operator=(const Received&) = delete;
  ~Received() { wipe(bytes); }

  void append(Bytes some) {
    bytes.insert(bytes.end(), some.begin(), some.end());
    wipe(some);
  }

  Bytes bytes;
};

}  // namespace

Result<void> Sam::connect(const Wait& wait) {
  if (link_) return {};
  link_ = TRY(opener_->open(wait));
  unsettled_ = false;
  return {};
}

Result<Answer> Sam::ask(Command command, const Wait& wait) {
  if (!link_) return fail(Errc::unplugged, name() + ": not connected");
  Error last;
  for (int i = 0; i < tries; ++i) {
    auto answer = exchange(command, wait);
    if (answer && !arrived_damaged(*answer)) {
      answer->repeated = i > 0;
      unsettled_ = i > 0;  // a slow reader may yet answer the first request as well
      return answer;
    }
    last = answer ? Error{Errc::malformed, status_text(answer->status)} : std::move(answer).error();
    if (last.code == Errc::unplugged) break;
    if (last.code == Errc::cancelled) return std::unexpected(last);
    TRY(wait.check());
  }
  link_.reset();
  return fail(Errc::unplugged, name() + ": " + last.what);
}

Result<Answer> Sam::exchange(Command command, const Wait& wait) {
  if (unsettled_) TRY(settle(wait));
  link_->drain();
  TRY(wait.check());
  unsettled_ = true;
  owed_until_ = Steady::now() + first_byte_limit(command);
  // Not the caller's wait: half a request, left in the reader by a stop, would swallow the next one.
  TRY(link_->write(request(command), Wait::of(write_limit)));
  auto answer = TRY(receive(first_byte_limit(command), wait));
  if (!fits(command, answer)) return fail(Errc::malformed, "the answer to another request");
  unsettled_ = false;
  return answer;
}

Result<Answer> Sam::receive(Steady::duration first_byte, const Wait& wait) {
  Received received;
  for (;;) {
    const auto most = missing(received.bytes);
    if (!most || *most == 0) {
      owed_until_ = {};  // it came, whatever it is
      return decode(received.bytes);
    }
    auto some = link_->read(*most, wait.at_most(received.bytes.empty() ? first_byte : gap_limit));
    if (!some && some.error().code == Errc::timed_out)
      return fail(Errc::timed_out, received.bytes.empty() ? "no answer" : "half an answer");
    received.append(TRY(std::move(some)));
  }
}

/// Takes off the line what an earlier exchange may still bring: waits for the answer that is owed, then for
/// silence.
Result<void> Sam::settle(const Wait& wait) {
  Received received;
  const auto give_up = std::max(Steady::now(), owed_until_) + 2 * gap_limit;
  while (Steady::now() < give_up) {
    const auto until = std::max(owed_until_, Steady::now() + quiet);
    auto some = link_->read(longest_frame, Wait{std::min(until, wait.until), wait.stop});
    if (!some && some.error().code != Errc::timed_out) return std::unexpected(std::move(some).error());
    if (!some) {
      TRY(wait.check());
      if (Steady::now() >= owed_until_) break;
      continue;
    }
    if (received.bytes.size() < longest_frame) received.append(*std::move(some));
    const auto lacking = missing(received.bytes);
    if (!lacking || *lacking == 0) owed_until_ = {};
  }
  unsettled_ = false;
  return {};
}

}  // namespace kiosk::drivers::samv
