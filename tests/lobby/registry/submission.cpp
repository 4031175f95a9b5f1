// How the authority takes an application: exactly once a key, checked like at a window, decided by the rules.

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "tests/lobby/registry/authority.hpp"
#include "tests/lobby/registry/checks.hpp"
#include "tests/lobby/registry/slip_token.hpp"
#include "tests/lobby/registry/wire.hpp"

namespace kiosk::lobby {
namespace {

using namespace std::chrono_literals;
using hal::Decision;

bool is_key(std::string_view key) {
  if (key.size() != 36) return false;
  for (std::size_t i = 0; i < key.size(); ++i) {
    const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
    const char c = key[i];
    if (dash ? c != '-' : !((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) return false;
  }
  return true;
}

// What makes two applications under one key the same one.
std::string digest_of(const hal::Application& application) {
  std::string content = fmt::format("{}|{}|{}|{}|{}", application.service, application.mortgage_id,
                                    application.mortgage_version, application.applicant.card.number.reveal(),
                                    sha256_hex(application.document_pdf.reveal()));
  for (const auto& [party, owner] : application.other_owners)
    content += "|" + party + "=" + owner.card.number.reveal();
  for (const auto& signature : application.signatures) {
    content += "|" + sha256_hex(signature.strokes_json.reveal()) + sha256_hex(signature.png.reveal()) +
               signature.witness;
  }
  return sha256_hex(as_bytes(content));
}

Decision by_the_rules(const hal::Mortgage& mortgage) {
  const bool blocked = !mortgage.release || !mortgage.restrictions.empty() ||
                       mortgage.kind == hal::Mortgage::Kind::maximum_amount;
  return blocked ? Decision::refused : Decision::registered;
}

/// One person asks in two places: as one party named twice, or as the applicant and another owner.
bool somebody_asks_twice(const hal::Application& application) {
  std::set<std::string> parties, people{application.applicant.card.number.reveal()};
  return !std::ranges::all_of(application.other_owners, [&](const auto& entry) {
    return parties.insert(entry.first).second && people.insert(entry.second.card.number.reveal()).second;
  });
}

std::string reason_of(const hal::Mortgage& mortgage) {
  if (!mortgage.release) return "抵押权人尚未提交债权消灭或者同意注销的材料";
  if (!mortgage.restrictions.empty()) return "不动产被" + mortgage.restrictions.front().authority + "查封";
  if (mortgage.kind == hal::Mortgage::Kind::maximum_amount) return "最高额抵押权的债权尚未确定";
  return "申请不符合登记条件";
}

}  // namespace

Result<hal::Reply> Authority::submit(const hal::Application& application, const Wait&) {
  const std::lock_guard lock(mutex_);
  if (!is_key(application.key)) return fail(Errc::refused, "invalid_request: the key is not a UUID");
  const auto digest = digest_of(application);
  if (auto known = ledger_.ask("SELECT state, digest, reply FROM application WHERE key = ?", application.key);
      known.next()) {
    if (known.text(0) == "withdrawn")
      return fail(Errc::refused, "key_withdrawn: declared never received before");
    if (known.text(1) != digest) return fail(Errc::refused, "key_reused: another application has this key");
    return wire::to_reply(wire::Json::parse(known.text(2)));
  }
  if (application.service != "mortgage_cancellation")
    return fail(Errc::refused, "service_unknown: not taken here");
  if (closed(application.service)) return fail(Errc::refused, "service_closed: switched off by the city");
  TRY(check_applicant(application.applicant));
  const auto mortgage = TRY(owned(application.mortgage_id, application.applicant.card.number.reveal()));
  TRY(check_application(application, mortgage));

  auto reply = decide_on(application, mortgage);
  ledger_.run("BEGIN");
  open_matter(application, mortgage, reply);
  const wire::Json record{
      {"key", application.key},
      {"service", application.service},
      {"received_at", wire::instant(now())},
      {"applicant",
       {{"name", masked(application.applicant.card.name.reveal())},
        {"number", masked_number(application.applicant.card.number.reveal())},
        {"proof", wire::name_of(application.applicant.proof)}}},
      {"other_owners", application.other_owners.size()},
      {"signatures", application.signatures.size()},
      {"mortgage_id", application.mortgage_id},
      {"document_sha256", sha256_hex(application.document_pdf.reveal())},
      {"acceptance_number", reply.acceptance_number},
      {"reply", wire::to_json(reply)},
  };
  ledger_.run(
      "INSERT INTO application (key, state, digest, acceptance, reply, record) VALUES (?, 'decided', ?, ?, "
      "?, ?)",
      application.key, digest, reply.acceptance_number, wire::to_json(reply).dump(), record.dump(2));
  ledger_.run("COMMIT");
  return reply;
}

Result<void> Authority::check_application(const hal::Application& application,
                                          const hal::Mortgage& mortgage) const {
  if (mortgage.version != application.mortgage_version) {
    return fail(Errc::refused, "version_changed: the entry has changed since it was read");
  }
  if (!mortgage.open_case.empty())
    return fail(Errc::refused, "case_open: a cancellation is already under way");
  TRY(check_papers(application));
  for (std::size_t i = 0; i < application.signatures.size(); ++i) {
    const auto& signer = i == 0 ? application.applicant : application.other_owners[i - 1].second;
    const auto& witness = application.signatures[i].witness;
    if (!witness.empty()) TRY(check_evidence(signer.card, hal::Applicant::Proof::card_and_staff, witness));
  }
  return check_owners(application, mortgage);
}

Result<void> Authority::check_owners(const hal::Application& application,
                                     const hal::Mortgage& mortgage) const {
  if (somebody_asks_twice(application)) return fail(Errc::refused, "owner_twice: each asks once");
  const auto on_register = owners(mortgage.id);
  for (const hal::Party& party : mortgage.other_owners) {
    const auto stands =
        std::ranges::find(application.other_owners, party.id, [](const auto& entry) { return entry.first; });
    if (stands == application.other_owners.end() && party.agreed) continue;
    if (stands == application.other_owners.end())
      return fail(Errc::refused, "owner_missing: every owner must ask");
    TRY(check_applicant(stands->second));
    const auto owner = std::ranges::find(on_register, party.id, &Owner::party);
    if (!owner->confirmed || !same_person(owner->number, stands->second.card.number.reveal()))
      return fail(Errc::refused, "owner_unconfirmed: that owner was not confirmed");
  }
  for (const auto& [party, person] : application.other_owners) {
    if (std::ranges::find(mortgage.other_owners, party, &hal::Party::id) == mortgage.other_owners.end())
      return fail(Errc::refused, "owner_unknown: somebody who is not an owner");
  }
  return {};
}

hal::Reply Authority::decide_on(const hal::Application& application, const hal::Mortgage& mortgage) {
  auto knob = ledger_.ask("SELECT decision FROM mortgage WHERE id = ?", application.mortgage_id);
  knob.next();
  const auto wished = knob.text(0);
  hal::Reply reply{.decision = by_the_rules(mortgage)};
  for (const auto decision :
       {Decision::registered, Decision::accepted, Decision::to_be_completed, Decision::refused}) {
    if (wished == wire::name_of(decision)) reply.decision = decision;
  }
  reply.decided_at = wire::instant(now());
  reply.certificate_status = "unchanged";
  if (reply.decision == Decision::refused) {
    reply.reason = reason_of(mortgage);
    reply.legal_basis = "《不动产登记暂行条例》第二十二条";
    reply.remedy = "可以补齐材料后重新申请；不服的，可以自收到本告知书之日起六十日内申请行政复议";
    return reply;
  }
  reply.acceptance_number = new_acceptance_number();
  reply.slip_token = make_slip_token(token_key_, reply.acceptance_number, now() + 24h * 365);
  if (reply.decision == Decision::accepted) reply.due_date = wire::day(now() + 24h * 3);
  if (reply.decision == Decision::to_be_completed)
    reply.defects = {"抵押权人的同意注销材料缺少签章", "不动产登记证明需要交回"};
  if (reply.decision == Decision::registered && mortgage.electronic_certificate)
    reply.certificate_status = "cancelled";
  return reply;
}

std::string Authority::new_acceptance_number() {
  auto today = wire::day(now());
  std::erase(today, '-');
  auto rows = ledger_.ask("SELECT count(*) FROM matter WHERE number LIKE ?", today + "%");
  rows.next();
  return fmt::format("{}{:05}", today, rows.number(0) + 101);
}

// The case and the entry change together.
void Authority::open_matter(const hal::Application& application, const hal::Mortgage& mortgage,
                            const hal::Reply& reply) {
  if (reply.decision == Decision::refused) return;
  const bool registered = reply.decision == Decision::registered;
  const auto today = wire::day(now());
  hal::CaseProgress progress{.acceptance_number = reply.acceptance_number,
                             .service = application.service,
                             .address = mortgage.address,
                             .due_date = registered ? today : wire::day(now() + 24h * 3),
                             .defects = reply.defects};
  if (!reply.defects.empty()) progress.next = hal::NextAction::complete_documents;
  const std::size_t reached = registered ? 3 : 1;
  for (const auto* name : {"accepted", "review", "registered"}) {
    const auto i = progress.stages.size();
    const auto state = i < reached    ? hal::StageState::done
                       : i == reached ? hal::StageState::current
                                      : hal::StageState::ahead;
    progress.stages.push_back({name, state, i <= reached ? today : ""});
  }
  ledger_.run(
      "INSERT INTO matter (number, place, owner, body) VALUES (?, (SELECT 1 + max(place) FROM matter), ?, ?)",
      reply.acceptance_number, application.applicant.card.number.reveal(), wire::to_json(progress).dump());
  auto entry = mortgage;
  entry.other_owners.clear();
  if (!registered) entry.open_case = reply.acceptance_number;
  ledger_.run("UPDATE mortgage SET version = version + 1, state = ?, body = ? WHERE id = ?",
              registered ? "cancelled" : "active", wire::to_json(entry).dump(), mortgage.id);
}

Result<hal::Reply> Authority::outcome(const std::string& key, const Wait&) {
  const std::lock_guard lock(mutex_);
  if (!is_key(key)) return fail(Errc::refused, "invalid_request: the key is not a UUID");
  ledger_.run("INSERT OR IGNORE INTO application (key, state) VALUES (?, 'withdrawn')", key);
  auto rows = ledger_.ask("SELECT state, reply FROM application WHERE key = ?", key);
  rows.next();
  if (rows.text(0) == "withdrawn") {
    return fail(Errc::not_present, "never_received: and refused from now on");
  }
  return wire::to_reply(wire::Json::parse(rows.text(1)));
}

}  // namespace kiosk::lobby
