#pragma once
// JSON as update metadata are signed: one strict reader, and the one form in which a value is written to be
// signed.

#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

#include "hal/base/result.hpp"

namespace kiosk::update {

/// Objects keep their members in the order of their names' bytes. What read_json() gives holds no fractions.
using Json = nlohmann::json;

/// Reads a whole text. `malformed`, with where: not JSON, not UTF-8, a name twice in one object, a number
/// that is no whole number of 64 bits, deeper than 32. Two readers must never see two things in what one
/// signature covers.
Result<Json> read_json(std::string_view text);

/// The canonical form ("OLPC canonical JSON", wiki.laptop.org/go/Canonical_JSON, as TUF 1.0 section 4.1 names
/// it): no blanks, members sorted by name, in texts only \ and " escaped and every other byte as it is. A
/// fraction has no such form: a bug, it aborts.
std::string canonical(const Json& value);

}  // namespace kiosk::update
