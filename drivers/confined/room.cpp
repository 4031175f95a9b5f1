#include "drivers/confined/room.hpp"

#include <cerrno>
#include <chrono>
#include <span>
#include <utility>

#include <poll.h>
#include <sys/socket.h>

#include "drivers/link/installed.hpp"
#include "hal/base/log.hpp"
#include "hal/base/personal.hpp"

namespace kiosk::drivers::confined {
namespace {

using namespace std::chrono_literals;

constexpr auto longest_start = 10s;  // 60 ms with OpenCV; a cold disk and a busy machine take longer

Error gone() {
  return {Errc::unplugged, "it ended"};
}

Result<void> send_all(int socket, BytesView bytes, const Wait& wait) {
  while (!bytes.empty()) {
    const auto sent = ::send(socket, bytes.data(), bytes.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
    if (sent > 0) {
      bytes = bytes.subspan(static_cast<std::size_t>(sent));
    } else if (sent < 0 && errno == EAGAIN) {
      TRY(poll_fd(socket, POLLOUT, wait));
    } else if (errno != EINTR) {
      return std::unexpected(gone());
    }
  }
  return {};
}

Result<void> receive_all(int socket, std::span<std::uint8_t> bytes, const Wait& wait) {
  while (!bytes.empty()) {
    const auto got = ::recv(socket, bytes.data(), bytes.size(), MSG_DONTWAIT);
    if (got > 0) {
      bytes = bytes.subspan(static_cast<std::size_t>(got));
    } else if (got < 0 && errno == EAGAIN) {
      TRY(poll_fd(socket, POLLIN, wait));
    } else if (got == 0 || errno != EINTR) {
      return std::unexpected(gone());
    }
  }
  return {};
}

Result<HeaderBytes> receive_header(int socket, const Wait& wait) {
  HeaderBytes bytes{};
  TRY(receive_all(socket, bytes, wait));
  return bytes;
}

/// Nothing comes but what was asked for.
bool nothing_waits(int socket) {
  std::uint8_t byte = 0;
  return ::recv(socket, &byte, 1, MSG_PEEK | MSG_DONTWAIT) < 0 && errno == EAGAIN;
}

}  // namespace

Result<void> Room::open(const Wait& wait) {
  TRY(open_anew(wait));
  return {};
}

Result<bool> Room::open_anew(const Wait& wait) {
  // One that rested long enough has ended by itself; one that goes on talking is not listened to.
  if (process_ && nothing_waits(process_->socket())) return false;
  process_.reset();
  TRY(wait.check());
  const auto path = TRY(installed(program_.file));
  process_ = TRY(Process::start(path, program_.arguments));
  const auto first = receive_header(process_->socket(), wait.at_most(longest_start));
  if (first && *first == bytes_of(Header{})) return true;
  const auto ending = process_->end();
  process_.reset();
  TRY(wait.check());
  return fail(Errc::internal, program_.file + " did not start: " + ending.text());
}

Result<Bytes> Room::ask(std::initializer_list<BytesView> question, const Bounds& bounds, const Wait& wait) {
  for (bool again = false;; again = true) {
    const bool anew = TRY(open_anew(wait));
    auto answer = exchange(question, bounds, wait);
    if (answer) return meaning_of(*std::move(answer));
    const auto ending = process_->end();
    process_.reset();
    // It may have gone to rest in the moment of the question.
    if (!anew && !again && ending.rested() && answer.error().code == Errc::unplugged) continue;
    TRY(wait.check());
    log::warning("confined", "a program was ended",
                 {{"program", program_.file}, {"why", answer.error().what}, {"how", ending.text()}});
    return fail(Errc::malformed, program_.file + ": " + answer.error().what + ", " + ending.text());
  }
}

Result<Room::Answer> Room::exchange(std::initializer_list<BytesView> question, const Bounds& bounds,
                                    const Wait& wait) {
  const Wait limit = wait.at_most(bounds.longest);
  const int socket = process_->socket();
  std::size_t size = 0;
  for (const auto& piece : question) size += piece.size();
  const Header asked{.number = ++asked_, .size = static_cast<std::uint32_t>(size)};
  const auto head = bytes_of(asked);
  TRY(send_all(socket, head, limit));
  for (const auto& piece : question) TRY(send_all(socket, piece, limit));

  const auto header_bytes = TRY(receive_header(socket, limit));
  const auto header = TRY(answer_of(header_bytes, asked.number, bounds.most_bytes));
  Answer answer{.verdict = header.verdict, .bytes = Bytes(header.size)};
  auto whole = receive_all(socket, answer.bytes, limit);
  if (whole && !nothing_waits(socket)) whole = fail(Errc::malformed, "more than one answer");
  if (!whole) {
    wipe(answer.bytes);
    return std::unexpected(std::move(whole).error());
  }
  return answer;
}

Result<Bytes> Room::meaning_of(Answer answer) const {
  switch (answer.verdict) {
    case Verdict::done:
      return std::move(answer.bytes);
    case Verdict::refused:
      return fail(Errc::malformed, program_.file + ": refused");
    case Verdict::failed:
      break;
  }
  return fail(Errc::internal, program_.file + ": failed");
}

}  // namespace kiosk::drivers::confined
