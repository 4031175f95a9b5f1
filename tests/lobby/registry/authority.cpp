#include "tests/lobby/registry/authority.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "tests/lobby/registry/checks.hpp"
#include "tests/lobby/registry/face_match.hpp"
#include "tests/lobby/registry/slip_token.hpp"
#include "tests/lobby/registry/wire.hpp"

namespace kiosk::lobby {
namespace {

using namespace std::chrono_literals;
using Proof = hal::Applicant::Proof;

constexpr auto evidence_life = 30min;
constexpr int most_tries = 5;

}  // namespace

Bytes plain_portrait(const Person& person) {
  const auto text = "portrait of " + person.id;
  return Bytes(text.begin(), text.end());
}

Authority::Authority(Settings settings) : now_(std::move(settings.now)), ledger_(settings.database) {
  auto secret = ledger_.ask("SELECT value FROM secret WHERE name = 'slip token'");
  if (secret.next()) {
    token_key_ = secret.blob(0);
    return;
  }
  token_key_.resize(32);
  SystemRandom().fill(token_key_);
  seed(settings.portrait);
  ledger_.run("INSERT INTO secret VALUES ('slip token', ?)", token_key_);
}

void Authority::seed(const PortraitOf& portrait) {
  ledger_.run("BEGIN");
  for (const Person& person : people()) enrol(person.card, portrait(person));
  ledger_.run("INSERT INTO staff (badge, id, pin) VALUES (?, ?, ?)", staff().badge, staff().id, staff().pin);
  seed_entries();
  ledger_.run("COMMIT");
}

void Authority::begin_anew() {
  ledger_.run("BEGIN");
  for (const auto* table : {"mortgage", "owner", "evidence", "confirmed", "invited", "missed", "application",
                            "matter", "closed_service", "staff_call"})
    ledger_.run(fmt::format("DELETE FROM {}", table));
  seed_entries();
  ledger_.run("COMMIT");
}

void Authority::seed_entries() {
  int place = 0;
  for (const Deed& deed : deeds()) {
    const auto& id = deed.mortgage.id;
    ledger_.run("INSERT INTO mortgage (id, place, state, body) VALUES (?, ?, 'active', ?)", id, ++place,
                wire::to_json(deed.mortgage).dump());
    for (std::size_t i = 0; i < deed.owners.size(); ++i) {
      const auto& card = person(deed.owners[i]).card;
      const auto& number = card.number.reveal();
      const bool old = std::ranges::count(deed.under_old_number, deed.owners[i]) > 0;
      ledger_.run("INSERT INTO owner VALUES (?, ?, ?, ?)", id, fmt::format("{}-p{}", id, i + 1),
                  old ? number_before_1999(number) : number, card.name.reveal());
    }
  }
  for (const OldCase& old : old_cases(std::chrono::floor<std::chrono::days>(now() + 8h)))
    add_case(person(old.owner).card, old.progress);
}

void Authority::enrol(const hal::IdCard& card, const Bytes& portrait) {
  const std::lock_guard lock(mutex_);
  ledger_.run("INSERT OR REPLACE INTO person VALUES (?, ?, ?)", card.number.reveal(), card.name.reveal(),
              portrait);
}

void Authority::add_case(const hal::IdCard& owner, const hal::CaseProgress& progress) {
  const std::lock_guard lock(mutex_);
  ledger_.run(
      "INSERT INTO matter (number, place, owner, body) "
      "VALUES (?, (SELECT ifnull(max(place), 0) + 1 FROM matter), ?, ?)",
      progress.acceptance_number, owner.number.reveal(), wire::to_json(progress).dump());
}

// --- who asks
// ------------------------------------------------------------------------------------------------------

Result<void> Authority::check_card(const hal::IdCard& card, bool expired_too) const {
  if (!number_fits(card)) return fail(Errc::refused, "card_invalid: the number does not fit the card");
  auto today = wire::day(now());
  std::erase(today, '-');
  if (!expired_too && card.valid_to != "长期" && card.valid_to < today) {
    return fail(Errc::refused, "card_expired: the card is no longer valid");
  }
  return {};
}

Result<void> Authority::check_applicant(const hal::Applicant& applicant) const {
  TRY(check_card(applicant.card, false));
  if (applicant.proof == Proof::card_only)
    return fail(Errc::refused, "proof_too_weak: a face or staff check is needed");
  return check_evidence(applicant.card, applicant.proof, applicant.evidence);
}

Result<void> Authority::check_evidence(const hal::IdCard& card, Proof proof,
                                       const std::string& handle) const {
  auto rows = ledger_.ask("SELECT number, proof, made FROM evidence WHERE handle = ?", handle);
  if (!rows.next() || rows.text(0) != card.number.reveal() || rows.text(1) != wire::name_of(proof) ||
      now() - WallTime(milliseconds(rows.number(2))) > evidence_life) {
    return fail(Errc::refused, "evidence_unknown: not this person's, or too old");
  }
  return {};
}

std::string Authority::new_evidence(const hal::IdCard& card, Proof proof) {
  SystemRandom random;
  const auto handle = "ev-" + new_uuid(random);
  ledger_.run("INSERT INTO evidence VALUES (?, ?, ?, ?)", handle, card.number.reveal(), wire::name_of(proof),
              now().time_since_epoch().count());
  return handle;
}

Result<hal::FaceVerdict> Authority::verify_face(const hal::IdCard& card, const PersonalBytes& portrait_jpeg,
                                                const Wait&) {
  const std::lock_guard lock(mutex_);
  TRY(check_card(card, false));
  auto rows = ledger_.ask("SELECT portrait FROM person WHERE number = ?", card.number.reveal());
  if (!rows.next()) return fail(Errc::refused, "person_unknown: no picture to compare with");
  // Unlike a real registry, the chip's picture is not looked at: the lobby's cards carry none that could be
  // decoded.
  const auto alike = likeness(rows.blob(0), portrait_jpeg.reveal());
  if (!alike) return fail(Errc::refused, "portrait_unreadable: not a JPEG");
  hal::FaceVerdict verdict{.same_person = *alike >= same_face};
  if (verdict.same_person) verdict.evidence = new_evidence(card, Proof::card_and_face);
  return verdict;
}

Result<hal::StaffVerdict> Authority::verify_staff(const hal::IdCard& card, const PersonalText& badge,
                                                  const PersonalText& pin, const Wait&) {
  const std::lock_guard lock(mutex_);
  TRY(check_card(card, false));
  auto rows = ledger_.ask("SELECT id, pin, tries FROM staff WHERE badge = ?", badge.reveal());
  if (!rows.next()) return fail(Errc::refused, "staff_unknown: no such badge");
  if (rows.number(2) >= most_tries) return fail(Errc::busy, "staff_locked: too many tries");
  const bool right = rows.text(1) == pin.reveal();
  const std::string id = rows.text(0);
  ledger_.run("UPDATE staff SET tries = CASE WHEN ? THEN 0 ELSE tries + 1 END WHERE badge = ?", right ? 1 : 0,
              badge.reveal());
  if (!right) return fail(Errc::refused, "staff_pin_wrong: wrong PIN");
  return hal::StaffVerdict{.staff_id = id, .evidence = new_evidence(card, Proof::card_and_staff)};
}

// --- what is on the register
// ----------------------------------------------------------------------------------------

Result<hal::RegistryStatus> Authority::status(const Wait&) {
  const std::lock_guard lock(mutex_);
  hal::RegistryStatus status{.now = now(), .hall_name = "泉城市不动产登记中心（演示）"};
  auto rows = ledger_.ask("SELECT name FROM closed_service ORDER BY name");
  while (rows.next()) status.closed_services.push_back(rows.text(0));
  return status;
}

// --- cases
// ----------------------------------------------------------------------------------------------------------

hal::CaseProgress Authority::progress(const std::string& body, bool with_address) const {
  auto progress = wire::to_progress(wire::Json::parse(body));
  const bool finished = std::ranges::all_of(progress.stages, [](const hal::Stage& stage) {
    return stage.state != hal::StageState::current || stage.name == "collect";
  });
  progress.overdue = !finished && !progress.due_date.empty() && progress.due_date < wire::day(now());
  if (!with_address) progress.address = {};
  progress.slip_token = make_slip_token(token_key_, progress.acceptance_number, now() + 24h * 365);
  return progress;
}

Result<std::vector<hal::CaseProgress>> Authority::cases(const hal::Applicant& applicant, const Wait&) {
  const std::lock_guard lock(mutex_);
  TRY(check_card(applicant.card, true));
  auto rows = ledger_.ask("SELECT body FROM matter WHERE owner = ? ORDER BY place DESC",
                          applicant.card.number.reveal());
  std::vector<hal::CaseProgress> cases;
  while (rows.next()) cases.push_back(progress(rows.text(0), true));
  return cases;
}

Result<hal::CaseProgress> Authority::case_by_number(const std::string& acceptance_number, const Wait&) {
  const std::lock_guard lock(mutex_);
  auto rows = ledger_.ask("SELECT body FROM matter WHERE number = ?", acceptance_number);
  if (!rows.next()) return fail(Errc::not_present, "case_unknown: no such acceptance number");
  return progress(rows.text(0), false);
}

Result<hal::CaseProgress> Authority::case_by_token(const std::string& slip_token, const Wait& wait) {
  const auto number = read_slip_token(token_key_, slip_token, now());
  if (!number) return fail(Errc::not_present, "token_unknown: not ours, or expired");
  return case_by_number(*number, wait);
}

Result<void> Authority::rate(const std::string& acceptance_number, int level, const Wait&) {
  const std::lock_guard lock(mutex_);
  if (level < 1 || level > 5) return fail(Errc::refused, "invalid_request: five levels");
  auto rows = ledger_.ask("SELECT rating FROM matter WHERE number = ?", acceptance_number);
  if (!rows.next()) return fail(Errc::not_present, "case_unknown: no such acceptance number");
  if (rows.number(0) != 0) return fail(Errc::refused, "already_rated: once a case");
  ledger_.run("UPDATE matter SET rating = ? WHERE number = ?", level, acceptance_number);
  return {};
}

Result<std::string> Authority::call_staff(const std::string& reason, const Wait&) {
  const std::lock_guard lock(mutex_);
  ledger_.run("INSERT INTO staff_call (reason) VALUES (?)", reason);
  auto rows = ledger_.ask("SELECT max(number) FROM staff_call");
  rows.next();
  return fmt::format("HJ{:04}", rows.number(0));
}

Result<void> Authority::withdraw_call(const std::string& number, const Wait&) {
  const std::lock_guard lock(mutex_);
  auto rows = ledger_.ask("SELECT 1 FROM staff_call WHERE printf('HJ%04d', number) = ?", number);
  if (!rows.next()) return fail(Errc::not_present, "call_unknown: no such call");
  ledger_.run("UPDATE staff_call SET withdrawn = 1 WHERE printf('HJ%04d', number) = ?", number);
  return {};
}

// --- what the web page and the tests may change
// -----------------------------------------------------------------------

void Authority::decide(const std::string& mortgage_id, std::optional<hal::Decision> decision) {
  const std::lock_guard lock(mutex_);
  ledger_.run("UPDATE mortgage SET decision = ? WHERE id = ? OR ? = ''",
              decision ? wire::name_of(*decision) : std::string(), mortgage_id, mortgage_id);
}

void Authority::close_service(const std::string& service, bool closed) {
  const std::lock_guard lock(mutex_);
  if (closed) {
    ledger_.run("INSERT OR IGNORE INTO closed_service VALUES (?)", service);
  } else {
    ledger_.run("DELETE FROM closed_service WHERE name = ?", service);
  }
}

bool Authority::closed(const std::string& service) const {
  return ledger_.ask("SELECT 1 FROM closed_service WHERE name = ?", service).next();
}

// --- what it has recorded
// ---------------------------------------------------------------------------------------------

std::string Authority::cases_json(const std::string& acceptance_number) const {
  const std::lock_guard lock(mutex_);
  auto rows = ledger_.ask("SELECT record FROM application WHERE acceptance = ?", acceptance_number);
  return rows.next() ? rows.text(0) : "{}";
}

std::string Authority::latest_json() const {
  const std::lock_guard lock(mutex_);
  auto rows =
      ledger_.ask("SELECT record FROM application WHERE state = 'decided' ORDER BY place DESC LIMIT 1");
  return rows.next() ? rows.text(0) : "{}";
}

std::vector<std::string> Authority::acceptance_numbers() const {
  const std::lock_guard lock(mutex_);
  std::vector<std::string> numbers;
  auto rows = ledger_.ask("SELECT acceptance FROM application WHERE acceptance <> '' ORDER BY place");
  while (rows.next()) numbers.push_back(rows.text(0));
  return numbers;
}

std::size_t Authority::recorded() const {
  const std::lock_guard lock(mutex_);
  auto rows = ledger_.ask("SELECT count(*) FROM application WHERE state = 'decided'");
  rows.next();
  return static_cast<std::size_t>(rows.number(0));
}

std::string Authority::all_json() const {
  const std::lock_guard lock(mutex_);
  auto rows = ledger_.ask("SELECT record FROM application WHERE state = 'decided' ORDER BY place");
  auto all = wire::Json::array();
  while (rows.next()) all.push_back(wire::Json::parse(rows.text(0)));
  return all.dump(2);
}

}  // namespace kiosk::lobby
