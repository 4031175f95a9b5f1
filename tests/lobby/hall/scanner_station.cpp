#include <charconv>

#include "tests/lobby/hall/stations.hpp"
#include "tests/lobby/registry/cast.hpp"

namespace kiosk::lobby {

using nlohmann::json;

namespace {

Result<void> show(SerialScanner& scanner, const std::string& code) {
  if (!scanner.plugged()) return fail(Errc::refused, "the scanner is unplugged");
  scanner.show(code);
  return {};
}

}  // namespace

Station scanner_station(SerialScanner& scanner, const ReceiptPrinter& printer) {
  const auto show_slip = [&](const std::string& number) -> Result<void> {
    const auto slips = printer.slips();
    std::size_t which = 0;
    std::from_chars(number.data(), number.data() + number.size(), which);
    if (which < 1 || which > slips.size()) return fail(Errc::refused, "there is no slip " + number);
    const auto code = code_on(slips[which - 1]);
    if (code.empty()) return fail(Errc::refused, "slip " + number + " has no code that can be read");
    return show(scanner, code);
  };
  return {.name = "scanner",
          .knobs = {{"show", [&](const std::string& code) { return show(scanner, code); }},
                    {"slip", show_slip},
                    switch_knob("plug", [&](bool on) { on ? scanner.plug() : scanner.unplug(); })},
          .state = [&] {
            auto slips = json::array();
            for (std::size_t i = printer.slips().size(); i > 0; --i) slips.push_back(i);
            return json{{"plugged", scanner.plugged()},
                        {"slips", slips},
                        {"codes", {{{"label", "Staff badge 工牌"}, {"code", staff().badge}}}},
                        {"pin", staff().pin}};
          }};
}

}  // namespace kiosk::lobby
