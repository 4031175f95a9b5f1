#include "firmware/update/release.hpp"

#include <algorithm>
#include <limits>

#include <fmt/format.h>

namespace kiosk::update {
namespace {

/// Reads the members of one "custom"; the first that is wrong is remembered.
class Custom {
 public:
  explicit Custom(const Json& custom) : custom_(custom) {}

  std::string text(const char* name, std::size_t most) {
    const auto found = custom_.find(name);
    if (found == custom_.end() || !found->is_string()) return wrong<std::string>(name, "must be a text");
    auto value = found->get<std::string>();
    const bool plain = std::ranges::none_of(value, [](char letter) {
      return (letter >= '\0' && letter < ' ' && letter != '\n') || letter == '\x7f';
    });
    if (value.empty() || value.size() > most || !plain) {
      return wrong<std::string>(name, fmt::format("must have 1 to {} bytes and no control characters", most));
    }
    return value;
  }
  std::string text_or_empty(const char* name, std::size_t most) {
    return custom_.contains(name) ? text(name, most) : std::string();
  }

  std::int64_t number(const char* name, std::int64_t least, std::int64_t most) {
    const auto found = custom_.find(name);
    if (found == custom_.end() || !found->is_number_integer())
      return wrong<std::int64_t>(name, "must be a number");
    const auto value = found->get<std::int64_t>();
    if (value < least || value > most) {
      return wrong<std::int64_t>(name, fmt::format("must be from {} to {}", least, most));
    }
    return value;
  }

  std::string complaint;

 private:
  template <class T>
  T wrong(const char* name, const std::string& why) {
    if (complaint.empty()) complaint = fmt::format("\"{}\" {}", name, why);
    return {};
  }

  const Json& custom_;
};

constexpr std::int64_t most_length = std::int64_t{64} << 30;  ///< no kiosk has such a disk
constexpr std::int64_t no_limit = std::numeric_limits<std::int64_t>::max();

bool is_for(const Machine& machine, const Json& custom) {
  const auto compatible = custom.find("compatible");
  return compatible != custom.end() && *compatible == machine.compatible;
}

Result<void> check(const Machine& machine, const Release& release, milliseconds overdue) {
  if (release.data_schema < machine.data_schema) {
    return fail(Errc::refused, fmt::format("release {}: reads records up to {}, here they are {}",
                                           release.version, release.data_schema, machine.data_schema));
  }
  if (overdue > release.offline_max_age) {
    return fail(
        Errc::refused,
        fmt::format("release {}: its metadata expired {} days ago, {} are allowed", release.version,
                    std::chrono::ceil<std::chrono::days>(overdue).count(), release.offline_max_age.count()));
  }
  return {};
}

}  // namespace

Result<Release> read_release(const std::string& path, const Target& target) {
  const auto wrong = [&](std::string_view why) {
    return fail(Errc::malformed, fmt::format("release \"{}\": {}", path, why));
  };
  if (!hal::is_plain_path(path)) return fail(Errc::malformed, "release: a path that is not plain");
  if (!target.hashes.contains("sha256")) return wrong("no SHA-256");
  if (target.length > most_length) return wrong(fmt::format("more than {} GB", most_length >> 30));
  Custom custom(target.custom);
  Release release{.path = path, .target = target};
  release.version = custom.text("version", 64);
  release.secver = custom.number("secver", 1, no_limit);
  release.data_schema = custom.number("data_schema", 1, no_limit);
  release.compatible = custom.text("compatible", 64);
  release.notes = custom.text_or_empty("notes", 4000);
  if (target.custom.contains("offline_max_age")) {
    release.offline_max_age = std::chrono::days(static_cast<int>(custom.number("offline_max_age", 0, 366)));
  }
  if (target.custom.contains("ring")) release.ring = static_cast<int>(custom.number("ring", 0, last_ring));
  if (!custom.complaint.empty()) return wrong(custom.complaint);
  return release;
}

Json custom_of(const Release& release) {
  Json custom{{"version", release.version},
              {"secver", release.secver},
              {"data_schema", release.data_schema},
              {"compatible", release.compatible},
              {"offline_max_age", std::int64_t{release.offline_max_age.count()}}};
  if (!release.notes.empty()) custom["notes"] = release.notes;
  if (release.ring != last_ring) custom["ring"] = release.ring;
  return custom;
}

Result<std::optional<Release>> release_for(const Machine& machine, const Released& released) {
  std::optional<Release> newest;
  bool twice = false;
  for (const auto& [path, target] : released.targets.files) {
    if (!is_for(machine, target.custom)) continue;
    auto release = TRY(read_release(path, target));
    if (machine.ring > release.ring) continue;
    if (newest && release.secver < newest->secver) continue;
    twice = newest && release.secver == newest->secver;
    newest = std::move(release);
  }
  if (!newest || newest->secver <= machine.secver) return std::nullopt;
  if (twice) return fail(Errc::malformed, fmt::format("two releases have secver {}", newest->secver));
  TRY(check(machine, *newest, released.overdue));
  return newest;
}

}  // namespace kiosk::update
