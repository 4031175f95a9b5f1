#include "tests/lobby/samv/serial_id_reader.hpp"

#include <algorithm>
#include <utility>

namespace kiosk::lobby {

using namespace std::chrono_literals;

SerialIdReader::SerialIdReader(std::string path, int baud)
    : pty_(std::move(path)), baud_(baud), thread_([this](const std::stop_token& stop) { run(stop); }) {}

void SerialIdReader::run(const std::stop_token& stop) {
  const Wait wait{.stop = stop};
  while (!stop.stop_requested()) {
    const auto bytes = pty_.read(4096, wait);
    if (!bytes) {
      sam_.power_cycle();
      (void)wait.sleep(5ms);
      continue;
    }
    (void)wait.sleep(wire_time(bytes->size()));
    if (const auto reply = sam_.hear(*bytes)) (void)answer(*reply, wait);
  }
}

Result<void> SerialIdReader::answer(const Sam::Reply& reply, const Wait& wait) {
  if (reply.delay > 0s) {
    const auto early = pty_.readable(wait.at_most(reply.delay));
    if (!early && early.error().code != Errc::timed_out) return early;
    // After its own time-out a driver may ask again; before, it mixes up two exchanges.
    if (early && reply.delay < 1s) sam_.complain("a second request before the answer to the first");
    if (early) TRY(wait.sleep(reply.delay - 1s));
  }
  constexpr std::size_t fifo = 16;  // a UART hands on what its buffer holds, not single bytes
  const auto start = Steady::now();
  for (std::size_t at = 0; at < reply.bytes.size();) {
    const std::size_t size = baud_ == 0 ? reply.bytes.size() : std::min(fifo, reply.bytes.size() - at);
    TRY(wait.sleep(start + wire_time(at + size) - Steady::now()));
    TRY(pty_.write(BytesView(reply.bytes).subspan(at, size), wait));
    at += size;
  }
  return {};
}

Steady::duration SerialIdReader::wire_time(std::size_t bytes) const {
  if (baud_ == 0) return {};
  return std::chrono::nanoseconds(bytes * 10 * 1'000'000'000ULL / static_cast<unsigned>(baud_));
}

}  // namespace kiosk::lobby
