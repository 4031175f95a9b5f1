#include "firmware/records/reply_json.hpp"

#include <array>

#include <nlohmann/json.hpp>

namespace kiosk::records {

namespace {

using nlohmann::json;

// Stable names: they stand in databases of kiosks in the field.
constexpr std::array<std::pair<hal::Decision, const char*>, 4> decisions{{
    {hal::Decision::registered, "registered"},
    {hal::Decision::accepted, "accepted"},
    {hal::Decision::to_be_completed, "to_be_completed"},
    {hal::Decision::refused, "refused"},
}};

/// Every text of a reply under its name, for both directions.
template <class Reply, class Visit>
void each_text(Reply& reply, Visit visit) {
  visit("acceptance_number", reply.acceptance_number);
  visit("decided_at", reply.decided_at);
  visit("due_date", reply.due_date);
  visit("slip_token", reply.slip_token);
  visit("reason", reply.reason);
  visit("legal_basis", reply.legal_basis);
  visit("remedy", reply.remedy);
  visit("certificate_status", reply.certificate_status);
}

}  // namespace

PersonalText to_json(const hal::Reply& reply) {
  json object;
  for (const auto& [decision, name] : decisions) {
    if (decision == reply.decision) object["decision"] = name;
  }
  each_text(reply, [&](const char* name, const std::string& text) { object[name] = text; });
  object["defects"] = reply.defects;
  return PersonalText(object.dump(-1, ' ', false, json::error_handler_t::replace));
}

Result<hal::Reply> reply_from_json(const PersonalText& text) {
  const auto object = json::parse(text.reveal(), nullptr, false);
  if (!object.is_object()) return fail(Errc::malformed, "stored reply: not JSON");

  hal::Reply reply;
  bool known = false;
  for (const auto& [decision, name] : decisions) {
    if (object.value("decision", json()) != name) continue;
    reply.decision = decision;
    known = true;
  }
  if (!known) return fail(Errc::malformed, "stored reply: no decision");
  bool whole = true;
  each_text(reply, [&](const char* name, std::string& field) {
    const auto value = object.value(name, json());
    if (value.is_string()) field = value.get<std::string>();
    whole = whole && value.is_string();
  });
  const auto defects = object.value("defects", json());
  for (const auto& defect : defects) {
    if (defect.is_string()) reply.defects.push_back(defect.get<std::string>());
    whole = whole && defect.is_string();
  }
  if (!whole || !defects.is_array()) return fail(Errc::malformed, "stored reply: a field is missing");
  return reply;
}

}  // namespace kiosk::records
