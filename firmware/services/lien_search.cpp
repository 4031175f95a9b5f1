#include "firmware/services/lien_search.hpp"

#include <fmt/format.h>

#include "firmware/domain/certificate_number.hpp"
#include "firmware/services/misses.hpp"
#include "firmware/session/problem.hpp"
#include "screens/citizen/enter_certificate.hpp"
#include "screens/citizen/no_liens.hpp"

namespace kiosk::services {

using namespace session;
using screens::EnterCertificate;
using What = screens::Working::What;
using Liens = std::vector<hal::Mortgage>;

namespace {

Result<void> note_shown(Session& s, const Liens& liens, std::string_view by) {
  return s.note("mortgages.shown",
                {{"count", static_cast<std::int64_t>(liens.size())}, {"by", std::string(by)}});
}

/// People hold a title, or the proof of the mortgage; the year and the digits look alike on both. Whichever
/// is meant, only what is theirs comes back.
Result<Liens> of_certificate(Session& s, const hal::Applicant& person, const EnterCertificate::Answer& typed,
                             const Wait& wait) {
  domain::CertificateNumber certificate{.province = s.office.register_province,
                                        .year = typed.year,
                                        .authority = s.office.register_authority,
                                        .kind = domain::CertificateKind::title,
                                        .number = typed.number};
  auto found = TRY(s.registry.mortgages_by_certificate(person, PersonalText(certificate.text()), wait));
  if (!found.empty()) return found;
  certificate.kind = domain::CertificateKind::proof;
  return s.registry.mortgages_by_certificate(person, PersonalText(certificate.text()), wait);
}

Result<Liens> by_certificate(Session& s, const hal::Applicant& person, Misses& misses) {
  EnterCertificate page{
      .province = s.office.register_province, .authority = s.office.register_authority, .not_found = {}};
  for (;;) {
    const auto typed = TRY(s.ui.ask(page, s.wait));
    auto found =
        ask_registry(s, What::asking_registry,
                     [&](const Wait& wait) { return of_certificate(s, person, typed, wait); }, {Errc::busy});
    if (!found && found.error().code == Errc::busy)
      return std::unexpected(explain_and_end(s, Fault::asked_too_often, found.error()));
    auto liens = TRY(std::move(found));
    TRY(note_shown(s, liens, "certificate"));
    if (!liens.empty()) return liens;
    page.not_found = PersonalText(fmt::format("{} {:07}", typed.year, typed.number));
    TRY(misses.add(s, page));
  }
}

/// What it can mean that the register shows none; and the other way, where the kiosk knows how its city
/// writes certificate numbers.
Result<Liens> explain_none(Session& s, const hal::Applicant& person) {
  const screens::NoLiens page{.can_search = !s.office.register_authority.empty()};
  Misses misses;
  return repeat_on_back([&]() -> Result<Liens> {
    const auto answer = TRY(s.ui.ask(page, s.wait, Back::none));
    if (answer == screens::NoLiens::Answer::by_certificate) return by_certificate(s, person, misses);
    return Liens();
  });
}

}  // namespace

Result<Liens> find_liens(Session& s, const hal::Applicant& person) {
  auto found = ask_registry(s, What::asking_registry,
                            [&](const Wait& wait) { return s.registry.mortgages(person, wait); });
  auto liens = TRY(std::move(found));
  TRY(note_shown(s, liens, "person"));
  if (liens.empty()) return explain_none(s, person);
  return liens;
}

}  // namespace kiosk::services
