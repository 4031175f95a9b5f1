#include "drivers/rauc/installer.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <memory>
#include <optional>
#include <string>

#include <fmt/format.h>
#include <systemd/sd-bus.h>

#include "hal/base/freed.hpp"

namespace kiosk::drivers::rauc {
namespace {

using namespace std::chrono_literals;

constexpr const char* service = "de.pengutronix.rauc";
constexpr const char* object = "/";
constexpr const char* interface = "de.pengutronix.rauc.Installer";
constexpr auto look_every = 250ms;

using Bus = std::unique_ptr<sd_bus, Freed<sd_bus_flush_close_unref>>;
using Match = std::unique_ptr<sd_bus_slot, Freed<sd_bus_slot_unref>>;
using Message = std::unique_ptr<sd_bus_message, Freed<sd_bus_message_unref>>;

struct BusError {
  sd_bus_error error = SD_BUS_ERROR_NULL;
  BusError() = default;
  BusError(const BusError&) = delete;
  BusError& operator=(const BusError&) = delete;
  ~BusError() { sd_bus_error_free(&error); }
  std::string words(int code) const {
    return error.message != nullptr ? error.message : std::generic_category().message(-code);
  }
};

std::unexpected<Error> silent(std::string_view why) {
  return fail(Errc::unreachable, fmt::format("installer: {}", why));
}

/// What RAUC says when it did not install. Its words are all there is to go by.
std::unexpected<Error> judged(const std::string& words) {
  constexpr std::array<std::pair<std::string_view, Errc>, 8> known{{
      {"handler", Errc::refused},    // the check that stands between
      {"ompatible", Errc::refused},  // for other machines
      {"signature", Errc::refused},
      {"certificate", Errc::refused},
      {"checksum", Errc::malformed},
      {"read", Errc::malformed},  // dm-verity found a wrong block, or the file ends too early
      {"squashfs", Errc::malformed},
      {"mount", Errc::malformed},
  }};
  for (const auto& [word, code] : known) {
    if (words.contains(word)) return fail(code, "installer: " + words);
  }
  return fail(Errc::storage, "installer: " + words);
}

int completed(sd_bus_message* message, void* result, sd_bus_error* /*error*/) {
  int value = 1;
  sd_bus_message_read(message, "i", &value);
  *static_cast<std::optional<int>*>(result) = value;
  return 0;
}

Result<std::string> property(sd_bus* bus, const char* name) {
  BusError error;
  char* text = nullptr;
  const int got = sd_bus_get_property_string(bus, service, object, interface, name, &error.error, &text);
  if (got < 0) return silent(error.words(got));
  const std::unique_ptr<char, Freed<std::free>> owned(text);
  return std::string(text);
}

/// Percent of the whole, as RAUC counts it.
std::optional<int> percent(sd_bus* bus) {
  BusError error;
  sd_bus_message* answer = nullptr;
  if (sd_bus_get_property(bus, service, object, interface, "Progress", &error.error, &answer, "(isi)") < 0)
    return {};
  const Message owned(answer);
  int value = 0;
  const char* step = nullptr;
  int depth = 0;
  return sd_bus_message_read(answer, "(isi)", &value, &step, &depth) > 0 ? std::optional(value)
                                                                         : std::nullopt;
}

Result<void> begin(sd_bus* bus, const std::filesystem::path& bundle) {
  BusError error;
  const auto path = std::filesystem::absolute(bundle);
  const int begun = sd_bus_call_method(bus, service, object, interface, "InstallBundle", &error.error,
                                       nullptr, "sa{sv}", path.c_str(), 0);
  if (begun >= 0) return {};
  const auto words = error.words(begun);
  if (words.contains("already processing")) return fail(Errc::busy, "installer: " + words);
  return silent(words);
}

}  // namespace

Result<void> install(const std::filesystem::path& bundle, const hal::Slots::OnProgress& progress,
                     const Wait& wait) {
  TRY(wait.check());
  sd_bus* opened = nullptr;
  if (const int code = sd_bus_open_system(&opened); code < 0)
    return silent(std::generic_category().message(-code));
  const Bus bus(opened);
  std::optional<int> result;
  sd_bus_slot* matched = nullptr;
  const int watching =
      sd_bus_match_signal(bus.get(), &matched, service, object, interface, "Completed", completed, &result);
  if (watching < 0) return silent(std::generic_category().message(-watching));
  const Match match(matched);
  TRY(begin(bus.get(), bundle));

  int furthest = 0;
  bool was_idle = false;
  while (!result) {
    const int done = sd_bus_process(bus.get(), nullptr);
    if (done < 0) return silent(std::generic_category().message(-done));
    if (done > 0) continue;
    TRY(wait.check());
    furthest = std::clamp(percent(bus.get()).value_or(0) * 10, furthest, 999);
    progress(furthest);
    // One that died was started anew by the bus, and knows of nothing.
    const auto operation = TRY(property(bus.get(), "Operation"));
    const bool idle = operation == "idle";
    if (idle && was_idle && !result) return silent("it ended without a word");
    was_idle = idle;
    sd_bus_wait(bus.get(), std::chrono::microseconds(look_every).count());
  }
  if (*result == 0) return {};
  const auto words = TRY(property(bus.get(), "LastError"));
  return judged(words);
}

}  // namespace kiosk::drivers::rauc
