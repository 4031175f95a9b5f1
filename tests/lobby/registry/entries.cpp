// The authority's register: mortgages, whose property they are on, and who of the owners has agreed.

#include <algorithm>

#include <fmt/format.h>

#include "tests/lobby/registry/authority.hpp"
#include "tests/lobby/registry/cast.hpp"
#include "tests/lobby/registry/checks.hpp"
#include "tests/lobby/registry/wire.hpp"

namespace kiosk::lobby {

namespace {

using namespace std::chrono_literals;

constexpr auto invitation_life = 24h * 7;

}  // namespace

std::vector<Authority::Owner> Authority::owners(const std::string& mortgage_id) const {
  std::vector<Owner> owners;
  auto rows = ledger_.ask(
      "SELECT party, number, name, agreed, EXISTS (SELECT 1 FROM confirmed WHERE confirmed.mortgage = "
      "owner.mortgage AND confirmed.party = owner.party) FROM owner LEFT JOIN invited USING (mortgage, "
      "party) "
      "WHERE mortgage = ? ORDER BY party",
      mortgage_id);
  while (rows.next())
    owners.push_back({.party = rows.text(0),
                      .number = rows.text(1),
                      .name = rows.text(2),
                      .agreed = rows.number(3) != 0,
                      .confirmed = rows.number(4) != 0});
  return owners;
}

Result<hal::Mortgage> Authority::owned(const std::string& mortgage_id, const std::string& number) const {
  auto rows =
      ledger_.ask("SELECT body, version FROM mortgage WHERE id = ? AND state = 'active'", mortgage_id);
  const auto all = owners(mortgage_id);
  const auto is_applicant = [&](const Owner& owner) { return same_person(owner.number, number); };
  const auto applicant = std::ranges::find_if(all, is_applicant);
  if (applicant == all.end() || !rows.next())
    return fail(Errc::refused, "mortgage_unknown: not on this person's property");
  auto mortgage = wire::to_mortgage(wire::Json::parse(rows.text(0)));
  mortgage.version = fmt::format("v{}", rows.number(1));
  mortgage.owner_name = PersonalText(applicant->name);
  for (const auto& owner : all) {
    if (is_applicant(owner)) continue;
    mortgage.other_owners.push_back(
        {.id = owner.party, .masked_name = PersonalText(masked(owner.name)), .agreed = owner.agreed});
  }
  return mortgage;
}

Result<std::vector<hal::Mortgage>> Authority::entries(const std::string& number, bool old_too) const {
  auto rows = ledger_.ask(
      "SELECT id, number FROM mortgage JOIN owner ON mortgage = id WHERE state = 'active' ORDER BY place");
  std::vector<hal::Mortgage> mortgages;
  while (rows.next()) {
    if (rows.text(1) != number && !(old_too && same_person(rows.text(1), number))) continue;
    auto mortgage = TRY(owned(rows.text(0), number));
    mortgages.push_back(std::move(mortgage));
  }
  return mortgages;
}

Result<std::vector<hal::Mortgage>> Authority::mortgages(const hal::Applicant& applicant, const Wait&) {
  const std::lock_guard lock(mutex_);
  TRY(check_applicant(applicant));
  return entries(applicant.card.number.reveal(), false);
}

Result<std::vector<hal::Mortgage>> Authority::mortgages_by_certificate(const hal::Applicant& applicant,
                                                                       const PersonalText& certificate_number,
                                                                       const Wait&) {
  const std::lock_guard lock(mutex_);
  TRY(check_applicant(applicant));
  const auto& number = applicant.card.number.reveal();
  const auto today = wire::day(now());
  const auto asked = certificate_of_either_kind(certificate_number.reveal());
  auto missed = ledger_.ask("SELECT count(*), sum(certificate = ?) FROM missed WHERE number = ? AND day = ?",
                            asked, number, today);
  missed.next();
  const bool tried_before = missed.number(1) > 0;  // as the other kind, or the answer was lost
  if (missed.number(0) >= most_misses && !tried_before)
    return fail(Errc::busy, "too_many_tries: no more numbers today");
  auto found = TRY(entries(number, true));
  std::erase_if(found, [&](const hal::Mortgage& mortgage) {
    const auto is_it = [&](const PersonalText& one) {
      return same_certificate(one.reveal(), certificate_number.reveal());
    };
    return !is_it(mortgage.certificate_number) && !is_it(mortgage.title_number);
  });
  ledger_.run(found.empty() ? "INSERT OR IGNORE INTO missed VALUES (?, ?, ?)"
                            : "DELETE FROM missed WHERE number = ? AND day = ? AND certificate = ?",
              number, today, asked);
  return found;
}

Result<void> Authority::confirm_party(const std::string& mortgage_id, const std::string& party_id,
                                      const hal::Applicant& person, const Wait&) {
  const std::lock_guard lock(mutex_);
  TRY(check_applicant(person));
  const auto all = owners(mortgage_id);
  const auto owner = std::ranges::find(all, party_id, &Owner::party);
  if (owner == all.end() || !same_person(owner->number, person.card.number.reveal()))
    return fail(Errc::refused, "not_this_party: another person");
  ledger_.run("INSERT OR IGNORE INTO confirmed VALUES (?, ?)", mortgage_id, party_id);
  return {};
}

Result<hal::Invitation> Authority::invite_party(const std::string& mortgage_id, const std::string& party_id,
                                                const hal::Applicant& applicant, const Wait&) {
  const std::lock_guard lock(mutex_);
  TRY(check_applicant(applicant));
  const auto& number = applicant.card.number.reveal();
  TRY(owned(mortgage_id, number));
  const auto all = owners(mortgage_id);
  const auto owner = std::ranges::find(all, party_id, &Owner::party);
  if (owner == all.end() || same_person(owner->number, number))
    return fail(Errc::refused, "owner_unknown: not an owner beside the applicant");
  const auto phone = phone_of(owner->number);
  if (phone.empty()) return fail(Errc::not_present, "phone_unknown: no number on the register");
  // An invitation that is still valid stays as it is: nobody gets two messages about one matter.
  ledger_.run(
      "INSERT INTO invited (mortgage, party, valid_to) VALUES (?, ?, ?) ON CONFLICT DO UPDATE "
      "SET valid_to = excluded.valid_to, messages = messages + 1 WHERE valid_to < ? AND NOT agreed",
      mortgage_id, party_id, wire::day(now() + invitation_life), wire::day(now()));
  auto invited =
      ledger_.ask("SELECT valid_to FROM invited WHERE mortgage = ? AND party = ?", mortgage_id, party_id);
  invited.next();
  return hal::Invitation{.masked_phone = PersonalText(masked_phone(phone)), .valid_to = invited.text(0)};
}

bool Authority::agree(const std::string& party_id) {
  const std::lock_guard lock(mutex_);
  return ledger_.run("UPDATE invited SET agreed = 1 WHERE party = ? AND valid_to >= ?", party_id,
                     wire::day(now())) > 0;
}

std::string Authority::invited_json() const {
  const std::lock_guard lock(mutex_);
  auto rows = ledger_.ask(
      "SELECT party, name, number, valid_to, agreed, messages FROM invited JOIN owner USING (mortgage, "
      "party) "
      "ORDER BY party");
  auto all = wire::Json::array();
  while (rows.next())
    all.push_back({{"party", rows.text(0)},
                   {"name", rows.text(1)},
                   {"phone", masked_phone(phone_of(rows.text(2)))},
                   {"valid_to", rows.text(3)},
                   {"agreed", rows.number(4) != 0},
                   {"messages", rows.number(5)}});
  return all.dump();
}

void Authority::set_release(const std::string& mortgage_id, std::optional<hal::Release> release) {
  const std::lock_guard lock(mutex_);
  auto rows = ledger_.ask("SELECT body FROM mortgage WHERE id = ?", mortgage_id);
  if (!rows.next()) return;
  auto mortgage = wire::to_mortgage(wire::Json::parse(rows.text(0)));
  mortgage.release = std::move(release);
  ledger_.run("UPDATE mortgage SET body = ?, version = version + 1 WHERE id = ?",
              wire::to_json(mortgage).dump(), mortgage_id);
}

}  // namespace kiosk::lobby
