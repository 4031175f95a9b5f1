#include "tests/support/applications.hpp"

#include <gtest/gtest.h>

#include "tests/lobby/registry/cast.hpp"
#include "tests/lobby/registry/checks.hpp"

namespace kiosk::testing {
namespace {

Bytes bytes(std::string_view text) {
  return {text.begin(), text.end()};
}

hal::Signature signature(const std::string& document_sha256) {
  return {.strokes_json = PersonalBytes(bytes(R"([[[0.1,0.2,0],[0.3,0.4,16]]])")),
          .png = PersonalBytes(bytes("\x89PNG\r\n\x1a\n...")),
          .document_sha256 = document_sha256};
}

}  // namespace

hal::Applicant with_card(const std::string& person_id) {
  return {.card = lobby::person(person_id).card};
}

hal::Applicant checked(hal::Registry& registry, const std::string& person_id, const PersonalBytes& portrait) {
  auto applicant = with_card(person_id);
  const auto verdict = registry.verify_face(applicant.card, portrait, Wait::of(std::chrono::seconds(30)));
  EXPECT_TRUE(verdict && verdict->same_person);
  applicant.proof = hal::Applicant::Proof::card_and_face;
  if (verdict) applicant.evidence = verdict->evidence;
  return applicant;
}

hal::Application cancellation(const hal::Mortgage& mortgage, const hal::Applicant& applicant,
                              const std::vector<std::pair<std::string, hal::Applicant>>& others) {
  SystemRandom random;
  hal::Application application{.key = new_uuid(random),
                               .service = "mortgage_cancellation",
                               .mortgage_id = mortgage.id,
                               .mortgage_version = mortgage.version,
                               .applicant = applicant,
                               .other_owners = others,
                               .document_pdf = PersonalBytes(bytes("%PDF-1.5 application of " + mortgage.id)),
                               .asked_at = "2026-11-21T09:30:00+08:00"};
  const auto digest = lobby::sha256_hex(application.document_pdf.reveal());
  for (std::size_t i = 0; i <= others.size(); ++i) application.signatures.push_back(signature(digest));
  return application;
}

}  // namespace kiosk::testing
