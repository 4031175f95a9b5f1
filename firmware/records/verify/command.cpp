#include "firmware/records/verify/command.hpp"

#include <algorithm>
#include <charconv>
#include <fstream>
#include <optional>
#include <ostream>
#include <vector>

#include "firmware/records/verify/verifier.hpp"

namespace kiosk::records {

namespace {

constexpr auto usage =
    "usage: kiosk-audit verify [--key PUBLIC.pem] [--head LINE:HASH] FILE...\n"
    "  Checks the audit trail of one kiosk. Files may be given in any order.\n"
    "  --key    also check the signatures in it\n"
    "  --head   also check that it goes at least as far as a head that was kept elsewhere\n"
    "Exit status: 0 whole, 1 not whole, 2 cannot be checked.\n";

struct File {
  std::string name, content;
};

struct Request {
  std::optional<std::string> public_pem;
  std::optional<KnownHead> known;
  std::vector<File> files;
};

std::optional<std::string> content_of(const std::string& name) {
  std::ifstream stream(name, std::ios::binary);
  std::string content{std::istreambuf_iterator<char>(stream), {}};
  if (!stream.is_open() || stream.bad()) return std::nullopt;
  return content;
}

std::optional<KnownHead> head_from(const std::string& text) {
  KnownHead head;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), head.line);
  const auto colon = static_cast<std::size_t>(end - text.data());
  if (error != std::errc() || colon >= text.size() || text[colon] != ':' || text.size() - colon != 65)
    return std::nullopt;
  head.hash = text.substr(colon + 1);
  return head;
}

/// The number of a file's first readable line, to put the files in order.
std::int64_t first_number(const File& file) {
  const auto line = read_audit_line(std::string_view(file.content).substr(0, file.content.find('\n')));
  return line ? line->number : 0;
}

std::expected<Request, std::string> read(std::span<const std::string> arguments) {
  if (arguments.empty() || arguments[0] != "verify") return std::unexpected(usage);
  Request request;
  for (std::size_t i = 1; i < arguments.size(); ++i) {
    const bool takes_value = arguments[i] == "--key" || arguments[i] == "--head";
    if (takes_value && i + 1 == arguments.size()) return std::unexpected(usage);
    if (arguments[i] == "--key") {
      request.public_pem = content_of(arguments[++i]);
      if (!request.public_pem) return std::unexpected("kiosk-audit: cannot read " + arguments[i] + "\n");
    } else if (arguments[i] == "--head") {
      request.known = head_from(arguments[++i]);
      if (!request.known)
        return std::unexpected("kiosk-audit: a head is LINE:HASH, the hash of 64 hexadecimal digits\n");
    } else if (arguments[i].starts_with("--")) {
      return std::unexpected(usage);
    } else {
      auto content = content_of(arguments[i]);
      if (!content) return std::unexpected("kiosk-audit: cannot read " + arguments[i] + "\n");
      request.files.push_back({arguments[i], *std::move(content)});
    }
  }
  if (request.files.empty()) return std::unexpected(usage);
  // By name first, so that a file whose first line is damaged stands where its date puts it.
  std::ranges::sort(request.files, {}, &File::name);
  const bool readable =
      std::ranges::none_of(request.files, [](const File& file) { return first_number(file) == 0; });
  if (readable) std::ranges::stable_sort(request.files, {}, first_number);
  return request;
}

void print(const AuditReport& report, std::ostream& out) {
  for (const auto& problem : report.problems) {
    if (!problem.file.empty()) out << problem.file << ":" << problem.line << ": ";
    out << problem.what << "\n";
  }
  for (const auto& remark : report.remarks) out << "note: " << remark << "\n";
  out << report.lines << " lines read";
  if (report.first != 0) out << ", " << report.first << " to " << report.last;
  out << "; " << report.signatures << " signatures hold";
  if (!report.head.empty()) out << "; head " << report.last << ":" << report.head;
  out << "\n" << (report.whole() ? "The trail is whole." : "THE TRAIL IS NOT WHOLE.") << "\n";
}

}  // namespace

int audit_command(std::span<const std::string> arguments, std::ostream& out) {
  auto request = read(arguments);
  if (!request) {
    out << request.error();
    return 2;
  }
  AuditVerifier verifier(std::move(request->public_pem), std::move(request->known));
  for (const auto& file : request->files) verifier.take_file(file.name, file.content);
  const auto report = verifier.finish();
  print(report, out);
  return report.whole() ? 0 : 1;
}

}  // namespace kiosk::records
