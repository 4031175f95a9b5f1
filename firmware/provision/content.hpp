#pragma once
// What the city signs: settings for a machine, or the key that opens the data of one whose TPM forgot it.

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <variant>

#include "hal/base/clock.hpp"

namespace kiosk::provision {

constexpr std::size_t most_files = 64;
constexpr std::size_t most_bytes = 1024 * 1024;       ///< of all files together
constexpr std::size_t most_signed = 2 * 1024 * 1024;  ///< of the signed file: base64 and the signature on top

/// For every machine.
constexpr std::string_view any_machine = "any";

/// What every signed file says first.
struct Head {
  std::string machine;  ///< 32 lower-case hexadecimal digits, or any_machine
  WallTime expires;     ///< not taken from then on
  bool operator==(const Head&) const = default;
};

struct SettingsFile {
  std::string content;
  bool secret = false;  ///< a key: for the kiosk's programs alone
  bool operator==(const SettingsFile&) const = default;
};

/// The whole of /etc/kiosk: by path, "kiosk.toml" or "usb.d/10-chassis.conf".
struct Settings {
  Head head;
  std::int64_t sequence = 0;  ///< from 1; a machine takes only a higher one than it has
  std::string escrow;         ///< certificate (PEM) to which the machine encrypts its recovery key
  std::map<std::string, SettingsFile> files;
  bool operator==(const Settings&) const = default;
};

struct Recovery {
  Head head;  ///< of one machine: a key opens no other
  std::string key;
  bool operator==(const Recovery&) const = default;
};

using Content = std::variant<Settings, Recovery>;

/// Whether a file of that name may lie in the settings: a plain name, or one in usb.d or time.d. No name
/// leads out, hides, or is one of the machine's own.
bool may_be_named(std::string_view path);

/// Reads what was signed. `malformed`, with where: not in the form that write_content() gives it, a name that
/// may not be, more than the limits above, no kiosk.toml or no technicians.toml, an unknown or missing
/// member.
Result<Content> read_content(std::string_view text);

/// JSON that read_content() reads back as the same.
std::string write_content(const Content& content);

}  // namespace kiosk::provision
