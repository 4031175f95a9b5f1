#include "drivers/registry_http/requests.hpp"

#include <openssl/evp.h>

namespace kiosk::drivers::registry_http {
namespace {

WipingText base64(const PersonalBytes& bytes) {
  const auto& raw = bytes.reveal();
  WipingText text((raw.size() + 2) / 3 * 4 + 1, '\0');  // and the terminator that OpenSSL writes
  const int length = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()), raw.data(),
                                     static_cast<int>(raw.size()));
  text.resize(static_cast<std::size_t>(length));
  return text;
}

WipingText to_text(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string_view name_of(hal::CardKind kind) {
  switch (kind) {
    case hal::CardKind::resident:
      return "resident";
    case hal::CardKind::hk_mo_tw_permit:
      return "hk_mo_tw_permit";
    case hal::CardKind::foreign_permanent_2017:
      return "foreign_permanent_2017";
    case hal::CardKind::foreign_permanent_2023:
      return "foreign_permanent_2023";
  }
  std::unreachable();
}

std::string_view name_of(hal::Applicant::Proof proof) {
  switch (proof) {
    case hal::Applicant::Proof::card_only:
      return "card_only";
    case hal::Applicant::Proof::card_and_face:
      return "card_and_face";
    case hal::Applicant::Proof::card_and_staff:
      return "card_and_staff";
  }
  std::unreachable();
}

// The register knows a person by kind, number and name; the raw name settles rare characters.
Json card_json(const hal::IdCard& card) {
  Json json{{"kind", name_of(card.kind)},
            {"number", card.number.reveal()},
            {"name", card.name.reveal()},
            {"valid_to", card.valid_to}};
  if (!card.english_name.empty()) json["english_name"] = card.english_name.reveal();
  if (!card.permit_number.empty()) json["permit_number"] = card.permit_number.reveal();
  if (!card.raw_name.empty()) json["raw_name"] = base64(card.raw_name);
  return json;
}

Json applicant_json(const hal::Applicant& applicant) {
  Json json{{"card", card_json(applicant.card)}, {"proof", name_of(applicant.proof)}};
  if (!applicant.evidence.empty()) json["evidence"] = applicant.evidence;
  return json;
}

}  // namespace

WipingText face_request(const hal::IdCard& card, const PersonalBytes& portrait_jpeg) {
  Json json{{"card", card_json(card)}, {"portrait_jpeg", base64(portrait_jpeg)}};
  if (!card.photo.empty()) json["card"]["photo_wlt"] = base64(card.photo);
  return to_text(json);
}

WipingText staff_request(const hal::IdCard& card, const PersonalText& badge, const PersonalText& pin) {
  return to_text({{"card", card_json(card)}, {"badge", badge.reveal()}, {"pin", pin.reveal()}});
}

WipingText applicant_request(const hal::Applicant& applicant) {
  return to_text({{"applicant", applicant_json(applicant)}});
}

WipingText certificate_request(const hal::Applicant& applicant, const PersonalText& certificate_number) {
  return to_text(
      {{"applicant", applicant_json(applicant)}, {"certificate_number", certificate_number.reveal()}});
}

WipingText party_request(const std::string& mortgage_id, const std::string& party_id,
                         const hal::Applicant& person) {
  return to_text({{"mortgage_id", mortgage_id}, {"party_id", party_id}, {"person", applicant_json(person)}});
}

WipingText application_request(const hal::Application& application) {
  Json json{{"service", application.service},
            {"mortgage_id", application.mortgage_id},
            {"mortgage_version", application.mortgage_version},
            {"applicant", applicant_json(application.applicant)},
            {"other_owners", Json::array()},
            {"document_pdf", base64(application.document_pdf)},
            {"signatures", Json::array()},
            {"asked_at", application.asked_at}};
  for (const auto& [party_id, person] : application.other_owners) {
    json["other_owners"].push_back({{"party_id", party_id}, {"person", applicant_json(person)}});
  }
  for (const hal::Signature& signature : application.signatures) {
    Json row{{"document_sha256", signature.document_sha256}};
    if (signature.witness.empty()) {
      row["strokes"] = base64(signature.strokes_json);
      row["png"] = base64(signature.png);
    } else {
      row["witness"] = signature.witness;
    }
    json["signatures"].push_back(std::move(row));
  }
  return to_text(json);
}

WipingText one_text(std::string_view name, std::string_view value) {
  Json json = Json::object();
  json[WipingText(name)] = value;
  return to_text(json);
}

WipingText rating_request(const std::string& acceptance_number, int level) {
  return to_text({{"acceptance_number", acceptance_number}, {"level", level}});
}

}  // namespace kiosk::drivers::registry_http
