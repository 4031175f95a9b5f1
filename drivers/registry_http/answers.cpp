#include "drivers/registry_http/answers.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

#include <fmt/chrono.h>
#include <fmt/format.h>

#include "drivers/registry_http/place.hpp"

namespace kiosk::drivers::registry_http {
namespace {

constexpr std::size_t most_rows = 200;  // of mortgages and of cases
constexpr std::size_t most_items = 50;  // of anything inside one of them

using hal::Decision, hal::Mortgage, hal::NextAction, hal::RestrictionKind, hal::StageState;

constexpr Names<Mortgage::Kind, 2> mortgage_kinds{
    {{"ordinary", Mortgage::Kind::ordinary}, {"maximum_amount", Mortgage::Kind::maximum_amount}}};
constexpr Names<RestrictionKind, 6> restriction_kinds{
    {{"other", RestrictionKind::other},
     {"seizure", RestrictionKind::seizure},
     {"objection", RestrictionKind::objection},
     {"right_of_residence", RestrictionKind::right_of_residence},
     {"advance_notice", RestrictionKind::advance_notice},
     {"ban", RestrictionKind::ban}}};
constexpr Names<Decision, 4> decisions{{{"registered", Decision::registered},
                                        {"accepted", Decision::accepted},
                                        {"to_be_completed", Decision::to_be_completed},
                                        {"refused", Decision::refused}}};
constexpr Names<StageState, 3> stage_states{
    {{"done", StageState::done}, {"current", StageState::current}, {"ahead", StageState::ahead}}};
constexpr Names<NextAction, 4> next_actions{{{"none", NextAction::none},
                                             {"pay", NextAction::pay},
                                             {"complete_documents", NextAction::complete_documents},
                                             {"collect", NextAction::collect}}};
enum class StageName { accepted, review, registered, certificate, collect };
constexpr Names<StageName, 5> stage_names{{{"accepted", StageName::accepted},
                                           {"review", StageName::review},
                                           {"registered", StageName::registered},
                                           {"certificate", StageName::certificate},
                                           {"collect", StageName::collect}}};
enum class CertificateStatus { cancelled, unchanged };
constexpr Names<CertificateStatus, 2> certificate_statuses{
    {{"cancelled", CertificateStatus::cancelled}, {"unchanged", CertificateStatus::unchanged}}};

// Parses, lets `read` take what it wants from the root, and turns the first complaint into the error.
template <class Read>
auto read_body(std::string_view body, Read read) -> Result<decltype(read(std::declval<const Place&>()))> {
  const Json json = TRY(parse_json(body));
  Place::Complaint complaint;
  auto value = read(Place(json, complaint));
  if (!complaint.text.empty()) return fail(Errc::malformed, "answer: " + complaint.text);
  return value;
}

std::vector<std::string> texts(const Place& place, std::string_view name) {
  std::vector<std::string> texts;
  for (const Place& row : place.rows(name, most_items)) texts.push_back(row.own_text());
  return texts;
}

// RFC 3339, to the millisecond; the zone is part of it.
std::optional<WallTime> parse_instant(std::string_view text) {
  const auto digits = [&](std::size_t at, std::size_t count, int most) -> std::optional<int> {
    int value = 0;
    if (at + count > text.size()) return std::nullopt;
    const char* end = text.data() + at + count;
    if (const auto [stop, error] = std::from_chars(text.data() + at, end, value);
        error != std::errc() || stop != end || value < 0 || value > most) {
      return std::nullopt;
    }
    return value;
  };
  if (text.size() < 20 || text[4] != '-' || text[7] != '-' || text[10] != 'T' || text[13] != ':' ||
      text[16] != ':') {
    return std::nullopt;
  }
  const auto year = digits(0, 4, 9999), month = digits(5, 2, 12), day = digits(8, 2, 31);
  const auto hour = digits(11, 2, 23), minute = digits(14, 2, 59), second = digits(17, 2, 60);
  if (!year || !month || !day || !hour || !minute || !second) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year(*year),
                                         std::chrono::month(static_cast<unsigned>(*month)),
                                         std::chrono::day(static_cast<unsigned>(*day))};
  if (!date.ok()) return std::nullopt;

