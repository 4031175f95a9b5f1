#pragma once
// 电子签名: strokes on the glass, bound to the exact document by its digest.

#include "firmware/session/session.hpp"

namespace kiosk::session {

/// Asks `signer` to sign `document` (its PDF). `went_back`, `cancelled`. Who cannot sign confirms with a
/// member of staff: then the strokes are empty and the evidence of the witness stands in the audit trail.
Result<hal::Signature> sign(Session& s, const hal::IdCard& signer, const PersonalBytes& document_pdf);

/// SHA-256 in hexadecimal.
std::string sha256(BytesView bytes);

/// Canonical JSON of the strokes: [[[x,y,ms],…],…], x and y with four decimals.
PersonalBytes strokes_json(const std::vector<Stroke>& strokes);

/// Whether it can be a signature at all: a tap or a dash is asked for again.
bool is_signature(const std::vector<Stroke>& strokes);

}  // namespace kiosk::session
