#include "image/provision/command.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "firmware/provision/cms.hpp"
#include "firmware/provision/escrow.hpp"
#include "firmware/provision/technician.hpp"
#include "firmware/update/metadata.hpp"
#include "hal/base/file.hpp"
#include "image/provision/folder.hpp"

namespace kiosk::pack {
namespace {

using Said = Result<std::string>;

constexpr std::size_t most_pem = 64 * 1024;

/// What the arguments say.
struct Asked {
  std::string folder, file, machine, expires, escrow, escrow_key, certificate, key, authorities;
  std::string out = ".";
  std::int64_t sequence = 0;
};

/// Signs what a kiosk would read, and writes it under the name that it looks for.
Said write_signed(const provision::Content& content, const std::string& machine, const Asked& asked) {
  const auto text = provision::write_content(content);
  const auto sound = provision::read_content(text);
  if (!sound) return std::unexpected(sound.error());
  const auto certificate = TRY(read_file(asked.certificate, most_pem));
  const auto key = TRY(read_file(asked.key, most_pem));
  const auto file = TRY(provision::sign(text, certificate, key));
  const auto path = std::filesystem::path(asked.out) / (machine + ".kiosk");
  TRY(replace_file(path, file, 0600));
  return fmt::format("for {}, until {}: {}\n", machine, asked.expires, path.string());
}

Said pack_settings(const Asked& asked) {
  provision::Settings settings{.head = {.machine = asked.machine}, .sequence = asked.sequence};
  settings.head.expires = TRY(update::read_time(asked.expires));
  settings.escrow = TRY(read_file(asked.escrow, most_pem));
  TRY(provision::seal_escrow({.machine = asked.machine}, settings.escrow));  // can be encrypted to
  settings.files = TRY(read_settings(asked.folder));
  const auto technicians = settings.files.find("technicians.toml");
  if (technicians != settings.files.end()) TRY(provision::read_technician(technicians->second.content));
  return write_signed(settings, asked.machine, asked);
}

Said pack_recovery(const Asked& asked) {
  const auto file = TRY(read_file(asked.file, most_pem));
  const auto certificate = TRY(read_file(asked.escrow, most_pem));
  const auto key = TRY(read_file(asked.escrow_key, most_pem));
  const auto escrow = TRY(provision::open_escrow(file, certificate, key));
  const auto machine = asked.machine.empty() ? escrow.machine : asked.machine;
  provision::Recovery recovery{.head = {.machine = machine}, .key = escrow.key};
  recovery.head.expires = TRY(update::read_time(asked.expires));
  return write_signed(recovery, machine, asked);
}

std::string described(const provision::Head& head) {
  return fmt::format("for {}, until {}\n", head.machine, update::write_time(head.expires));
}

Said show(const Asked& asked) {
  const auto file = TRY(read_file(asked.file, provision::most_signed));
  const auto authorities = TRY(read_file(asked.authorities, most_pem));
  const auto text = TRY(provision::signed_content(file, authorities));
  const auto content = TRY(provision::read_content(text));
  if (const auto* recovery = std::get_if<provision::Recovery>(&content))
    return "recovery " + described(recovery->head);
  const auto& settings = std::get<provision::Settings>(content);
  auto said = fmt::format("settings {} {}", settings.sequence, described(settings.head));
  for (const auto& [path, one] : settings.files)
    said += fmt::format("  {}{}: {} bytes\n", path, one.secret ? " (secret)" : "", one.content.size());
  return said;
}

void add_signing(CLI::App& command, Asked& asked) {
  command.add_option("--expires", asked.expires, "until when it is taken: 2026-12-31T00:00:00Z")->required();
  command.add_option("--certificate", asked.certificate, "the signer's, from the city's authority (PEM)")
      ->required();
  command.add_option("--key", asked.key, "the signer's key (PEM)")->required();
  command.add_option("--out", asked.out, "folder that gets NUMBER.kiosk: the stick")->capture_default_str();
}

}  // namespace

int pack_command(const std::vector<std::string>& arguments, std::ostream& out) {
  CLI::App app("packs and signs what a kiosk takes from a stick", "kiosk-pack");
  app.require_subcommand(1);
  Asked asked;
  auto* settings = app.add_subcommand("settings", "a machine's settings: the whole of its /etc/kiosk");
  settings->add_option("folder", asked.folder, "with kiosk.toml, technicians.toml, ...")->required();
  settings->add_option("--machine", asked.machine, "the number on its glass, or any")->required();
  settings->add_option("--sequence", asked.sequence, "higher than that of all it had before")->required();
  settings->add_option("--escrow", asked.escrow, "certificate that its recovery key is encrypted to (PEM)")
      ->required();
  add_signing(*settings, asked);
  auto* recovery = app.add_subcommand("recovery", "for a machine whose TPM no longer opens its data");
  recovery->add_option("file", asked.file, "NUMBER.recovery, which the machine left on its settings' stick")
      ->required();
  recovery->add_option("--machine", asked.machine,
                       "the number on its glass, when its disk has a new machine");
  recovery->add_option("--escrow", asked.escrow, "the escrow's certificate (PEM)")->required();
  recovery->add_option("--escrow-key", asked.escrow_key, "the escrow's key (PEM)")->required();
  add_signing(*recovery, asked);
  auto* shown = app.add_subcommand("show", "what a signed file holds, if a kiosk would believe it");
  shown->add_option("file", asked.file, "NUMBER.kiosk")->required();
  shown->add_option("--ca", asked.authorities, "provision-ca.crt of the image")->required();
  try {
    app.parse(std::vector<std::string>(arguments.rbegin(), arguments.rend()));
  } catch (const CLI::ParseError& error) {
    return app.exit(error, out, out) == 0 ? 0 : 2;
  }
  const auto said = settings->parsed()   ? pack_settings(asked)
                    : recovery->parsed() ? pack_recovery(asked)
                                         : show(asked);
  out << (said ? *said : "kiosk-pack: " + said.error().what + "\n");
  return said ? 0 : 1;
}

}  // namespace kiosk::pack
