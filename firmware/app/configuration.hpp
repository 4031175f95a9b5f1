#pragma once
// The kiosk's one configuration file, TOML. README "where a city's settings live" lists every table and key.

#include <filesystem>
#include <map>
#include <string>

#include "firmware/records/retention.hpp"
#include "firmware/shell/state.hpp"
#include "hal/base/options.hpp"

namespace kiosk::app {

/// The file in parts: what the program itself needs, and one table a device for drivers/catalog.
struct Configuration {
  std::string kiosk_id;             ///< "K3": on slips, in the audit trail, in incident numbers
  std::filesystem::path data;       ///< folder for the audit trail
  std::filesystem::path audit_key;  ///< Ed25519 key that signs the audit trail's heads; empty: unsigned
  records::Retention retention;
  shell::Site site;
  std::string number_prefix;  ///< what all acceptance numbers begin with
  int number_digits = 12;     ///< digits of a whole acceptance number
  /// "鲁" and "济南市" of 鲁（2024）济南市不动产权第…号; empty: nobody can be asked for such a number.
  std::string register_province, register_authority;
  bool invitations = true;  ///< the registry invites absent owners by message
  int staff_pin_digits = 8;
  std::map<std::string, std::string> promised;  ///< service id → promised time in the city's words
  Options::Texts services;                      ///< ids in the order of the menu
  std::map<std::string, Options> devices;       ///< "display", "id_reader", ... : each with its own keys
};

/// Reads the file and checks all but the device tables. `storage` cannot be read, `malformed` with file,
/// line, key and what is allowed.
Result<Configuration> read_configuration(const std::filesystem::path& file);

/// The same from text already in memory; `name` is for messages.
Result<Configuration> parse_configuration(std::string_view toml, const std::string& name);

/// Checks the device tables, and makes no device. `malformed` as above.
Result<void> check(const Configuration& configuration);

}  // namespace kiosk::app
