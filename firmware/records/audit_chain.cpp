#include "firmware/records/audit_chain.hpp"

#include <array>

#include <nlohmann/json.hpp>
#include <openssl/evp.h>

#include "firmware/domain/masks.hpp"
#include "firmware/records/moment.hpp"
#include "firmware/records/verify/audit_line.hpp"
#include "hal/base/bytes.hpp"
#include "hal/base/log.hpp"

namespace kiosk::records {

namespace {

using nlohmann::json;

std::string sha256(std::string_view text) {
  std::array<std::uint8_t, 32> digest{};
  EVP_Digest(text.data(), text.size(), digest.data(), nullptr, EVP_sha256(), nullptr);
  return to_hex(digest);
}

/// A citizen number has no place here. The line is kept, without it, because a record that is missing is
/// worse.
std::string checked(std::string_view text, std::string_view event) {
  auto [clean, found] = domain::without_citizen_numbers(text);
  if (found) log::error("audit", "an event held a citizen number; it was masked", {{"event", event}});
  return std::move(clean);
}

/// Takes lines over from `content` as long as they continue the chain.
void follow(std::string_view content, const std::string& file, Found& found, bool from_anywhere) {
  auto& end = found.end;
  for (;;) {
    const auto rest = content.substr(static_cast<std::size_t>(end.size));
    const auto length = rest.find('\n');
    if (length == std::string_view::npos) return;
    const auto line = read_audit_line(rest.substr(0, length));
    if (!line) return;
    const bool continues = line->number == end.head.line + 1 && line->previous == end.head.hash;
    if (!continues && !from_anywhere) return;
    from_anywhere = false;
    end = {{line->number, line->hash}, file, end.size + static_cast<std::int64_t>(length) + 1};
    ++found.taken_over;
  }
}

/// The same for a whole file; what does not continue the chain is moved aside.
Result<void> take_over(const AuditFiles& files, const std::string& name, Found& found, bool from_anywhere) {
  const auto content = TRY(files.content(name));
  if (name != found.end.file) found.end = {found.end.head, name, 0};
  follow(content, name, found, from_anywhere);
  if (found.end.size == static_cast<std::int64_t>(content.size())) return {};
  found.torn = true;
  return files.move_tail_aside(name, found.end.size);
}

/// Whether the line that the store knows as the last one stands there.
bool stands(std::string_view content, const ChainEnd& known) {
  if (static_cast<std::int64_t>(content.size()) < known.size || known.size == 0) return false;
  const auto known_part = content.substr(0, static_cast<std::size_t>(known.size) - 1);
  const auto start = known_part.rfind('\n');
  const auto line = read_audit_line(known_part.substr(start == std::string_view::npos ? 0 : start + 1));
  return line && line->number == known.head.line && line->hash == known.head.hash;
}

/// The chain goes on behind whatever whole lines are left of the file.
Result<void> go_on_after_gap(const AuditFiles& files, std::string_view content, Found& found) {
  found.gap = true;
  const auto last_end = content.rfind('\n');
  found.end.size = last_end == std::string_view::npos ? 0 : static_cast<std::int64_t>(last_end) + 1;
  if (found.end.size == static_cast<std::int64_t>(content.size())) return {};
  found.torn = true;
  return files.move_tail_aside(found.end.file, found.end.size);
}

}  // namespace

Result<ChainEnd> load_end(hal::Transaction& transaction) {
  const auto row = transaction.get("audit", "head");
  if (!row && row.error().code == Errc::not_present) return ChainEnd{};
  if (!row) return std::unexpected(row.error());
  return ChainEnd{{row->number("line"), row->text("hash")}, row->text("file"), row->number("size")};
}

Result<void> store_end(hal::Transaction& transaction, const ChainEnd& end) {
  return transaction.put(
      "audit",
      {"head", {{"line", end.head.line}, {"hash", end.head.hash}, {"file", end.file}, {"size", end.size}}});
}

Result<Found> find_end(const AuditFiles& files, const ChainEnd& known) {
  const auto names = TRY(files.all());
  Found found{.end = known};
  if (known.head.line == 0) {
    // A fresh store after damage: the newest file that holds a line tells where the chain ends.
    for (auto name = names.rbegin(); name != names.rend() && found.taken_over == 0; ++name) {
      TRY(take_over(files, *name, found, true));
    }
    return found;
  }
  const auto content = TRY(files.content(known.file));
  if (!stands(content, known)) {
    TRY(go_on_after_gap(files, content, found));
    return found;
  }
  for (const auto& name : names) {
    if (name >= known.file) TRY(take_over(files, name, found, false));
  }
  return found;
}

std::string write_line(const AuditEvent& event, std::string_view kiosk, WallTime now, AuditHead& head) {
  json facts = json::object();
  for (const auto& [name, fact] : event.facts) {
    if (const auto* text = std::get_if<std::string>(&fact)) {
      facts[name] = checked(*text, event.id);
    } else {
      std::visit([&, &key = name](const auto& value) { facts[key] = value; }, fact);
    }
  }
  json object{{"line", head.line + 1},
              {"time", to_text(now)},
              {"kiosk", kiosk},
              {"event", event.id},
              {"role", name_of(event.role)},
              {"actor", checked(event.actor, event.id)},
              {"purpose", checked(event.purpose, event.id)},
              {"session", event.session},
              {"facts", std::move(facts)},
              {"previous", head.hash}};
  // Bytes that are no text are replaced first: what is hashed is what a reader will see.
  const auto canonical = object.dump(-1, ' ', false, json::error_handler_t::replace);
  head = {head.line + 1, sha256(canonical)};
  object = json::parse(canonical);
  object["hash"] = head.hash;
  return object.dump() + "\n";
}

}  // namespace kiosk::records
