#pragma once
// A TOML file as the tables that whoever configures a part of the kiosk reads.

#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <string_view>

#include "hal/base/options.hpp"

namespace kiosk::toml_tables {

/// By name; every one of `known` is there, those that the text lacks without entries.
using Tables = std::map<std::string, Options, std::less<>>;

/// `malformed` with file, line and what is allowed: no TOML, a table that is not known, a value that is
/// neither a text, a number, true, false nor a list of texts. `name` is for messages.
Result<Tables> parse(std::string_view text, const std::string& name, std::span<const std::string_view> known);

/// One text of a file whose tables are somebody else's: [table] key; empty when it is not there. `malformed`:
/// no TOML.
Result<std::string> text_at(std::string_view text, const std::string& name, std::string_view table,
                            std::string_view key);

/// Tables from a file of at most 1 MiB. `storage`: it cannot be read.
Result<Tables> read(const std::filesystem::path& file, std::span<const std::string_view> known);

}  // namespace kiosk::toml_tables
