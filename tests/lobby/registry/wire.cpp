#include "tests/lobby/registry/wire.hpp"

#include <stdexcept>
#include <utility>

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <openssl/evp.h>

namespace kiosk::lobby::wire {
namespace {

template <class E>
using Table = std::vector<std::pair<std::string, E>>;

template <class E>
std::string word(const Table<E>& table, E value) {
  for (const auto& [name, entry] : table) {
    if (entry == value) return name;
  }
  throw std::invalid_argument("not in the table");
}

template <class E>
E value(const Table<E>& table, const Json& json) {
  for (const auto& [name, entry] : table) {
    if (name == json.get<std::string>()) return entry;
  }
  throw std::invalid_argument("not in the table");
}

using Proof = hal::Applicant::Proof;
const Table<hal::Mortgage::Kind> mortgage_kinds{{"ordinary", hal::Mortgage::Kind::ordinary},
                                                {"maximum_amount", hal::Mortgage::Kind::maximum_amount}};
const Table<hal::RestrictionKind> restriction_kinds{
    {"seizure", hal::RestrictionKind::seizure},
    {"objection", hal::RestrictionKind::objection},
    {"right_of_residence", hal::RestrictionKind::right_of_residence},
    {"advance_notice", hal::RestrictionKind::advance_notice},
    {"ban", hal::RestrictionKind::ban},
    {"other", hal::RestrictionKind::other}};
const Table<hal::Decision> decisions{{"registered", hal::Decision::registered},
                                     {"accepted", hal::Decision::accepted},
                                     {"to_be_completed", hal::Decision::to_be_completed},
                                     {"refused", hal::Decision::refused}};
const Table<hal::StageState> stage_states{{"done", hal::StageState::done},
                                          {"current", hal::StageState::current},
                                          {"ahead", hal::StageState::ahead}};
const Table<hal::NextAction> next_actions{{"none", hal::NextAction::none},
                                          {"pay", hal::NextAction::pay},
                                          {"complete_documents", hal::NextAction::complete_documents},
                                          {"collect", hal::NextAction::collect}};
const Table<Proof> proofs{{"card_only", Proof::card_only},
                          {"card_and_face", Proof::card_and_face},
                          {"card_and_staff", Proof::card_and_staff}};
const Table<hal::CardKind> card_kinds{{"resident", hal::CardKind::resident},
                                      {"hk_mo_tw_permit", hal::CardKind::hk_mo_tw_permit},
                                      {"foreign_permanent_2017", hal::CardKind::foreign_permanent_2017},
                                      {"foreign_permanent_2023", hal::CardKind::foreign_permanent_2023}};

PersonalText personal(const Json& json) {
  return PersonalText(json.get<std::string>());
}

// A member that is left out when empty.
std::string optional_text(const Json& json, const char* name) {
  return json.value(name, std::string());
}

void put(Json& json, const char* name, const std::string& text) {
  if (!text.empty()) json[name] = text;
}

fmt::basic_runtime<char> pattern(const char* text) {
  return fmt::runtime(text);
}

std::string hall_time(WallTime time, const char* format) {
  const auto hall = std::chrono::floor<std::chrono::seconds>(time) + std::chrono::hours(8);
  return fmt::format(pattern(format), fmt::gmtime(std::chrono::system_clock::time_point(hall)));
}

}  // namespace

std::string name_of(hal::Decision decision) {
  return word(decisions, decision);
}
std::string name_of(Proof proof) {
  return word(proofs, proof);
}

std::string instant(WallTime time) {
  return fmt::format("{}.{:03}+08:00", hall_time(time, "{:%Y-%m-%dT%H:%M:%S}"),
                     time.time_since_epoch().count() % 1000);
}

std::string day(WallTime time) {
  return hall_time(time, "{:%Y-%m-%d}");
}

Json to_json(const hal::Mortgage& m) {
  Json json{{"id", m.id},
            {"version", m.version},
            {"kind", word(mortgage_kinds, m.kind)},
            {"address", m.address.reveal()},
            {"unit_code", m.unit_code.reveal()},
            {"title_number", m.title_number.reveal()},
            {"certificate_number", m.certificate_number.reveal()},
            {"owner_name", m.owner_name.reveal()},
            {"lender", m.lender},
            {"registered_on", m.registered_on},
            {"electronic_certificate", m.electronic_certificate},
            {"fee_fen", m.fee_fen},
            {"restrictions", Json::array()},
            {"other_owners", Json::array()}};
  put(json, "lender_phone", m.lender_phone);
  put(json, "open_case", m.open_case);
  if (m.amount_fen) json["amount_fen"] = *m.amount_fen;
  if (m.release) json["release"] = {{"reference", m.release->reference}, {"date", m.release->date}};
  for (const auto& r : m.restrictions) {
    json["restrictions"].push_back({{"kind", word(restriction_kinds, r.kind)},
                                    {"authority", r.authority},
                                    {"document", r.document},
                                    {"since", r.since}});
  }
  for (const auto& p : m.other_owners) {
    Json row{{"id", p.id}, {"masked_name", p.masked_name.reveal()}};
    if (p.agreed) row["agreed"] = true;
    json["other_owners"].push_back(row);
  }
  return json;
}

hal::Mortgage to_mortgage(const Json& json) {
  hal::Mortgage m{.id = json.at("id"),
                  .version = json.at("version"),
                  .kind = value(mortgage_kinds, json.at("kind")),
                  .address = personal(json.at("address")),
                  .unit_code = personal(json.at("unit_code")),
                  .title_number = personal(json.at("title_number")),
                  .certificate_number = personal(json.at("certificate_number")),
                  .owner_name = personal(json.at("owner_name")),
                  .lender = json.at("lender"),
                  .lender_phone = optional_text(json, "lender_phone"),
                  .registered_on = json.at("registered_on"),
                  .electronic_certificate = json.at("electronic_certificate"),
                  .fee_fen = json.at("fee_fen"),
                  .open_case = optional_text(json, "open_case")};
  if (json.contains("amount_fen")) m.amount_fen = json["amount_fen"].get<std::int64_t>();
  if (json.contains("release")) {
    m.release =
        hal::Release{.reference = json["release"].at("reference"), .date = json["release"].at("date")};
  }
  for (const auto& r : json.at("restrictions")) {
    m.restrictions.push_back({.kind = value(restriction_kinds, r.at("kind")),
                              .authority = r.at("authority"),
                              .document = r.at("document"),
                              .since = r.at("since")});
  }
  return m;
}

Json to_json(const hal::CaseProgress& p) {
  Json json{{"acceptance_number", p.acceptance_number},
            {"service", p.service},
            {"stages", Json::array()},
            {"overdue", p.overdue},
            {"next", word(next_actions, p.next)},
            {"defects", p.defects}};
  put(json, "address", p.address.reveal());
  put(json, "due_date", p.due_date);
  put(json, "slip_token", p.slip_token);
  for (const auto& stage : p.stages) {
    Json row{{"name", stage.name}, {"state", word(stage_states, stage.state)}};
    put(row, "date", stage.date);
    json["stages"].push_back(row);
  }
  return json;
}

hal::CaseProgress to_progress(const Json& json) {
  hal::CaseProgress p{.acceptance_number = json.at("acceptance_number"),
                      .service = json.at("service"),
                      .address = PersonalText(optional_text(json, "address")),
                      .due_date = optional_text(json, "due_date"),
                      .overdue = json.at("overdue"),
                      .next = value(next_actions, json.at("next")),
                      .defects = json.at("defects").get<std::vector<std::string>>()};
  for (const auto& row : json.at("stages")) {
    p.stages.push_back({row.at("name"), value(stage_states, row.at("state")), optional_text(row, "date")});
  }
  return p;
}

Json to_json(const hal::Reply& reply) {
  Json json{{"decision", name_of(reply.decision)},
            {"decided_at", reply.decided_at},
            {"certificate_status", reply.certificate_status}};
  put(json, "acceptance_number", reply.acceptance_number);
  put(json, "due_date", reply.due_date);
  put(json, "slip_token", reply.slip_token);
  put(json, "reason", reply.reason);
  put(json, "legal_basis", reply.legal_basis);
  put(json, "remedy", reply.remedy);
  if (!reply.defects.empty()) json["defects"] = reply.defects;
  return json;
}

hal::Reply to_reply(const Json& json) {
  return {.decision = value(decisions, json.at("decision")),
          .acceptance_number = optional_text(json, "acceptance_number"),
          .decided_at = json.at("decided_at"),
          .due_date = optional_text(json, "due_date"),
          .slip_token = optional_text(json, "slip_token"),
          .defects = json.value("defects", std::vector<std::string>()),
          .reason = optional_text(json, "reason"),
          .legal_basis = optional_text(json, "legal_basis"),
          .remedy = optional_text(json, "remedy"),
          .certificate_status = json.at("certificate_status")};
}

PersonalBytes to_bytes(const Json& base64) {
  const auto& text = base64.get_ref<const std::string&>();
  if (text.size() % 4 != 0) throw std::invalid_argument("base64");
  Bytes bytes(text.size() / 4 * 3);
  const int size = EVP_DecodeBlock(bytes.data(), reinterpret_cast<const unsigned char*>(text.data()),
                                   static_cast<int>(text.size()));
  if (size < 0) throw std::invalid_argument("base64");
  std::size_t padding = 0;
  while (padding < 2 && padding < text.size() && text[text.size() - 1 - padding] == '=') ++padding;
  bytes.resize(static_cast<std::size_t>(size) - padding);
  return PersonalBytes(std::move(bytes));
}

hal::IdCard to_card(const Json& json) {
  hal::IdCard card{.kind = value(card_kinds, json.at("kind")),
                   .name = personal(json.at("name")),
                   .english_name = PersonalText(optional_text(json, "english_name")),
                   .number = personal(json.at("number")),
                   .permit_number = PersonalText(optional_text(json, "permit_number")),
                   .valid_to = json.at("valid_to")};
  if (json.contains("raw_name")) card.raw_name = to_bytes(json["raw_name"]);
  if (json.contains("photo_wlt")) card.photo = to_bytes(json["photo_wlt"]);
  return card;
}

hal::Applicant to_applicant(const Json& json) {
  return {.card = to_card(json.at("card")),
          .proof = value(proofs, json.at("proof")),
          .evidence = optional_text(json, "evidence")};
}

hal::Application to_application(const Json& json, const std::string& key) {
  hal::Application application{.key = key,
                               .service = json.at("service"),
                               .mortgage_id = json.at("mortgage_id"),
                               .mortgage_version = json.at("mortgage_version"),
                               .applicant = to_applicant(json.at("applicant")),
                               .document_pdf = to_bytes(json.at("document_pdf")),
                               .asked_at = json.at("asked_at")};
  for (const auto& row : json.at("other_owners")) {
    application.other_owners.emplace_back(row.at("party_id").get<std::string>(),
                                          to_applicant(row.at("person")));
  }
  for (const auto& row : json.at("signatures")) {
    hal::Signature signature{.document_sha256 = row.at("document_sha256"),
                             .witness = row.value("witness", "")};
    if (signature.witness.empty()) {
      signature.strokes_json = to_bytes(row.at("strokes"));
      signature.png = to_bytes(row.at("png"));
    }
    application.signatures.push_back(std::move(signature));
  }
  return application;
}

}  // namespace kiosk::lobby::wire
