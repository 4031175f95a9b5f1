#include <atomic>
#include <charconv>

#define ZX_USE_UTF8 1  // text() as UTF-8
#include <ZXing/ReadBarcode.h>

#include "hal/base/latest.hpp"
#include "tests/lobby/hall/stations.hpp"

namespace kiosk::lobby {

using nlohmann::json;

namespace {

constexpr int rows_until_it_ends = 160;  // 20 mm: in the middle of any slip

/// The position a choice knob was turned to last.
using Position = std::shared_ptr<Latest<std::string>>;

Position position(std::string first) {
  return std::make_shared<Latest<std::string>>(std::move(first));
}

/// A choice knob whose position is remembered.
Knob remembering(const Position& now, Knob knob) {
  return {knob.name, [now, turn = std::move(knob.turn)](const std::string& value) -> Result<void> {
            TRY(turn(value));
            now->set(value);
            return {};
          }};
}

/// "3.png" with that ending is the third.
std::optional<std::size_t> index_in(const std::string& name, std::string_view ending, std::size_t count) {
  std::size_t number = 0;
  const auto* end = name.data() + name.size();
  const auto [stopped, error] = std::from_chars(name.data(), end, number);
  if (error != std::errc() || std::string_view(stopped, end) != ending || number < 1 || number > count)
    return std::nullopt;
  return number - 1;
}

Knob paper_knob(ReceiptPrinter& printer) {
  const auto load = [&printer](int rows, bool near_end) {
    printer.load_paper(rows);
    printer.turn([=](PrinterKnobs& knobs) { knobs.near_end = near_end; });
  };
  return choice_knob("paper", {{"full", [load] { load(PrinterKnobs::endless, false); }},
                               {"low", [load] { load(PrinterKnobs::endless, true); }},
                               {"out", [load] { load(0, true); }},
                               {"ends", [load] { load(rows_until_it_ends, true); }}});
}

Knob cover_knob(ReceiptPrinter& printer) {
  const auto set = [&printer](bool open) {
    printer.turn([=](PrinterKnobs& knobs) { knobs.cover_open = open; });
  };
  return choice_knob("cover", {{"closed", [set] { set(false); }}, {"open", [set] { set(true); }}});
}

Knob state_knob(ReceiptPrinter& printer) {
  const auto set = [&printer](bool cutter, bool silent, bool broken) {
    printer.turn([=](PrinterKnobs& knobs) {
      knobs.cutter_blocked = cutter;
      knobs.silent = silent;
      knobs.broken = broken;
    });
  };
  return choice_knob("state", {{"good", [set] { set(false, false, false); }},
                               {"cutter", [set] { set(true, false, false); }},
                               {"silent", [set] { set(false, true, false); }},
                               {"broken", [set] { set(false, false, true); }}});
}

Knob document_state_knob(IppResponder& printer) {
  const auto stop = [&printer](const char* reason) {
    printer.turn([reason](IppKnobs& knobs) {
      knobs.state = 5;
      knobs.reasons = {reason};
    });
  };
  const auto warn = [&printer](const char* reason) {
    printer.clear_fault();
    printer.turn([reason](IppKnobs& knobs) { knobs.reasons = {reason}; });
  };
  return choice_knob("state", {{"good", [warn] { warn("none"); }},
                               {"paper_low", [warn] { warn("media-low-warning"); }},
                               {"paper_out", [stop] { stop("media-empty-error"); }},
                               {"jam", [stop] { stop("media-jam-error"); }},
                               {"door", [stop] { stop("door-open-error"); }},
                               {"toner_out", [stop] { stop("toner-empty-error"); }}});
}

}  // namespace

Station receipt_printer_station(ReceiptPrinter& printer) {
  const auto paper = position("full");
  const auto cover = position("closed");
  const auto state = position("good");
  const auto plugged = std::make_shared<std::atomic<bool>>(true);
  const auto plug = [&printer, plugged](bool on) {
    on ? printer.plug_in() : printer.unplug();
    *plugged = on;
  };
  return {.name = "receipt_printer",
          .knobs = {remembering(paper, paper_knob(printer)), remembering(cover, cover_knob(printer)),
                    remembering(state, state_knob(printer)), switch_knob("plug", plug)},
          .state =
              [=, &printer] {
                return json{{"paper", paper->get()},           {"cover", cover->get()},
                            {"state", state->get()},           {"plugged", plugged->load()},
                            {"slips", printer.slips().size()}, {"complaints", printer.complaints()}};
              },
          .exhibit = [&printer](const std::string& name) -> std::optional<Exhibit> {
            const auto slips = printer.slips();
            const auto index = index_in(name, ".png", slips.size());
            if (!index) return std::nullopt;
            return Exhibit{"image/png", slips[*index].png()};
          }};
}

Station document_printer_station(IppResponder& printer) {
  const auto state = position("good");
  const auto plugged = std::make_shared<std::atomic<bool>>(true);
  const auto plug = [&printer, plugged](bool on) {
    on ? printer.plug_in() : printer.unplug();
    *plugged = on;
  };
  return {.name = "document_printer",
          .knobs = {remembering(state, document_state_knob(printer)), switch_knob("plug", plug)},
          .state =
              [=, &printer] {
                return json{{"state", state->get()},
                            {"plugged", plugged->load()},
                            {"documents", printer.jobs().size()},
                            {"complaints", printer.complaints()}};
              },
          .exhibit = [&printer](const std::string& name) -> std::optional<Exhibit> {
            const auto jobs = printer.jobs();
            const auto index = index_in(name, ".pdf", jobs.size());
            if (!index) return std::nullopt;
            return Exhibit{"application/pdf", jobs[*index].document};
          }};
}

std::string code_on(const Slip& slip) {
  Bytes grey(static_cast<std::size_t>(slip.width) * static_cast<std::size_t>(slip.height()), 0xff);
  for (int y = 0; y < slip.height(); ++y) {
    for (int x = 0; x < slip.width; ++x) {
      if (slip.black(x, y))
        grey[static_cast<std::size_t>(y) * static_cast<std::size_t>(slip.width) +
             static_cast<std::size_t>(x)] = 0;
    }
  }
  const ZXing::ImageView picture(grey.data(), slip.width, slip.height(), ZXing::ImageFormat::Lum);
  const auto hints = ZXing::DecodeHints().setFormats(ZXing::BarcodeFormat::QRCode).setTryHarder(true);
  const auto found = ZXing::ReadBarcode(picture, hints);
  return found.isValid() ? found.text() : std::string();
}

}  // namespace kiosk::lobby
