#pragma once
// What a registration authority checks before it believes anything: numbers, names, papers.

#include <string>
#include <string_view>

#include "hal/registry.hpp"

namespace kiosk::lobby {

/// Whether the number has the form of its card and, where there is one, the right check digit (GB 11643).
bool number_fits(const hal::IdCard& card);

/// "张*", "孙*丽", "M*": what others may see of a name.
std::string masked(const std::string& name);

/// "139****0052".
std::string masked_phone(const std::string& phone);

/// "370102********0018".
std::string masked_number(const std::string& number);

/// The 15 digits that a citizen born in the 20th century had before 1999: old entries still have them. Empty:
/// there never were any.
std::string number_before_1999(const std::string& number);

/// Whether an entry's number is this person's: the one on the card, or the one that they had before 1999.
bool same_person(const std::string& on_register, const std::string& on_card);

/// Whether two spellings mean one certificate: bracket widths, blanks and leading zeros do not count.
bool same_certificate(std::string_view one, std::string_view other);

/// What is left of a certificate number when neither its spelling nor its kind counts: a title and a mortgage
/// certificate of the same office, year and number have the same.
std::string certificate_of_either_kind(std::string_view certificate);

/// Whether the signatures belong to the document: a PDF, as many signatures as signers, each with strokes, a
/// PNG and the document's SHA-256. `refused` names the rule: document_invalid, signature_missing,
/// signature_invalid, document_digest_mismatch.
Result<void> check_papers(const hal::Application& application);

std::string sha256_hex(BytesView bytes);

}  // namespace kiosk::lobby
