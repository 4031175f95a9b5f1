#include "firmware/app/configuration.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "drivers/catalog.hpp"
#include "firmware/domain/certificate_number.hpp"
#include "firmware/services/service.hpp"
#include "firmware/toml/tables.hpp"

namespace kiosk::app {

namespace {

using Reader = Result<void> (*)(Options&, Configuration&);

template <class T, std::size_t N>
T word(const std::string& chosen, const std::array<std::string_view, N>& words) {
  for (std::size_t i = 0; i < N; ++i) {
    if (words[i] == chosen) return static_cast<T>(i);
  }
  return T{};
}

Result<void> read_kiosk(Options& options, Configuration& configuration) {
  configuration.kiosk_id = TRY(options.text("id"));
  configuration.data = TRY(options.text("data"));
  return options.finish();
}

/// Whether certificate numbers can begin with these words: one that does reads back as it was written.
bool can_begin(const std::string& province, const std::string& authority) {
  const domain::CertificateNumber number{
      .province = province, .year = 2024, .authority = authority, .number = 1};
  const auto read = domain::CertificateNumber::parse(number.text());
  return read && *read == number && !authority.empty();
}

/// How the city writes certificate numbers: both words, or neither and no search by certificate.
Result<void> read_register(Options& options, Configuration& configuration) {
  auto& province = configuration.register_province;
  auto& authority = configuration.register_authority;
  province = TRY(options.text_or("register_province", ""));
  authority = TRY(options.text_or("register_authority", ""));
  if (province.empty() && authority.empty()) return {};
  if (!can_begin(province, "济南市"))
    return std::unexpected(options.refuse("register_province",
                                          "must be one character, \"鲁\" of 鲁（2024）济南市不动产权第…号"));
  if (!can_begin(province, authority))
    return std::unexpected(options.refuse(
        "register_authority", "must be the city's name alone, \"济南市\" of 鲁（2024）济南市不动产权第…号"));
  return {};
}

/// What acceptance numbers look like: some digits are left to be typed.
Result<void> read_numbers(Options& options, Configuration& configuration) {
  auto& prefix = configuration.number_prefix;
  prefix = TRY(options.text_or("number_prefix", ""));
  configuration.number_digits = TRY(options.number_or("number_digits", 6, 20, 12));
  const bool digits = std::ranges::all_of(prefix, [](char c) { return c >= '0' && c <= '9'; });
  if (digits && std::ssize(prefix) < configuration.number_digits) return {};
  return std::unexpected(options.refuse(
      "number_prefix", "must be digits, fewer than number_digits: what all numbers begin with"));
}

Result<void> read_hall(Options& options, Configuration& configuration) {
  auto& site = configuration.site;
  site.hall_name = TRY(options.text("name"));
  site.hours = TRY(options.text_or("hours", ""));
  site.phone = TRY(options.text("phone"));
  site.elsewhere = TRY(options.text("elsewhere"));
  TRY(read_register(options, configuration));
  configuration.invitations = TRY(options.flag_or("invitations", true));
  TRY(read_numbers(options, configuration));
  configuration.staff_pin_digits = TRY(options.number_or("staff_pin_digits", 6, 12, 8));
  return options.finish();
}

Result<void> read_panel(Options& options, Configuration& configuration) {
  auto& panel = configuration.site.panel;
  panel.width = TRY(options.number_or("width", 600, 4320, 1080));
  panel.height = TRY(options.number_or("height", 800, 7680, 1920));
  panel.diagonal_in = TRY(options.decimal_or("diagonal_in", 15, 65, 21.5));
  panel.bottom_mm = TRY(options.decimal_or("bottom_mm_above_floor", 300, 1200, 900));
  panel.view_mm = TRY(options.decimal_or("viewing_distance_mm", 300, 1200, 600));
  return options.finish();
}

Result<void> read_settings(Options& options, Configuration& configuration) {
  auto& defaults = configuration.site.defaults;
  const auto language = TRY(options.one_of("language", {"zh-CN", "en"}, "zh-CN"));
  const auto size =
      TRY(options.one_of("text_size", {"small", "standard", "large", "extra_large"}, "standard"));
  const auto theme = TRY(
      options.one_of("theme", {"standard", "contrast_dark", "contrast_light", "low_contrast"}, "standard"));
  defaults.language = language == "en" ? screens::Language::en : screens::Language::zh_cn;
  defaults.size = word<screens::TextSize>(
      size, std::array<std::string_view, 4>{"small", "standard", "large", "extra_large"});
  defaults.theme = word<screens::Theme>(
      theme, std::array<std::string_view, 4>{"standard", "contrast_dark", "contrast_light", "low_contrast"});
  defaults.low_reach = TRY(options.flag_or("low_reach", false));
  return options.finish();
}

Result<void> read_services(Options& options, Configuration& configuration) {
  configuration.services = TRY(options.texts("offered"));
  if (configuration.services.empty()) {
    return std::unexpected(options.refuse("offered", "must name at least one service"));
  }
  const auto& known = services::catalog();
  for (const auto& service : configuration.services) {
    if (std::ranges::find(known, service, &services::Service::id) == known.end()) {
      std::vector<std::string_view> ids;
      for (const auto& one : known) ids.push_back(one.id);
      return std::unexpected(options.refuse(
          "offered", fmt::format("\"{}\" is not known; allowed: {}", service, fmt::join(ids, ", "))));
    }
    if (std::ranges::count(configuration.services, service) > 1) {
      return std::unexpected(options.refuse("offered", fmt::format("\"{}\" stands twice", service)));
    }
    configuration.promised[service] = TRY(options.text_or("promised_" + service, ""));
  }
  return options.finish();
}

Result<void> read_audit(Options& options, Configuration& configuration) {
  configuration.audit_key = TRY(options.text_or("signing_key", ""));
  return options.finish();
}

/// Days. The least and the most are what an authority can want: no record outlives ten years, none is gone
/// before a citizen can come back for it.
Result<void> read_retention(Options& options, Configuration& configuration) {
  auto& rules = configuration.retention;
  const auto days = [&](const char* key, int least, int most, std::chrono::days& age) -> Result<void> {
    const auto count = TRY(options.number_or(key, least, most, static_cast<int>(age.count())));
    age = std::chrono::days(count);
    return {};
  };
  TRY(days("papers", 1, 30, rules.papers));
  TRY(days("paper_data", 1, 30, rules.paper_data));
  TRY(days("submissions", 30, 3650, rules.submissions));
  TRY(days("sessions", 7, 3650, rules.sessions));
  TRY(days("counters", 30, 3650, rules.counters));
  TRY(days("audit", 365, 3650, rules.audit));
  return options.finish();
}

constexpr std::array<std::pair<std::string_view, Reader>, 7> readers{{{"kiosk", read_kiosk},
                                                                      {"hall", read_hall},
                                                                      {"panel", read_panel},
                                                                      {"settings", read_settings},
                                                                      {"services", read_services},
                                                                      {"audit", read_audit},
                                                                      {"retention", read_retention}}};
constexpr std::array<std::string_view, 9> device_tables{"display",          "id_reader", "receipt_printer",
                                                        "document_printer", "camera",    "face",
                                                        "code_scanner",     "registry",  "store"};

std::vector<std::string_view> all_tables() {
  std::vector<std::string_view> all;
  for (const auto& [table, read] : readers) all.push_back(table);
  all.insert(all.end(), device_tables.begin(), device_tables.end());
  return all;
}

Result<Configuration> configuration_of(toml_tables::Tables tables) {
  Configuration configuration;
  for (const auto& [table, read] : readers) TRY(read(tables.at(std::string(table)), configuration));
  for (const auto table : device_tables) {
    configuration.devices.emplace(table, std::move(tables.at(std::string(table))));
  }
  return configuration;
}

}  // namespace

Result<Configuration> parse_configuration(std::string_view toml, const std::string& name) {
  auto tables = TRY(toml_tables::parse(toml, name, all_tables()));
  return configuration_of(std::move(tables));
}

Result<Configuration> read_configuration(const std::filesystem::path& file) {
  auto tables = TRY(toml_tables::read(file, all_tables()));
  return configuration_of(std::move(tables));
}

Result<void> check(const Configuration& configuration) {
  for (auto [table, options] : configuration.devices) TRY(drivers::check(table, options));
  return {};
}

}  // namespace kiosk::app
