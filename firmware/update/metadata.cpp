#include "firmware/update/metadata.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace kiosk::update {
namespace {

constexpr std::array roles{Role::root, Role::timestamp, Role::snapshot, Role::targets};

std::unexpected<Error> wrong(std::string_view place, std::string_view why) {
  return fail(Errc::malformed, fmt::format("{}: {}", place, why));
}

using Check = bool (Json::*)() const noexcept;

Result<const Json*> member(const Json& object, const char* name, Check kind, std::string_view place) {
  const auto found = object.find(name);
  if (found == object.end()) return wrong(place, fmt::format("no \"{}\"", name));
  if (!((*found).*kind)()) return wrong(place, fmt::format("\"{}\" is of a wrong kind", name));
  return &*found;
}

Result<std::int64_t> number(const Json& object, const char* name, std::int64_t least,
                            std::string_view place) {
  const auto* found = TRY(member(object, name, &Json::is_number_integer, place));
  const auto value = found->get<std::int64_t>();
  if (value < least) return wrong(place, fmt::format("\"{}\" is below {}", name, least));
  return value;
}

Result<std::string> text(const Json& object, const char* name, std::string_view place) {
  const auto* found = TRY(member(object, name, &Json::is_string, place));
  return found->get<std::string>();
}

Result<Hashes> hashes_of(const Json& object, std::string_view place) {
  Hashes hashes;
  for (const auto& [name, value] : object.items()) {
    if (!value.is_string()) return wrong(place, "a hash that is no text");
    hashes[name] = value.get<std::string>();
  }
  if (hashes.empty()) return wrong(place, "\"hashes\" without a hash");
  return hashes;
}

Result<Listing> listing(const Json& object, std::string_view place) {
  if (!object.is_object()) return wrong(place, "no object");
  Listing listing;
  listing.version = TRY(number(object, "version", 1, place));
  if (object.contains("length")) listing.length = TRY(number(object, "length", 1, place));
  if (object.contains("hashes")) {
    const auto* hashes = TRY(member(object, "hashes", &Json::is_object, place));
    listing.hashes = TRY(hashes_of(*hashes, place));
  }
  return listing;
}

Result<Keyholders> keyholders(const Json& role, std::string_view place) {
  Keyholders keyholders;
  const auto* ids = TRY(member(role, "keyids", &Json::is_array, place));
  for (const auto& id : *ids) {
    if (!id.is_string()) return wrong(place, "a key id that is no text");
    keyholders.key_ids.insert(id.get<std::string>());
  }
  keyholders.threshold = TRY(number(role, "threshold", 1, place));
  return keyholders;
}

Result<std::vector<Signature>> signatures_of(const Json& envelope) {
  std::vector<Signature> signatures;
  const auto* list = TRY(member(envelope, "signatures", &Json::is_array, "metadata"));
  for (const auto& entry : *list) {
    if (!entry.is_object()) return wrong("signatures", "no object");
    auto id = TRY(text(entry, "keyid", "signatures"));
    const auto hex = TRY(text(entry, "sig", "signatures"));
    if (std::ranges::find(signatures, id, &Signature::key_id) != signatures.end()) {
      return wrong("signatures", "a key id twice");
    }
    // Another kind of key may write its signatures otherwise than in hexadecimal: such a one counts for
    // nothing.
    signatures.push_back({std::move(id), from_hex(hex).value_or(Bytes())});
  }
  return signatures;
}

Result<void> read_head(const Json& document, Role role, Head& head) {
  const auto place = name_of(role);
  const auto type = TRY(text(document, "_type", place));
  if (type != place) return wrong(place, "another role's document");
  const auto specification = TRY(text(document, "spec_version", place));
  if (!specification.starts_with("1.")) return wrong(place, "spec_version is not 1.x");
  head.version = TRY(number(document, "version", 1, place));
  const auto expires = TRY(text(document, "expires", place));
  const auto time = read_time(expires);
  if (!time) return wrong(place, "\"expires\" is no date");
  head.expires = *time;
  return {};
}

Result<void> read_body(const Json& document, Root& root) {
  if (document.contains("consistent_snapshot")) {
    const auto* consistent = TRY(member(document, "consistent_snapshot", &Json::is_boolean, "root"));
    root.consistent_snapshot = consistent->get<bool>();
  }
  const auto* keys = TRY(member(document, "keys", &Json::is_object, "root"));
  for (const auto& [id, object] : keys->items()) {
    const auto key = read_key(object);
    if (!key && key.error().code == Errc::malformed) return wrong("root keys", key.error().what);
    if (key && is_key_id(id, object)) root.keys[id] = *key;
  }
  const auto* all = TRY(member(document, "roles", &Json::is_object, "root"));
  for (const auto role : roles) {
    const auto* object =
        TRY(member(*all, std::string(name_of(role)).c_str(), &Json::is_object, "root roles"));
    root.roles[role] = TRY(keyholders(*object, fmt::format("root roles {}", name_of(role))));
  }
  return {};
}

Result<void> read_body(const Json& document, Timestamp& timestamp) {
  const auto* meta = TRY(member(document, "meta", &Json::is_object, "timestamp"));
  const auto* snapshot = TRY(member(*meta, "snapshot.json", &Json::is_object, "timestamp meta"));
  timestamp.snapshot = TRY(listing(*snapshot, "timestamp meta"));
  return {};
}

Result<void> read_body(const Json& document, Snapshot& snapshot) {
  const auto* meta = TRY(member(document, "meta", &Json::is_object, "snapshot"));
  for (const auto& [name, object] : meta->items()) {
    snapshot.documents[name] = TRY(listing(object, "snapshot meta"));
  }
  if (!snapshot.documents.contains("targets.json")) return wrong("snapshot meta", "no \"targets.json\"");
  return {};
}

Result<void> read_body(const Json& document, Targets& targets) {
  const auto* files = TRY(member(document, "targets", &Json::is_object, "targets"));
  for (const auto& [path, object] : files->items()) {
    if (!object.is_object()) return wrong("targets targets", "no object");
    Target target;
    target.length = TRY(number(object, "length", 0, "targets targets"));
    const auto* hashes = TRY(member(object, "hashes", &Json::is_object, "targets targets"));
    target.hashes = TRY(hashes_of(*hashes, "targets targets"));
    if (object.contains("custom")) {
      const auto* custom = TRY(member(object, "custom", &Json::is_object, "targets targets"));
      target.custom = *custom;
    }
    targets.files[path] = std::move(target);
  }
  return {};
}

template <class T>
Result<Signed<T>> read(std::string_view bytes, Role role) {
  auto envelope = read_json(bytes);
  if (!envelope) return std::unexpected(std::move(envelope).error().in(name_of(role)));
  if (!envelope->is_object()) return wrong(name_of(role), "no object");
  const auto* document = TRY(member(*envelope, "signed", &Json::is_object, name_of(role)));
  Signed<T> result;
  TRY(read_head(*document, role, result.document));
  TRY(read_body(*document, result.document));
  result.signatures = TRY(signatures_of(*envelope));
  result.message = canonical(*document);
  return result;
}

}  // namespace

