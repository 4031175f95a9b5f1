#pragma once
// A SAM-V reader at the end of a serial line.

#include <string>
#include <thread>

#include "tests/lobby/samv/id_reader.hpp"
#include "tests/lobby/wire/pty.hpp"

namespace kiosk::lobby {

class SerialIdReader final : public IdReader {
 public:
  /// Stands at `path` (empty: a new one). `baud` 0: bytes travel as fast as the machine carries them; else
  /// each takes its ten bit times, in both directions, so that one can measure against the wire.
  explicit SerialIdReader(std::string path = {}, int baud = 0);

  Sam& sam() override { return sam_; }
  const std::string& path() const { return pty_.path(); }

  void unplug() override { pty_.unplug(); }
  void plug() override { pty_.plug(); }
  bool plugged() const override { return pty_.plugged(); }

 private:
  void run(const std::stop_token& stop);
  Result<void> answer(const Sam::Reply& reply, const Wait& wait);
  Steady::duration wire_time(std::size_t bytes) const;

  Pty pty_;
  int baud_;
  Sam sam_;
  std::jthread thread_;  // last: it uses what stands above
};

}  // namespace kiosk::lobby