  std::size_t at = 19;
  int millis = 0;
  if (text[at] == '.') {
    int weight = 100;
    for (++at; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at, weight /= 10) {
      millis += (text[at] - '0') * weight;
    }
  }
  const std::string_view zone = text.substr(at);
  std::chrono::minutes offset{0};
  if (zone != "Z") {
    const auto zone_hour = digits(at + 1, 2, 14), zone_minute = digits(at + 4, 2, 59);
    if (zone.size() != 6 || (zone[0] != '+' && zone[0] != '-') || zone[3] != ':' || !zone_hour ||
        !zone_minute) {
      return std::nullopt;
    }
    offset = std::chrono::hours(*zone_hour) + std::chrono::minutes(*zone_minute);
    if (zone[0] == '-') offset = -offset;
  }
  return std::chrono::sys_days(date) + std::chrono::hours(*hour) + std::chrono::minutes(*minute) +
         std::chrono::seconds(*second) + std::chrono::milliseconds(millis) - offset;
}

WallTime instant(const Place& place, std::string_view name) {
  const Place member = place.at(name);
  const auto instant = parse_instant(member.own_text(40));
  if (!instant) member.complain("not an RFC 3339 time");
  return instant.value_or(WallTime{});
}

/// The same instant as the halls write it.
std::string instant_text(const Place& place, std::string_view name) {
  const auto local = instant(place, name) + std::chrono::hours(8);
  const auto seconds = std::chrono::floor<std::chrono::seconds>(local);
  return fmt::format("{:%Y-%m-%dT%H:%M:%S}.{:03}+08:00",
                     fmt::gmtime(std::chrono::system_clock::to_time_t(seconds)), (local - seconds).count());
}

std::string named(const Place& place, std::string_view name, const auto& names) {
  place.choice(name, names);
  return place.text(name, 64);
}

Mortgage mortgage(const Place& place) {
  Mortgage m;
  m.id = place.text("id", 100);
  m.version = place.text("version", 100);
  m.kind = place.choice("kind", mortgage_kinds);
  m.address = place.personal("address");
  m.unit_code = place.personal("unit_code", 28);
  m.title_number = place.personal("title_number", 200);
  m.certificate_number = place.personal("certificate_number", 200);
  m.owner_name = place.personal("owner_name", 200);
  m.lender = place.text("lender", 300);
  m.lender_phone = place.text_or_empty("lender_phone", 40);
  if (place.maybe("amount_fen")) m.amount_fen = place.integer("amount_fen");
  m.registered_on = place.date("registered_on");
  m.electronic_certificate = place.boolean("electronic_certificate");
  m.fee_fen = place.integer("fee_fen");
  if (const auto release = place.maybe("release")) {
    m.release = hal::Release{.reference = release->text("reference", 200), .date = release->date("date")};
  }
  for (const Place& row : place.rows("restrictions", most_items)) {
    m.restrictions.push_back({.kind = row.choice("kind", restriction_kinds),
                              .authority = row.text("authority", 300),
                              .document = row.text_or_empty("document", 200),
                              .since = row.date("since")});
  }
  for (const Place& row : place.rows("other_owners", most_items)) {
    m.other_owners.push_back({.id = row.text("id", 100),
                              .masked_name = row.personal("masked_name", 200),
                              .agreed = row.maybe("agreed") && row.boolean("agreed")});
  }
  m.open_case = place.text_or_empty("open_case", 40);
  return m;
}

hal::CaseProgress progress(const Place& place) {
  hal::CaseProgress progress;
  progress.acceptance_number = place.text("acceptance_number", 40);
  progress.service = place.text("service", 64);
  progress.address = place.personal_or_empty("address");
  for (const Place& row : place.rows("stages", most_items)) {
    hal::Stage stage{
        .name = named(row, "name", stage_names), .state = row.choice("state", stage_states), .date = ""};
    stage.date = stage.state == StageState::ahead ? row.date_or_empty("date") : row.date("date");
    progress.stages.push_back(std::move(stage));
  }
  progress.due_date = place.date_or_empty("due_date");
  progress.overdue = place.boolean("overdue");
  progress.next = place.choice("next", next_actions);
  progress.defects = texts(place, "defects");
  progress.slip_token = place.text_or_empty("slip_token", 300);
  return progress;
}

// Every decision has the words its paper needs, or the kiosk could not print exactly one of the three.
hal::Reply reply(const Place& place) {
  hal::Reply reply;
  reply.decision = place.choice("decision", decisions);
  reply.decided_at = instant_text(place, "decided_at");
  reply.certificate_status = named(place, "certificate_status", certificate_statuses);
  reply.acceptance_number = place.text_or_empty("acceptance_number", 40);
  reply.slip_token = place.text_or_empty("slip_token", 300);
  if (reply.decision != Decision::refused) {
    if (place.text("acceptance_number").empty()) place.at("acceptance_number").complain("empty");
  }
  switch (reply.decision) {
    case Decision::registered:
      break;
    case Decision::accepted:
      reply.due_date = place.date("due_date");
      break;
    case Decision::to_be_completed:
      reply.defects = texts(place, "defects");
      if (reply.defects.empty()) place.complain("to be completed, but no defects");
      break;
    case Decision::refused:
      reply.reason = place.text("reason");
      reply.legal_basis = place.text("legal_basis");
      reply.remedy = place.text("remedy");
      if (reply.reason.empty() || reply.legal_basis.empty() || reply.remedy.empty()) {
        place.complain("refused, but without reason, legal basis or remedy");
      }
      break;
  }
  return reply;
}

}  // namespace