std::string_view name_of(Role role) {
  switch (role) {
    case Role::root:
      return "root";
    case Role::timestamp:
      return "timestamp";
    case Role::snapshot:
      return "snapshot";
    case Role::targets:
      return "targets";
  }
  std::unreachable();
}

Result<Signed<Root>> read_root(std::string_view text) {
  return read<Root>(text, Role::root);
}
Result<Signed<Timestamp>> read_timestamp(std::string_view text) {
  return read<Timestamp>(text, Role::timestamp);
}
Result<Signed<Snapshot>> read_snapshot(std::string_view text) {
  return read<Snapshot>(text, Role::snapshot);
}
Result<Signed<Targets>> read_targets(std::string_view text) {
  return read<Targets>(text, Role::targets);
}

Result<WallTime> read_time(std::string_view text) {
  constexpr std::string_view form = "0000-00-00T00:00:00Z";
  bool fits = text.size() == form.size();
  for (std::size_t i = 0; fits && i < form.size(); ++i) {
    const bool digit = text[i] >= '0' && text[i] <= '9';
    fits = form[i] == '0' ? digit : text[i] == form[i];
  }
  if (!fits) return fail(Errc::malformed, "not of the form YYYY-MM-DDTHH:MM:SSZ");
  const auto part = [&](std::size_t from, std::size_t count) {
    int value = 0;
    for (const char digit : text.substr(from, count)) value = value * 10 + (digit - '0');
    return value;
  };
  const std::chrono::year_month_day day{std::chrono::year(part(0, 4)),
                                        std::chrono::month(static_cast<unsigned>(part(5, 2))),
                                        std::chrono::day(static_cast<unsigned>(part(8, 2)))};
  const int hour = part(11, 2), minute = part(14, 2), second = part(17, 2);
  if (!day.ok() || hour > 23 || minute > 59 || second > 59)
    return fail(Errc::malformed, "not in the calendar");
  return WallTime(std::chrono::sys_days(day)) + std::chrono::hours(hour) + std::chrono::minutes(minute) +
         std::chrono::seconds(second);
}

std::string write_time(WallTime time) {
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss clock(std::chrono::floor<std::chrono::seconds>(time - day));
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                     clock.hours().count(), clock.minutes().count(), clock.seconds().count());
}

}  // namespace kiosk::update
