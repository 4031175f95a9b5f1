#include "image/release/command.hpp"

#include <charconv>
#include <functional>
#include <map>
#include <optional>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "drivers/rauc/bundle.hpp"
#include "firmware/records/schema.hpp"
#include "hal/base/file.hpp"
#include "image/release/draft.hpp"
#include "image/release/drafting.hpp"
#include "image/release/key_files.hpp"
#include "image/release/publishing.hpp"

namespace kiosk::release {
namespace {

using Said = Result<std::string>;

const std::map<std::string, Role> roles{{"root", Role::root},
                                        {"timestamp", Role::timestamp},
                                        {"snapshot", Role::snapshot},
                                        {"targets", Role::targets}};

/// "targets:2:a.pub,b.pub,c.pub"
Result<Appointment> appointment(const std::string& text) {
  const auto wrong = fail(Errc::malformed, text + ": must be ROLE:THRESHOLD:FILE.pub,FILE.pub,...");
  const auto first = text.find(':');
  const auto second = text.find(':', first + 1);
  if (first == text.npos || second == text.npos) return wrong;
  const auto role = roles.find(text.substr(0, first));
  Appointment result;
  const auto [end, error] = std::from_chars(text.data() + first + 1, text.data() + second, result.threshold);
  if (role == roles.end() || error != std::errc() || end != text.data() + second) return wrong;
  result.role = role->second;
  for (std::size_t begin = second + 1; begin <= text.size();) {
    const auto comma = std::min(text.find(',', begin), text.size());
    auto key = TRY(read_public_key(text.substr(begin, comma - begin)));
    result.keys.push_back(std::move(key));
    begin = comma + 1;
  }
  return result;
}

/// What the arguments say.
struct Asked {
  std::string file, key, keyring, folder, role, root, expires, path;
  std::vector<std::string> appointments;
  update::Release release;
  int offline_max_age = 0, ring = update::last_ring;
  std::string notes_file;
};

Said drafted(const Folder& folder, Role role, const Result<void>& result) {
  if (!result) return std::unexpected(result.error());
  const auto text = TRY(read_file(folder.draft(role), 8 << 20));
  const auto described = TRY(describe(text));
  return fmt::format("{}to be signed: {}\n", described, folder.draft(role).string());
}

Said make_key(const Asked& asked) {
  const auto id = TRY(release::make_key(asked.file));
  return fmt::format("key {}\nsecret: {}\npublic: {}.pub\n", id, asked.file, asked.file);
}

Said new_root(const Asked& asked) {
  std::vector<Appointment> appointments;
  for (const auto& text : asked.appointments) {
    auto one = TRY(appointment(text));
    appointments.push_back(std::move(one));
  }
  const Folder folder(asked.folder);
  return drafted(folder, Role::root, draft_root(folder, appointments, asked.expires));
}

/// What the bundle says of itself, as a kiosk reads it: typed again it could be something else, and the whole
/// fleet would fetch the bundle to find that out.
Result<update::Release> release_in(const std::string& bundle, const std::string& keyring) {
  const auto text = TRY(drivers::rauc::signed_manifest(bundle, keyring));
  auto manifest = TRY(drivers::rauc::read_manifest(text));
  return update::Release{.version = std::move(manifest.label.version),
                         .secver = manifest.label.secver,
                         .data_schema = manifest.label.data_schema,
                         .compatible = std::move(manifest.compatible)};
}

Said add(const Asked& asked) {
  auto release = TRY(release_in(asked.file, asked.keyring));
  release.path = asked.path;
  release.offline_max_age = std::chrono::days(asked.offline_max_age);
  release.ring = asked.ring;
  if (!asked.notes_file.empty()) release.notes = TRY(read_file(asked.notes_file, 4000));
  const Folder folder(asked.folder);
  return drafted(folder, Role::targets, draft_release(folder, asked.file, release, asked.expires));
}

/// Of the system that is made from these sources.
Said label(const Asked& asked) {
  return fmt::format("version={}\nsecver={}\ndata_schema={}\n", asked.release.version, asked.release.secver,
                     records::schema().version);
}

Said change_ring(const Asked& asked) {
  const Folder folder(asked.folder);
  return drafted(folder, Role::targets, draft_ring(folder, asked.path, asked.ring, asked.expires));
}

Said withdraw(const Asked& asked) {
  const Folder folder(asked.folder);
  return drafted(folder, Role::targets, draft_withdrawal(folder, asked.path, asked.expires));
}

Said renew(const Asked& asked) {
  const Folder folder(asked.folder);
  return drafted(folder, Role::targets, draft_renewal(folder, asked.expires));
}

Said new_snapshot(const Asked& asked) {
  const Folder folder(asked.folder);
  return drafted(folder, Role::snapshot, draft_snapshot(folder, asked.expires));
}

Said new_timestamp(const Asked& asked) {
  const Folder folder(asked.folder);
  return drafted(folder, Role::timestamp, draft_timestamp(folder, asked.expires));
}

Said sign_draft(const Asked& asked) {
  const auto key = TRY(records::SigningKey::load(asked.key));
  TRY(sign(asked.file, key));
  return fmt::format("signed with key {}\n", update::key_id(public_key(key)));
}

Said show(const Asked& asked) {
  const auto text = TRY(read_file(asked.file, 8 << 20));
  return describe(text);
}

Said publish_draft(const Asked& asked, const Clock& clock) {
  const auto version = TRY(publish(Folder(asked.folder), roles.at(asked.role), clock.now()));
  return fmt::format("{} version {} is published\n", asked.role, version);
}

Said check_all(const Asked& asked, const Clock& clock) {
  const auto root = TRY(read_file(asked.root, 8 << 20));
  const auto targets = TRY(check(Folder(asked.folder), root, clock.now()));
  return fmt::format("a kiosk trusts this: targets version {}, {} files\n", targets.version,
                     targets.files.size());
}

/// A command that takes nothing but a repository and an expiry.
struct Later {
  const char* name;
  const char* help;
  Said (*run)(const Asked&);
};

/// The program's commands. The one that was asked for leaves its work in `work`.
void declare(CLI::App& app, Asked& asked, const Clock& clock, std::function<Said()>& work) {
  const auto command = [&](const char* name, const char* help, auto run) {
    auto* sub = app.add_subcommand(name, help);
    sub->callback([&work, run] { work = run; });
    return sub;
  };
  const auto folder = [&](CLI::App* sub) {
    sub->add_option("repository", asked.folder, "its folder")->required();
  };
  const auto expires = [&](CLI::App* sub) {
    sub->add_option("--expires", asked.expires, "2027-08-01T00:00:00Z")->required();
  };

  const auto ring = CLI::Range(0, update::last_ring);

  auto* key =
      command("key", "make an ed25519 key: FILE (secret) and FILE.pub", [&] { return make_key(asked); });
  key->add_option("file", asked.file)->required();

  auto* root = command("root", "draft the next root", [&] { return new_root(asked); });
  folder(root);
  root->add_option("--role", asked.appointments,
                   "ROLE:THRESHOLD:FILE.pub,FILE.pub,... who holds a role from now on");
  expires(root);

  auto* added = command("add", "draft the next targets with one more release", [&] { return add(asked); });
  folder(added);
  added->add_option("file", asked.file, "the bundle")->required();
  added->add_option("--as", asked.path, "its path: os/kiosk.raucb")->required();
  added->add_option("--keyring", asked.keyring, "certificates of those who sign bundles, as kiosks have them")
      ->required();
  added->add_option("--notes", asked.notes_file, "a file of at most 4000 bytes for the technician");
  added->add_option("--offline-max-age", asked.offline_max_age, "days by which a stick may be late");
  added->add_option("--ring", asked.ring, "for kiosks of ring 0 to this one; without it for everybody")
      ->check(ring);
  expires(added);

  auto* labelled =
      command("label", "say what a system of these sources says of itself", [&] { return label(asked); });
  labelled->add_option("--version", asked.release.version, "for people: 2026.8.1")->required();
  labelled->add_option("--secver", asked.release.secver, "a number above that of every earlier release")
      ->required()
      ->check(CLI::PositiveNumber);

  auto* widened = command("ring", "draft the next targets with a release for more or fewer rings",
                          [&] { return change_ring(asked); });
  folder(widened);
  widened->add_option("path", asked.path)->required();
  widened->add_option("ring", asked.ring, "for kiosks of ring 0 to this one; 9: for everybody")
      ->required()
      ->check(ring);
  expires(widened);

  auto* withdrawn =
      command("withdraw", "draft the next targets without a release", [&] { return withdraw(asked); });
  folder(withdrawn);
  withdrawn->add_option("path", asked.path)->required();
  expires(withdrawn);

  for (const auto& [name, help, run] :
       {Later{"renew", "draft the next targets with another expiry", renew},
        Later{"snapshot", "draft a snapshot of the published targets", new_snapshot},
        Later{"timestamp", "draft a timestamp of the published snapshot", new_timestamp}}) {
    auto* sub = command(name, help, [&asked, run] { return run(asked); });
    folder(sub);
    expires(sub);
  }

  auto* signing = command("sign", "add a signature to a draft, on its holder's machine",
                          [&] { return sign_draft(asked); });
  signing->add_option("draft", asked.file)->required();
  signing->add_option("key", asked.key, "the secret file")->required();

  auto* shown = command("show", "say what a document says: before signing it", [&] { return show(asked); });
  shown->add_option("draft", asked.file)->required();

  auto* published = command("publish", "publish a draft, if a kiosk would take it",
                            [&] { return publish_draft(asked, clock); });
  folder(published);
  published->add_option("role", asked.role)->required()->check(CLI::IsMember(roles));

  auto* checked =
      command("check", "look at everything as a kiosk does", [&] { return check_all(asked, clock); });
  folder(checked);
  checked->add_option("--root", asked.root, "the root that the kiosk trusts")->required();
}

}  // namespace

int release_command(const std::vector<std::string>& arguments, const Clock& clock, std::ostream& out) {
  CLI::App app("signs and publishes releases for kiosks", "kiosk-release");
  app.require_subcommand(1);
  Asked asked;
  std::function<Said()> work;
  declare(app, asked, clock, work);
  try {
    app.parse(std::vector<std::string>(arguments.rbegin(), arguments.rend()));
  } catch (const CLI::ParseError& error) {
    return app.exit(error, out, out) == 0 ? 0 : 2;
  }
  const auto said = work();
  out << (said ? *said : "kiosk-release: " + said.error().what + "\n");
  return said ? 0 : 1;
}

}  // namespace kiosk::release
