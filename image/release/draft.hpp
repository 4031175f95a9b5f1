#pragma once
// A document on its way: written once, then signed by one keyholder after the other, each on a machine of
// their own.

#include <filesystem>
#include <string>

#include "firmware/records/signing_key.hpp"
#include "firmware/update/json.hpp"
#include "firmware/update/metadata.hpp"

namespace kiosk::release {

using update::Json;
using update::Role;

/// The "signed" part of a new document. `expires`: "2027-08-01T00:00:00Z".
Json new_document(Role role, std::int64_t version, const std::string& expires);

/// The file's text: the document, nobody's signature yet.
std::string draft_of(const Json& document);

/// Adds a signature to the file, or replaces that of the same key. `malformed` it is no document; `storage`.
Result<void> sign(const std::filesystem::path& file, const records::SigningKey& key);

/// What a keyholder should read before signing: role, version, expiry, and for a root who may do what, for
/// targets every file with its release. `malformed`.
Result<std::string> describe(std::string_view text);

}  // namespace kiosk::release
