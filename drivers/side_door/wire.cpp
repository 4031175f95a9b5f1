#include "drivers/side_door/wire.hpp"

#include <array>
#include <optional>

#include <nlohmann/json.hpp>

namespace kiosk::drivers::side_door {
namespace {

using Json = nlohmann::json;

constexpr std::int64_t most_minutes = 120;
/// Those that hal::CitizensSide names. Others come as `malformed`.
constexpr std::array codes{Errc::busy,      Errc::unreachable, Errc::malformed,
                           Errc::cancelled, Errc::timed_out,   Errc::storage};

std::string line_of(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace) + '\n';
}

std::string refusal(const Error& error) {
  return line_of({{"error", name_of(error.code)}, {"what", error.what}});
}

std::unexpected<Error> nonsense() {
  return fail(Errc::malformed, "side door: nobody understands that");
}

std::optional<Json> object(std::string_view line) {
  auto json = Json::parse(line, nullptr, /*allow_exceptions=*/false);
  return json.is_object() ? std::optional(std::move(json)) : std::nullopt;
}

Json asked(const std::optional<Json>& line) {
  return line && line->contains("ask") ? (*line)["ask"] : Json();
}

/// The members of an answer, or the error that it is.
Result<Json> answered(std::string_view line) {
  auto json = object(line);
  if (!json) return nonsense();
  if (!json->contains("error")) return *std::move(json);
  const auto what =
      json->contains("what") && (*json)["what"].is_string() ? (*json)["what"].get<std::string>() : "";
  for (const auto code : codes) {
    if ((*json)["error"] == name_of(code)) return fail(code, "side door: " + what);
  }
  return nonsense();
}

/// Members taken one by one; one that is missing or of another kind spoils all.
class Members {
 public:
  explicit Members(const Json& json) : json_(json) {}

  bool flag(const char* name) {
    const auto* value = find(name, &Json::is_boolean);
    return value != nullptr && value->get<bool>();
  }
  std::int64_t number(const char* name) {
    const auto* value = find(name, &Json::is_number_integer);
    const auto number = value == nullptr ? -1 : value->get<std::int64_t>();  // too large a one wraps
    whole_ = whole_ && number >= 0;
    return whole_ ? number : 0;
  }
  std::set<std::string> texts(const char* name) {
    std::set<std::string> texts;
    const auto* value = find(name, &Json::is_array);
    if (value == nullptr) return texts;
    for (const auto& text : *value) {
      whole_ = whole_ && text.is_string();
      if (text.is_string()) texts.insert(text.get<std::string>());
    }
    return texts;
  }
  bool whole() const { return whole_; }

 private:
  const Json* find(const char* name, bool (Json::*kind)() const noexcept) {
    const auto found = json_.find(name);
    const bool good = found != json_.end() && ((*found).*kind)();
    whole_ = whole_ && good;
    return good ? &*found : nullptr;
  }

  const Json& json_;
  bool whole_ = true;
};

std::string done(const Result<void>& result) {
  return result ? line_of(Json::object()) : refusal(result.error());
}

std::string told(const Result<hal::Attendance>& attendance) {
  if (!attendance) return refusal(attendance.error());
  return line_of(
      {{"somebody", attendance->somebody}, {"nobody_for_ms", std::int64_t{attendance->nobody_for.count()}}});
}

std::string told(const Result<hal::Vitals>& vitals) {
  if (!vitals) return refusal(vitals.error());
  return line_of({{"running_for_ms", std::int64_t{vitals->running_for.count()}},
                  {"first_picture", vitals->first_picture},
                  {"set_aside", vitals->set_aside},
                  {"data_schema", vitals->data_schema},
                  {"devices", vitals->devices},
                  {"registry_reached", vitals->registry_reached}});
}

}  // namespace

std::string answer(hal::CitizensSide& side, std::string_view line, const Wait& wait) {
  const auto json = object(line);
  const auto ask = asked(json);
  if (ask == "attendance") return told(side.attendance(wait));
  if (ask == "vitals") return told(side.vitals(wait));
  if (ask == "open") return done(side.open(wait));
  if (ask == "settle") return done(side.settle(wait));
  if (ask == "stay_closed") {
    Members members(*json);
    const auto minutes = members.number("minutes");
    if (members.whole() && minutes >= 1 && minutes <= most_minutes) {
      return done(side.stay_closed(std::chrono::minutes(minutes), wait));
    }
  }
  return refusal(nonsense().error());
}

void withdraw(hal::CitizensSide& side, std::string_view line, const Wait& wait) {
  if (asked(object(line)) == "stay_closed") (void)side.open(wait);
}

std::string ask_attendance() {
  return line_of({{"ask", "attendance"}});
}
std::string ask_stay_closed(std::chrono::minutes about) {
  return line_of({{"ask", "stay_closed"}, {"minutes", std::int64_t{about.count()}}});
}
std::string ask_open() {
  return line_of({{"ask", "open"}});
}
std::string ask_vitals() {
  return line_of({{"ask", "vitals"}});
}
std::string ask_settle() {
  return line_of({{"ask", "settle"}});
}

Result<hal::Attendance> read_attendance(std::string_view line) {
  const auto json = TRY(answered(line));
  Members members(json);
  const hal::Attendance attendance{.somebody = members.flag("somebody"),
                                   .nobody_for = std::chrono::milliseconds(members.number("nobody_for_ms"))};
  if (!members.whole()) return nonsense();
  return attendance;
}

Result<void> read_done(std::string_view line) {
  TRY(answered(line));
  return {};
}

Result<hal::Vitals> read_vitals(std::string_view line) {
  const auto json = TRY(answered(line));
  Members members(json);
  hal::Vitals vitals{.running_for = std::chrono::milliseconds(members.number("running_for_ms")),
                     .first_picture = members.flag("first_picture"),
                     .set_aside = members.number("set_aside"),
                     .data_schema = members.number("data_schema"),
                     .devices = members.texts("devices"),
                     .registry_reached = members.flag("registry_reached")};
  if (!members.whole()) return nonsense();
  return vitals;
}

}  // namespace kiosk::drivers::side_door
