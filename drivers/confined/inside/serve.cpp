#include "drivers/confined/inside/serve.hpp"

#include <cerrno>
#include <cstdio>
#include <span>

#include <malloc.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "drivers/confined/inside/close_in.hpp"
#include "drivers/confined/message.hpp"
#include "hal/base/personal.hpp"

namespace kiosk::drivers::confined {
namespace {

constexpr int door = STDIN_FILENO;

// Without what runs at an exit: libraries do there what is no longer allowed.
[[noreturn]] void leave(int status) {
  ::_exit(status);
}

void receive(std::span<std::uint8_t> bytes) {
  while (!bytes.empty()) {
    const auto got = ::recv(door, bytes.data(), bytes.size(), 0);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) leave(0);  // nobody is there any more, or nobody asks
    bytes = bytes.subspan(static_cast<std::size_t>(got));
  }
}

void send(BytesView bytes) {
  while (!bytes.empty()) {
    const auto sent = ::send(door, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent < 0 && errno == EINTR) continue;
    if (sent < 0) leave(0);
    bytes = bytes.subspan(static_cast<std::size_t>(sent));
  }
}

void answer_one(const Limits& limits, const Answerer& answer) {
  HeaderBytes head{};
  receive(head);
  const auto header = header_of(head, limits.most_question);
  if (!header) leave(1);
  Bytes question(header->size);
  receive(question);
  auto said = answer(question);
  wipe(question);
  if (said) {
    send(bytes_of(Header{.number = header->number, .size = static_cast<std::uint32_t>(said->size())}));
    send(*said);
    wipe(*said);
  } else {
    const auto verdict = said.error().code == Errc::malformed ? Verdict::refused : Verdict::failed;
    send(bytes_of(Header{.number = header->number, .verdict = verdict}));
  }
}

}  // namespace

void serve(const Limits& limits, const Answerer& answer) {
  ::mallopt(M_PERTURB, 0xA5);  // decision 4
  const timeval rest{.tv_sec = limits.rest.count(), .tv_usec = 0};
  (void)::setsockopt(door, SOL_SOCKET, SO_RCVTIMEO, &rest, sizeof(rest));
  if (const auto closed = close_in(limits.most_memory); !closed) give_up(closed.error());
  send(bytes_of(Header{}));
  for (;;) answer_one(limits, answer);
}

void give_up(const Error& error) {
  std::fprintf(stderr, "%s: %s\n", program_invocation_short_name, error.what.c_str());
  leave(1);
}

}  // namespace kiosk::drivers::confined