Result<hal::RegistryStatus> read_status(std::string_view body) {
  return read_body(body, [](const Place& place) {
    return hal::RegistryStatus{.now = instant(place, "now"),
                               .hall_name = place.text("hall_name", 300),
                               .closed_services = texts(place, "closed_services")};
  });
}

Result<hal::FaceVerdict> read_face_verdict(std::string_view body) {
  return read_body(body, [](const Place& place) {
    hal::FaceVerdict verdict{.same_person = place.boolean("same_person"), .evidence = {}};
    if (verdict.same_person) verdict.evidence = place.text("evidence", 200);
    return verdict;
  });
}

Result<hal::StaffVerdict> read_staff_verdict(std::string_view body) {
  return read_body(body, [](const Place& place) {
    return hal::StaffVerdict{.staff_id = place.text("staff_id", 40), .evidence = place.text("evidence", 200)};
  });
}

Result<std::vector<Mortgage>> read_mortgages(std::string_view body) {
  return read_body(body, [](const Place& place) {
    std::vector<Mortgage> mortgages;
    for (const Place& row : place.rows("mortgages", most_rows)) mortgages.push_back(mortgage(row));
    return mortgages;
  });
}

Result<hal::Invitation> read_invitation(std::string_view body) {
  return read_body(body, [](const Place& place) {
    return hal::Invitation{.masked_phone = place.personal("masked_phone", 40),
                           .valid_to = place.date("valid_to")};
  });
}

Result<hal::Reply> read_reply(std::string_view body) {
  return read_body(body, reply);
}

Result<std::vector<hal::CaseProgress>> read_cases(std::string_view body) {
  return read_body(body, [](const Place& place) {
    std::vector<hal::CaseProgress> cases;
    for (const Place& row : place.rows("cases", most_rows)) cases.push_back(progress(row));
    return cases;
  });
}

Result<hal::CaseProgress> read_case(std::string_view body) {
  return read_body(body, progress);
}

Result<std::string> read_staff_call(std::string_view body) {
  return read_body(body, [](const Place& place) { return place.text("call_number", 40); });
}

Result<void> read_done(std::string_view body) {
  const Json json = TRY(parse_json(body));
  if (!json.is_object()) return fail(Errc::malformed, "answer: $: not an object");
  return {};
}

Error read_problem(long status, std::string_view body) {
  const auto is_code_letter = [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; };
  const auto code = read_body(body, [](const Place& place) { return place.text("code", 40); });
  if (status >= 500) return {Errc::unreachable, fmt::format("the registry answered HTTP {}", status)};
  if (status < 400) return {Errc::malformed, fmt::format("HTTP {} is not an answer of the contract", status)};
  if (!code || code->empty() || !std::ranges::all_of(*code, is_code_letter)) {
    return {Errc::unreachable,
            fmt::format("HTTP {} that is not the registry's own: a gateway, or our certificate", status)};
  }
  const std::string what = fmt::format("{}: HTTP {}", *code, status);
  if (status == 404) return {Errc::not_present, what};
  if (status == 429 || *code == "in_progress") return {Errc::busy, what};
  return {Errc::refused, what};
}

}  // namespace kiosk::drivers::registry_http
