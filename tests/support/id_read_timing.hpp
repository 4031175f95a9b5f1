#pragma once
// How long reading an identity card takes beside the wire's own time. For the bench.

#include <algorithm>
#include <vector>

#include "drivers/link/serial.hpp"
#include "drivers/samv/reader.hpp"
#include "tests/lobby/samv/serial_id_reader.hpp"

namespace kiosk::testing {

struct IdReadTiming {
  double wire_ms = 0;    ///< find, select and read, requests and answers, ten bit times a byte
  double median_ms = 0;  ///< from the call of read() to the card, which lies there already
};

/// Reads a card `rounds` times over a line that is paced at `baud`. `internal` when a read fails.
inline Result<IdReadTiming> time_id_read(int baud, int rounds) {
  constexpr int bytes = 10 + 15 + 10 + 19 + 10 + 1295;
  lobby::SerialIdReader device({}, baud);
  const auto reader = drivers::make_samv(drivers::serial_link(device.path(), baud));
  TRY(reader->card_present(Wait::of(std::chrono::seconds(10))));  // so the SAM has said who it is
  std::vector<double> times;
  for (int i = 0; i < rounds; ++i) {
    device.sam().place(lobby::zhang_san());
    const auto start = Steady::now();
    const auto card = reader->read(Wait::of(std::chrono::seconds(30)));
    if (!card) return fail(Errc::internal, card.error().what);
    times.push_back(std::chrono::duration<double, std::milli>(Steady::now() - start).count());
  }
  std::ranges::sort(times);
  return IdReadTiming{.wire_ms = bytes * 10 * 1000.0 / baud, .median_ms = times[times.size() / 2]};
}

}  // namespace kiosk::testing
