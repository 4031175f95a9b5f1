#include <charconv>

#include "hal/base/latest.hpp"
#include "tests/lobby/hall/stations.hpp"

namespace kiosk::lobby {

using namespace std::chrono_literals;
using nlohmann::json;

namespace {

constexpr auto slow = 1500ms;
constexpr const char* applications = "/v1/applications";

struct Setting {
  std::string network = "good", next = "work", decision = "rules";
};

/// What the next application meets; nullopt: an answer.
std::optional<RegistryFault> fault_of(const std::string& next) {
  using Kind = RegistryFault::Kind;
  const auto once = [](Kind kind) { return RegistryFault{.kind = kind, .path = applications, .times = 1}; };
  const auto instead = [&once](int status, std::string body = {}) {
    auto fault = once(Kind::answer);
    fault.status = status;
    fault.body = std::move(body);
    return fault;
  };
  if (next == "lose_answer") return once(Kind::lose_answer);
  if (next == "lose_request") return once(Kind::lose_request);
  if (next == "garbage") return once(Kind::garbage);
  if (next == "oversized") return once(Kind::oversized);
  if (next == "error") return instead(500);
  if (next == "rejected") return instead(422, R"({"code":"service_closed","title":"not today"})");
  if (next == "gateway") return instead(403);
  return std::nullopt;
}

/// Network and next application together: each change starts from a healthy registry.
void arrange(RegistryServer& server, const Setting& setting) {
  server.heal();
  if (setting.network == "slow") server.set_delay(slow);
  if (setting.network == "cut") server.cut_network(true);
  if (setting.network == "silent") server.fail({.kind = RegistryFault::Kind::silent});
  if (auto fault = fault_of(setting.next)) server.fail(std::move(*fault));
}

void decide(RegistryServer& server, const std::string& decision) {
  std::optional<hal::Decision> chosen;
  if (decision == "register") chosen = hal::Decision::registered;
  if (decision == "accept") chosen = hal::Decision::accepted;
  if (decision == "complete") chosen = hal::Decision::to_be_completed;
  if (decision == "refuse") chosen = hal::Decision::refused;
  for (const auto& deed : deeds()) server.authority().decide(deed.mortgage.id, chosen);
}

Knob setting_knob(std::string name, std::shared_ptr<Latest<Setting>> setting, std::string Setting::* member,
                  std::vector<std::string> values, std::function<void(const Setting&)> arrange_it) {
  const auto turn = [name, setting = std::move(setting), member, values = std::move(values),
                     arrange_it = std::move(arrange_it)](const std::string& value) -> Result<void> {
    if (std::ranges::find(values, value) == values.end())
      return fail(Errc::refused, name + " cannot be " + value);
    auto changed = setting->get();
    changed.*member = value;
    setting->set(changed);
    arrange_it(changed);
    return {};
  };
  return {std::move(name), turn};
}

Knob delay_knob(RegistryServer& server) {
  return {"delay", [&server](const std::string& text) -> Result<void> {
            int ms = -1;
            std::from_chars(text.data(), text.data() + text.size(), ms);
            if (ms < 0 || ms > 60000) return fail(Errc::refused, "delay is 0 to 60000 ms");
            server.set_delay(milliseconds(ms));
            return {};
          }};
}

/// Another owner, who was invited by message, agrees on their own phone.
Knob agree_knob(RegistryServer& server) {
  return {"agree", [&server](const std::string& party) -> Result<void> {
            if (server.authority().agree(party)) return {};
            return fail(Errc::refused, "agree is a party with an invitation that is still valid");
          }};
}

json state_of(RegistryServer& server, const Setting& setting) {
  const auto records = json::parse(server.authority().all_json());
  auto cases = json::array();
  for (const auto& record : records) {
    const auto reply = record.value("reply", json::object());
    json shown{{"number", record.value("acceptance_number", "")},
               {"service", record.value("service", "")},
               {"stage", reply.value("decision", "")}};
    cases.insert(cases.begin(), std::move(shown));
  }
  const auto newest = records.empty() ? json::object() : records.back();
  return {{"network", setting.network},
          {"next", setting.next},
          {"decision", setting.decision},
          {"recorded", records.size()},
          {"arrived", server.arrived(applications)},
          {"decided", cases.empty() ? "" : cases.front().value("stage", "")},
          {"proof", newest.value("applicant", json::object()).value("proof", "")},
          {"signatures", newest.value("signatures", 0)},
          {"invited", json::parse(server.authority().invited_json())},
          {"cases", cases}};
}

std::optional<Exhibit> record(RegistryServer& server, const std::string& name) {
  if (!name.ends_with(".json")) return std::nullopt;
  const auto number = name.substr(0, name.size() - 5);
  const auto text =
      number == "latest" ? server.authority().latest_json() : server.authority().cases_json(number);
  if (text == "{}") return std::nullopt;
  const auto bytes = as_bytes(text);
  return Exhibit{"application/json", Bytes(bytes.begin(), bytes.end())};
}

}  // namespace

Station registry_station(RegistryServer& server) {
  const auto setting = std::make_shared<Latest<Setting>>();
  const auto rearrange = [&server](const Setting& now) { arrange(server, now); };
  return {.name = "registry",
          .knobs = {setting_knob("network", setting, &Setting::network, {"good", "slow", "silent", "cut"},
                                 rearrange),
                    setting_knob("next", setting, &Setting::next,
                                 {"work", "lose_answer", "lose_request", "garbage", "oversized", "error",
                                  "rejected", "gateway"},
                                 rearrange),
                    setting_knob("decision", setting, &Setting::decision,
                                 {"rules", "register", "accept", "complete", "refuse"},
                                 [&server](const Setting& now) { decide(server, now.decision); }),
                    agree_knob(server), delay_knob(server)},
          .state = [&server, setting] { return state_of(server, setting->get()); },
          .exhibit = [&server](const std::string& name) { return record(server, name); }};
}

}  // namespace kiosk::lobby
