#include "tests/lobby/escpos/receipt_printer.hpp"

#include <chrono>
#include <utility>

#include "tests/lobby/escpos/cables.hpp"

namespace kiosk::lobby {

using namespace std::chrono_literals;
using std::chrono::steady_clock;

namespace {

constexpr std::size_t buffer_size = 64 * 1024;  // beyond it the printer stops reading

}  // namespace

Result<std::unique_ptr<ReceiptPrinter>> ReceiptPrinter::on_tcp(std::uint16_t port, int dots) {
  auto cable = TRY(tcp_cable(port));
  std::unique_ptr<ReceiptPrinter> printer(new ReceiptPrinter(std::move(cable), dots));
  printer->port_ = port;
  return printer;
}

Result<std::unique_ptr<ReceiptPrinter>> ReceiptPrinter::on_pty(int dots) {
  std::string tty;
  auto cable = TRY(pty_cable(tty));
  std::unique_ptr<ReceiptPrinter> printer(new ReceiptPrinter(std::move(cable), dots));
  printer->tty_ = tty;
  return printer;
}

std::unique_ptr<ReceiptPrinter> ReceiptPrinter::on_usb(const UsbSocket& socket, std::uint16_t vendor,
                                                       std::uint16_t product, int dots) {
  return std::unique_ptr<ReceiptPrinter>(new ReceiptPrinter(usb_cable(socket, vendor, product), dots));
}

ReceiptPrinter::ReceiptPrinter(std::unique_ptr<Cable> cable, int dots)
    : machine_(dots), cable_(std::move(cable)) {
  thread_ = std::thread([this] { run(); });
}

ReceiptPrinter::~ReceiptPrinter() {
  {
    const std::lock_guard lock(mutex_);
    end_ = true;
    bell_.request_stop();
  }
  thread_.join();
}

void ReceiptPrinter::turn(const std::function<void(PrinterKnobs&)>& knobs) {
  const std::lock_guard lock(mutex_);
  knobs(machine_.knobs);
  cable_->show(machine_.port_status());
  bell_.request_stop();
}

PrinterKnobs ReceiptPrinter::knobs() const {
  const std::lock_guard lock(mutex_);
  return machine_.knobs;
}

void ReceiptPrinter::load_paper(int rows) {
  turn([rows](PrinterKnobs& knobs) { knobs.paper_rows = rows; });
}

void ReceiptPrinter::set_speed(int rows_per_second) {
  const std::lock_guard lock(mutex_);
  rows_per_second_ = rows_per_second;
}

void ReceiptPrinter::unplug() {
  set_plugged(false);
}

void ReceiptPrinter::plug_in() {
  set_plugged(true);
}

void ReceiptPrinter::set_plugged(bool plugged) {
  std::unique_lock lock(mutex_);
  want_plugged_ = plugged;
  bell_.request_stop();
  plug_moved_.wait(lock, [&] { return plugged_ == plugged || end_; });
}

std::vector<Slip> ReceiptPrinter::slips() const {
  const std::lock_guard lock(mutex_);
  return machine_.slips();
}

Slip ReceiptPrinter::hanging() const {
  const std::lock_guard lock(mutex_);
  return machine_.hanging();
}

int ReceiptPrinter::rows_printed() const {
  const std::lock_guard lock(mutex_);
  return machine_.rows_printed;
}

std::vector<std::string> ReceiptPrinter::complaints() const {
  const std::lock_guard lock(mutex_);
  return machine_.complaints();
}

/// Prints as many rows as the head's speed allowed since the last time. True when there is more to print
/// later.
bool ReceiptPrinter::work(steady_clock::time_point& worked_until) {
  const auto now = steady_clock::now();
  if (rows_per_second_ == 0 || machine_.offline() || machine_.waiting() == 0) worked_until = now;
  for (;;) {
    const int before = machine_.rows_printed;
    if (rows_per_second_ > 0 && worked_until > now) return true;
    if (!machine_.step()) return false;
    if (rows_per_second_ > 0 && machine_.rows_printed > before)
      worked_until += std::chrono::nanoseconds(std::nano::den / rows_per_second_);
  }
}

void ReceiptPrinter::move_plug() {
  if (want_plugged_ == plugged_) return;
  if (want_plugged_)
    (void)cable_->plug_in();
  else
    cable_->unplug();
  plugged_ = want_plugged_;
  plug_moved_.notify_all();
}

void ReceiptPrinter::run() {
  auto worked_until = steady_clock::now();
  for (;;) {
    Bytes answers;
    Wait wait;
    bool reading = false;
    {
      const std::lock_guard lock(mutex_);
      if (end_) return;
      bell_ = std::stop_source();
      move_plug();
      cable_->show(machine_.port_status());
      const bool more = work(worked_until);
      answers = machine_.take_answers();
      reading = plugged_ && machine_.waiting() < buffer_size;
      wait.stop = bell_.get_token();
      if (more) wait = wait.at_most(2ms);
    }
    if (!answers.empty()) cable_->write(answers);
    if (!reading) {
      (void)wait.sleep(1h);
      continue;
    }
    const auto bytes = cable_->read(buffer_size, wait);
    const std::lock_guard lock(mutex_);
    if (bytes) machine_.receive(*bytes);
  }
}

}  // namespace kiosk::lobby
