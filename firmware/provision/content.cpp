#include "firmware/provision/content.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "firmware/provision/base64.hpp"
#include "firmware/update/json.hpp"
#include "firmware/update/metadata.hpp"

namespace kiosk::provision {
namespace {

using update::Json;

constexpr std::string_view settings_kind = "kiosk settings 1", recovery_kind = "kiosk recovery 1";

/// The members of an object, each to be taken once; none may be left.
class Members {
 public:
  static Result<Members> of(Json value, std::string_view where) {
    if (!value.is_object()) return fail(Errc::malformed, fmt::format("{}: no object", where));
    return Members(std::move(value), where);
  }

  Result<Json> take(const char* name, Json::value_t kind) {
    const auto found = object_.find(name);
    if (found == object_.end() || found->type() != kind)
      return fail(Errc::malformed, fmt::format("{}: \"{}\" is missing or of another kind", where_, name));
    Json value = std::move(*found);
    object_.erase(found);
    return value;
  }
  Result<std::string> text(const char* name) {
    auto value = TRY(take(name, Json::value_t::string));
    return std::move(value.get_ref<std::string&>());
  }
  Result<void> finish() const {
    if (object_.empty()) return {};
    return fail(Errc::malformed,
                fmt::format("{}: unknown \"{}\"", where_, object_.begin().key().substr(0, 80)));
  }

 private:
  Members(Json object, std::string_view where) : object_(std::move(object)), where_(where) {}
  Json object_;
  std::string where_;
};

bool plain_name(std::string_view name) {
  const auto letter = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  };
  return !name.empty() && name.size() <= 64 && letter(name.front()) &&
         std::ranges::all_of(name, [&](char c) { return letter(c) || c == '.' || c == '_' || c == '-'; });
}

bool machine_number(std::string_view text) {
  return text.size() == 32 &&
         std::ranges::all_of(text, [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

Result<Head> read_head(Members& members) {
  Head head;
  head.machine = TRY(members.text("machine"));
  if (head.machine != any_machine && !machine_number(head.machine))
    return fail(Errc::malformed, "\"machine\" must be 32 hexadecimal digits in lower case, or any");
  const auto expires = TRY(members.text("expires"));
  head.expires = TRY(update::read_time(expires));
  return head;
}

Result<std::map<std::string, SettingsFile>> read_files(const Json& object) {
  if (object.size() > most_files) return fail(Errc::malformed, "too many files");
  std::map<std::string, SettingsFile> files;
  std::size_t bytes = 0;
  for (const auto& [path, value] : object.items()) {
    const auto where = "file " + path.substr(0, 80);
    if (!may_be_named(path)) return fail(Errc::malformed, where + ": no such name may be");
    auto members = TRY(Members::of(value, where));
    const auto coded = TRY(members.text("content"));
    auto content = TRY(from_base64(coded));
    const auto secret = TRY(members.take("secret", Json::value_t::boolean));
    TRY(members.finish());
    bytes += content.size();
    files[path] = {.content = std::move(content), .secret = secret.get<bool>()};
  }
  if (bytes > most_bytes) return fail(Errc::malformed, "the files are too large");
  for (const auto* needed : {"kiosk.toml", "technicians.toml"}) {
    if (!files.contains(needed)) return fail(Errc::malformed, fmt::format("{} is missing", needed));
  }
  return files;
}

Result<Content> read_settings(Members members) {
  Settings settings;
  settings.head = TRY(read_head(members));
  const auto sequence = TRY(members.take("sequence", Json::value_t::number_integer));
  settings.sequence = sequence.get<std::int64_t>();
  if (settings.sequence < 1) return fail(Errc::malformed, "\"sequence\" must be 1 or more");
  settings.escrow = TRY(members.text("escrow"));
  const auto files = TRY(members.take("files", Json::value_t::object));
  settings.files = TRY(read_files(files));
  TRY(members.finish());
  return settings;
}

Result<Content> read_recovery(Members members) {
  Recovery recovery;
  recovery.head = TRY(read_head(members));
  if (recovery.head.machine == any_machine)
    return fail(Errc::malformed, "\"machine\": a recovery is for one machine");
  recovery.key = TRY(members.text("key"));
  if (recovery.key.empty() || recovery.key.size() > 256)
    return fail(Errc::malformed, "\"key\" must have 1 to 256 bytes");
  TRY(members.finish());
  return recovery;
}

Json head_members(std::string_view kind, const Head& head) {
  return {{"kind", kind}, {"machine", head.machine}, {"expires", update::write_time(head.expires)}};
}

}  // namespace

bool may_be_named(std::string_view path) {
  if (path == "provisioned") return false;
  if (path == "usb.d" || path == "time.d") return false;
  const auto folder = path.find('/');
  if (folder == path.npos) return plain_name(path);
  const auto name = path.substr(0, folder);
  return (name == "usb.d" || name == "time.d") && plain_name(path.substr(folder + 1));
}

Result<Content> read_content(std::string_view text) {
  if (text.size() > most_signed) return fail(Errc::malformed, "too large");
  auto value = TRY(update::read_json(text));
  auto members = TRY(Members::of(std::move(value), "file"));
  const auto kind = TRY(members.text("kind"));
  if (kind == settings_kind) return read_settings(std::move(members));
  if (kind == recovery_kind) return read_recovery(std::move(members));
  return fail(Errc::malformed, "of an unknown kind");
}

std::string write_content(const Content& content) {
  if (const auto* recovery = std::get_if<Recovery>(&content)) {
    auto object = head_members(recovery_kind, recovery->head);
    object["key"] = recovery->key;
    return object.dump();
  }
  const auto& settings = std::get<Settings>(content);
  auto object = head_members(settings_kind, settings.head);
  object["sequence"] = settings.sequence;
  object["escrow"] = settings.escrow;
  object["files"] = Json::object();
  for (const auto& [path, file] : settings.files)
    object["files"][path] = {{"content", to_base64(file.content)}, {"secret", file.secret}};
  return object.dump();
}

}  // namespace kiosk::provision
