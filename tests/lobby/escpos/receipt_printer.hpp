#pragma once
// The lobby's slip printer: an ESC/POS printer on the other end of a TCP port, a serial line or USB.

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

#include "hal/base/wait.hpp"
#include "tests/lobby/escpos/machine.hpp"
#include "tests/lobby/usb/usb_plug.hpp"

namespace kiosk::lobby {

/// Where a printer's bytes come from. Used by the printer's thread alone, but for show().
class Cable {
 public:
  virtual ~Cable() = default;
  virtual Result<void> plug_in() = 0;
  virtual void unplug() = 0;
  /// Blocks for bytes from the kiosk. Any error means none came: the wait ended, or nobody is there.
  virtual Result<Bytes> read(std::size_t most, const Wait& wait) = 0;
  virtual void write(BytesView bytes) = 0;
  /// What the port itself shows of the printer (IEEE 1284 lines), on wires that have such a thing. From any
  /// thread.
  virtual void show(std::uint8_t /*port_status*/) {}
};

/// Runs from start() to its destructor. Every call may come from any thread.
class ReceiptPrinter {
 public:
  /// On 127.0.0.1; port 0 takes a free one.
  static Result<std::unique_ptr<ReceiptPrinter>> on_tcp(std::uint16_t port = 0, int dots = 576);
  /// On a pseudo-terminal. Its path stays the same across unplugging.
  static Result<std::unique_ptr<ReceiptPrinter>> on_pty(int dots = 576);
  /// A USB printer (class 07:01:02), plugged in there.
  static std::unique_ptr<ReceiptPrinter> on_usb(const UsbSocket& socket, std::uint16_t vendor,
                                                std::uint16_t product, int dots = 576);
  ~ReceiptPrinter();

  std::uint16_t port() const { return port_; }
  const std::string& tty() const { return tty_; }

  /// Turns the knobs: `printer.turn([](PrinterKnobs& k) { k.cover_open = true; });`
  void turn(const std::function<void(PrinterKnobs&)>& knobs);
  PrinterKnobs knobs() const;
  void load_paper(int rows = PrinterKnobs::endless);
  /// The print head's speed; 0 is as fast as the machine. A real one: 1200 rows (150 mm) a second.
  void set_speed(int rows_per_second);
  /// Pulls the plug out of the kiosk; the printer keeps its power and what it holds. Returns when it is out.
  void unplug();
  void plug_in();

  std::vector<Slip> slips() const;
  /// The paper that was printed on and not cut off.
  Slip hanging() const;
  int rows_printed() const;
  /// What the kiosk sent that no printer understands. Empty in every good test.
  std::vector<std::string> complaints() const;

 private:
  ReceiptPrinter(std::unique_ptr<Cable> cable, int dots);
  void run();
  void move_plug();
  bool work(std::chrono::steady_clock::time_point& worked_until);
  void set_plugged(bool plugged);

  mutable std::mutex mutex_;
  std::condition_variable plug_moved_;
  PrinterMachine machine_;
  int rows_per_second_ = 0;
  bool want_plugged_ = true, plugged_ = true, end_ = false;
  std::unique_ptr<Cable> cable_;
  std::uint16_t port_ = 0;
  std::string tty_;
  std::stop_source bell_;  // rung when something changed, new for each round of the thread
  std::thread thread_;
};

}  // namespace kiosk::lobby
