#pragma once
// The real driver and the lobby's printer, on the two ends of a wire.

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "drivers/escpos/receipt_printer.hpp"
#include "drivers/link/serial.hpp"
#include "drivers/link/tcp.hpp"
#include "tests/lobby/escpos/receipt_printer.hpp"
#include "tests/support/must.hpp"

namespace kiosk::testing {

class LobbyRig {
 public:
  using Link = std::function<std::unique_ptr<drivers::LinkOpener>(const lobby::ReceiptPrinter&)>;

  LobbyRig(std::unique_ptr<lobby::ReceiptPrinter> device, const Link& link, hal::SlipPaper paper)
      : device_(std::move(device)), printer_(drivers::make_escpos(link(*device_), paper)) {}
  ~LobbyRig() {
    printer_.reset();
    auto complaints = device_->complaints();
    std::erase(complaints, forgiven);
    EXPECT_EQ(complaints, std::vector<std::string>{});
  }
  LobbyRig(const LobbyRig&) = delete;
  LobbyRig& operator=(const LobbyRig&) = delete;

  hal::ReceiptPrinter& printer() { return *printer_; }
  lobby::ReceiptPrinter& device() { return *device_; }
  void turn(const std::function<void(lobby::PrinterKnobs&)>& knobs) { device_->turn(knobs); }

  std::string forgiven;  ///< a complaint that the test expects

  void out_of_paper() { device_->load_paper(0); }
  void refill() { device_->load_paper(); }
  void open_cover() {
    turn([](auto& knobs) { knobs.cover_open = true; });
  }
  void close_cover() {
    turn([](auto& knobs) { knobs.cover_open = false; });
  }
  void unplug() { device_->unplug(); }
  void plug_in() { device_->plug_in(); }
  void paper_ends_in_job() { device_->load_paper(400); }
  void cover_opens_in_job() {
    turn([](auto& knobs) { knobs.cover_opens_after = 400; });
  }

  std::vector<hal::Raster> slips() {
    std::vector<hal::Raster> all;
    for (const auto& slip : device_->slips()) all.push_back({slip.width, slip.height(), slip.rows});
    return all;
  }

 private:
  std::unique_ptr<lobby::ReceiptPrinter> device_;
  std::unique_ptr<hal::ReceiptPrinter> printer_;
};

struct TcpRig : LobbyRig {
  TcpRig()
      : LobbyRig(must(lobby::ReceiptPrinter::on_tcp()),
                 [](const auto& device) { return drivers::tcp_link("127.0.0.1", device.port()); }, {}) {}
};

struct SerialRig : LobbyRig {
  SerialRig()
      : LobbyRig(must(lobby::ReceiptPrinter::on_pty(384)),
                 [](const auto& device) { return drivers::serial_link(device.tty(), 115200); },
                 {.dots = 384}) {}
};

}  // namespace kiosk::testing
