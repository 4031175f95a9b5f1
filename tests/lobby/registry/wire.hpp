#pragma once
// The contract's JSON as the registry sees it: requests in, answers out. Written apart from the driver's
// reading of the same contract, so that one mistake does not hide the other. Functions that read throw
// nlohmann's exceptions; the server turns them into "invalid_request".

#include <string>

#include <nlohmann/json.hpp>

#include "hal/registry.hpp"

namespace kiosk::lobby::wire {

using Json = nlohmann::json;

Json to_json(const hal::Mortgage& mortgage);
Json to_json(const hal::CaseProgress& progress);
Json to_json(const hal::Reply& reply);
hal::Mortgage to_mortgage(const Json& json);
hal::CaseProgress to_progress(const Json& json);
hal::Reply to_reply(const Json& json);

hal::IdCard to_card(const Json& json);
hal::Applicant to_applicant(const Json& json);
hal::Application to_application(const Json& json, const std::string& key);
PersonalBytes to_bytes(const Json& base64);

std::string name_of(hal::Decision decision);
std::string name_of(hal::Applicant::Proof proof);

/// "2026-05-01T09:30:00.123+08:00": the hall's own time.
std::string instant(WallTime time);
/// "2026-05-01", the hall's day.
std::string day(WallTime time);

}  // namespace kiosk::lobby::wire
