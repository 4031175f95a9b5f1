#include "firmware/session/sign.hpp"

#include <array>
#include <cmath>

#include <fmt/format.h>
#include <openssl/evp.h>

#include "firmware/documents/papers.hpp"
#include "firmware/domain/masks.hpp"
#include "firmware/session/staff.hpp"
#include "screens/citizen/sign.hpp"

namespace kiosk::session {

std::string sha256(BytesView bytes) {
  std::array<std::uint8_t, 32> digest{};
  unsigned length = 0;
  EVP_Digest(bytes.data(), bytes.size(), digest.data(), &length, EVP_sha256(), nullptr);
  return to_hex(digest);
}

PersonalBytes strokes_json(const std::vector<Stroke>& strokes) {
  std::string json = "[";
  for (const auto& stroke : strokes) {
    json += json.size() > 1 ? ",[" : "[";
    for (std::size_t i = 0; i < stroke.size(); ++i) {
      json += fmt::format("{}[{:.4f},{:.4f},{}]", i > 0 ? "," : "", stroke[i].x, stroke[i].y, stroke[i].ms);
    }
    json += ']';
  }
  json += ']';
  const auto bytes = as_bytes(json);
  PersonalBytes personal(Bytes(bytes.begin(), bytes.end()));
  wipe(json);
  return personal;
}

bool is_signature(const std::vector<Stroke>& strokes) {
  // At least half the box's width of ink in all: shorter than that is no name.
  double length = 0;
  for (const auto& stroke : strokes) {
    for (std::size_t i = 1; i < stroke.size(); ++i) {
      length += std::hypot(stroke[i].x - stroke[i - 1].x, stroke[i].y - stroke[i - 1].y);
    }
  }
  return length >= 0.5;
}

Result<hal::Signature> sign(Session& s, const hal::IdCard& signer, const PersonalBytes& document_pdf) {
  const ActingAs themselves(s, domain::mask_name(signer.name));
  const auto digest = sha256(document_pdf.reveal());
  screens::Sign page{.masked_name = PersonalText(domain::mask_name(signer.name)),
                     .document = s.service + ".form"};
  for (;;) {
    const auto answer = TRY(s.ui.ask(page, s.wait));
    if (answer.kind == screens::Sign::Answer::Kind::cannot_sign) {
      auto witness = witness_by_staff(s, signer);
      // Nobody came, or the badge page was left: the pad is there again.
      if (!witness && (witness.error().code == Errc::not_present || witness.error().code == Errc::went_back))
        continue;
      const auto verdict = TRY(std::move(witness));
      const ActingAs staff(s, verdict.staff_id);
      TRY(s.note("form.confirmed_by_staff", {{"sha256", digest}, {"evidence", verdict.evidence}},
                 records::Role::staff));
      return hal::Signature{.document_sha256 = digest, .witness = verdict.evidence};
    }
    if (!is_signature(answer.strokes)) {
      page.too_little_before = true;
      continue;
    }
    TRY(s.note("form.signed", {{"sha256", digest}}));
    return hal::Signature{.strokes_json = strokes_json(answer.strokes),
                          .png = documents::signature_png(answer.strokes),
                          .document_sha256 = digest};
  }
}

}  // namespace kiosk::session
