#pragma once
// The real driver and the lobby's IPP printer.

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "drivers/ipp/document_printer.hpp"
#include "tests/lobby/ipp/responder.hpp"
#include "tests/support/must.hpp"

namespace kiosk::testing {

class ResponderRig {
 public:
  ~ResponderRig() {
    printer_.reset();
    EXPECT_EQ(device_->complaints(), std::vector<std::string>{});
  }
  ResponderRig() = default;
  ResponderRig(const ResponderRig&) = delete;
  ResponderRig& operator=(const ResponderRig&) = delete;

  hal::DocumentPrinter& printer() { return *printer_; }
  lobby::IppResponder& device() { return *device_; }
  void turn(const std::function<void(lobby::IppKnobs&)>& knobs) { device_->turn(knobs); }
  void reasons(std::vector<std::string> reasons, int state = 3) {
    turn([&](auto& knobs) {
      knobs.reasons = reasons;
      knobs.state = state;
    });
  }

  void out_of_paper() { reasons({"media-empty-error"}, 5); }
  void refill() { device_->clear_fault(); }
  void open_door() { reasons({"door-open"}, 5); }
  void close_door() { device_->clear_fault(); }
  void unplug() { device_->unplug(); }
  void plug_in() { device_->plug_in(); }
  void jams_after(int pages) {
    turn([&](auto& knobs) { knobs.fault_after_pages = pages; });
  }
  void clear_jam() { device_->clear_fault(); }
  void without_pdf() {
    turn([](auto& knobs) { knobs.formats = {"image/pwg-raster"}; });
  }

  std::vector<Bytes> documents() {
    std::vector<Bytes> all;
    for (const auto& job : device_->jobs())
      if (job.pages > 0 && job.pages_done == job.pages) all.push_back(job.document);
    return all;
  }

 private:
  std::unique_ptr<lobby::IppResponder> device_ = must(lobby::IppResponder::start());
  std::unique_ptr<hal::DocumentPrinter> printer_ = drivers::make_ipp(device_->uri());
};

}  // namespace kiosk::testing
