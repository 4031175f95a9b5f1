#include "firmware/updater/service/configuration.hpp"

#include <array>
#include <charconv>
#include <optional>
#include <system_error>

#include <fmt/format.h>

#include "firmware/toml/tables.hpp"
#include "hal/base/file.hpp"

namespace kiosk::updater {
namespace {

using std::chrono::minutes;

constexpr std::array<std::string_view, 6> tables{"update", "release_mirror", "store",
                                                 "slots",  "citizens_side",  "power"};

/// "HH:MM" from 00:00 to 23:59.
std::optional<minutes> time_of_day(std::string_view text) {
  const auto two_digits = [](std::string_view part, int most) -> std::optional<int> {
    int value = 0;
    const auto [end, error] = std::from_chars(part.data(), part.data() + part.size(), value);
    if (part.size() != 2 || error != std::errc() || end != part.data() + 2 || value < 0 || value > most)
      return std::nullopt;
    return value;
  };
  if (text.size() != 5 || text[2] != ':') return std::nullopt;
  const auto hours = two_digits(text.substr(0, 2), 23);
  const auto rest = two_digits(text.substr(3), 59);
  if (!hours || !rest) return std::nullopt;
  return minutes(*hours * 60 + *rest);
}

Result<void> read_window(Options& update, Window& window) {
  const auto text = TRY(update.text_or("window", "01:00-05:00"));
  const auto dash = std::min(text.find('-'), text.size());
  const auto opens = time_of_day(std::string_view(text).substr(0, dash));
  const auto closes = time_of_day(std::string_view(text).substr(std::min(dash + 1, text.size())));
  if (!opens || !closes) {
    return std::unexpected(update.refuse("window", "must be two times of the day, as in \"01:00-05:00\""));
  }
  const auto offset = TRY(update.text_or("utc_offset", "+08:00"));
  const auto span = offset.empty() ? std::nullopt : time_of_day(std::string_view(offset).substr(1));
  if (!span || *span > minutes(14 * 60) || (offset[0] != '+' && offset[0] != '-')) {
    return std::unexpected(
        update.refuse("utc_offset", "must be from \"-14:00\" to \"+14:00\", as in \"+08:00\""));
  }
  window = {.opens = *opens, .closes = *closes, .utc_offset = offset[0] == '-' ? -*span : *span};
  return {};
}

Result<void> read_update(Options& update, Configuration& configuration) {
  configuration.rules.kiosk = TRY(update.text("kiosk"));
  configuration.rules.compatible = TRY(update.text("compatible"));
  configuration.place.folder = TRY(update.text("data"));
  configuration.root_file = TRY(update.text("root"));
  configuration.rules.ring = TRY(update.number_or("ring", 0, update::last_ring, update::last_ring));
  TRY(read_window(update, configuration.rules.window));
  const auto quiet = TRY(update.number_or("quiet_minutes", 0, 240, 15));
  configuration.rules.quiet = minutes(quiet);
  const auto poll = TRY(update.number_or("poll_minutes", 10, 1440, 60));
  configuration.place.poll_every = minutes(poll);
  const auto keep_free = TRY(update.number_or("keep_free_mb", 64, 1'000'000, 512));
  configuration.place.keep_free = std::int64_t{keep_free} << 20;
  return update.finish();
}

Result<Configuration> configuration_of(toml_tables::Tables& all) {
  Configuration configuration;
  TRY(read_update(all.at("update"), configuration));
  configuration.release_mirror = all.at("release_mirror");
  configuration.store = all.at("store");
  configuration.slots = all.at("slots");
  configuration.citizens_side = all.at("citizens_side");
  configuration.power = all.at("power");
  return configuration;
}

}  // namespace

Result<Configuration> parse_configuration(std::string_view toml, const std::string& name) {
  auto all = TRY(toml_tables::parse(toml, name, tables));
  return configuration_of(all);
}

Result<Configuration> read_configuration(const std::filesystem::path& file) {
  auto all = TRY(toml_tables::read(file, tables));
  return configuration_of(all);
}

Result<void> read_shipped(Configuration& configuration) {
  configuration.place.shipped_root = TRY(read_file(configuration.root_file, 1 << 20));
  std::error_code error;
  const auto time = std::filesystem::last_write_time(configuration.root_file, error);
  if (error) return fail(Errc::storage, configuration.root_file.string() + ": " + error.message());
  configuration.place.built =
      std::chrono::floor<std::chrono::milliseconds>(std::chrono::file_clock::to_sys(time));
  return {};
}

}  // namespace kiosk::updater
