#include "tests/lint/rules.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <regex>
#include <sstream>

namespace kiosk::lint {

namespace {

using std::string_view;

/// A folder, what it may include of ours (prefixes), and where a wrong include belongs instead. The first row
/// whose folder is a prefix of the file's path counts. "." stands for the file's own folder.
struct Room {
  string_view folder;
  std::vector<string_view> may_include;
  string_view advice;
};

const std::vector<Room>& rooms() {
  static const std::vector<Room> all{
      {"hal/base/", {"hal/base/"}, "hal/base knows nothing of the kiosk"},
      {"hal/", {"hal/"}, "an interface may use only hal"},
      {"drivers/link/", {"hal/", "drivers/link/"}, "links know bytes, not devices"},
      {"drivers/catalog", {"hal/", "drivers/"}, "the catalog knows drivers alone"},
      {"drivers/upkeep/", {"hal/", "drivers/"}, "the catalog knows drivers alone"},
      {"drivers/confined/",
       {"hal/", "drivers/link/", "drivers/confined/"},
       "a confined program knows what it answers, not for whom"},
      {"drivers/",
       {"hal/", "drivers/link/", "drivers/confined/", "."},
       "what two drivers share belongs in drivers/link"},
      {"screens/", {"hal/base/", "screens/", "assets/"}, "a screen is a value: what it needs comes in it"},
      {"firmware/domain/", {"hal/base/", "firmware/domain/"}, "the domain is pure"},
      {"firmware/records/",
       {"hal/", "firmware/domain/", "firmware/records/"},
       "records know no screens and no services"},
      {"firmware/update/",
       {"hal/", "firmware/update/"},
       "the updater stands apart from the glass and its records"},
      {"firmware/updater/rauc_gate/",
       {"hal/base/", "firmware/updater/rauc_gate/"},
       "the second gate shares no code with what it guards against"},
      {"firmware/updater/program/",
       {"hal/", "drivers/", "firmware/updater/"},
       "the updater stands apart from the glass and its records"},
      {"firmware/updater/service/",
       {"hal/", "firmware/toml/", "firmware/update/", "firmware/updater/"},
       "the updater stands apart from the glass; only its program may know a driver"},
      {"firmware/updater/",
       {"hal/", "firmware/update/", "firmware/updater/"},
       "the updater stands apart from the glass; only its program may know a driver"},
      {"firmware/provision/program/",
       {"hal/", "drivers/", "firmware/provision/"},
       "what takes a stick knows nothing of services"},
      {"firmware/provision/",
       {"hal/", "firmware/toml/", "firmware/update/", "firmware/provision/"},
       "only its program may know a driver"},
      {"firmware/toml/", {"hal/base/", "firmware/toml/"}, "a file's form knows nothing of what stands in it"},
      {"firmware/shell/",
       {"hal/", "screens/", "firmware/shell/"},
       "the shell does not know the services it starts"},
      {"firmware/documents/",
       {"hal/", "screens/", "assets/", "firmware/domain/", "firmware/documents/"},
       "paper is laid out from values"},
      {"firmware/session/",
       {"hal/", "screens/", "firmware/domain/", "firmware/records/", "firmware/documents/", "firmware/shell/",
        "firmware/session/"},
       "steps are used by services, not the other way round"},
      {"firmware/services/",
       {"hal/", "screens/", "firmware/domain/", "firmware/records/", "firmware/documents/", "firmware/shell/",
        "firmware/session/", "firmware/services/"},
       "only firmware/app may know a driver"},
      {"firmware/health/", {"hal/", "screens/", "firmware/"}, "only firmware/app may know a driver"},
      {"firmware/app/", {""}, ""},
      {"image/release/",
       {"hal/", "drivers/rauc/bundle.hpp", "firmware/update/", "firmware/records/signing_key.hpp",
        "firmware/records/schema.hpp", "image/release/"},
       "a signer's machine has no kiosk"},
      {"image/provision/",
       {"hal/", "firmware/provision/", "firmware/update/metadata.hpp", "image/provision/"},
       "a signer's machine has no kiosk"},
      {"assets/", {"assets/", "hal/base/"}, "assets are data"},
      {"tests/", {""}, ""},
  };
  return all;
}

/// Libraries that only some folders may see.
struct Library {
  string_view header;  ///< begins with
  std::vector<string_view> folders;
};

const std::vector<Library>& libraries() {
  static const std::vector<Library> all{
      {"cairo", {"screens/paint/", "tests/"}},
      {"pango/", {"screens/paint/", "tests/"}},
      {"fontconfig/", {"screens/paint/", "tests/"}},
      {"qrencode.h", {"screens/paint/", "tests/"}},
      {"SDL", {"drivers/sdl/", "tests/"}},
      {"curl/", {"drivers/link/", "tests/"}},
      {"xf86drm", {"drivers/kms/"}},
      {"libevdev/", {"drivers/kms/", "tests/"}},
      {"libudev.h", {"drivers/kms/"}},
      {"libusb", {"drivers/link/", "tests/"}},
      {"sqlite3.h", {"drivers/sqlite/", "tests/"}},
      {"cups/", {"drivers/ipp/", "tests/"}},
      {"jpeglib.h", {"drivers/link/jpeg/", "tests/"}},
      {"opencv2/", {"drivers/opencv/inside/"}},
      {"seccomp.h", {"drivers/confined/inside/"}},
      {"toml++/", {"firmware/toml/"}},
      {"CLI/",
       {"firmware/app/", "firmware/records/verify/", "firmware/updater/service/", "image/provision/",
        "image/release/", "tests/"}},
  };
  return all;
}

/// Words that are wrong outside the folders named.
struct Word {
  string_view word;
  std::vector<string_view> only_in;
  string_view advice;
};

const std::vector<Word>& words() {
  static const std::vector<Word> all{
      {"std::mutex",
       {"hal/base/", "drivers/", "tests/", "firmware/records/"},
       "threads speak through Mailbox or Latest"},
      {"co_await", {}, "no coroutines on this compiler: firmware/decisions/0001"},
      {"std::this_thread::sleep", {"tests/"}, "wait with Wait::sleep, which a stop ends"},
  };
  return all;
}

bool begins_with_any(string_view text, const std::vector<string_view>& prefixes) {
  return std::ranges::any_of(prefixes, [&](string_view prefix) { return text.starts_with(prefix); });
}

void check_own_include(string_view path, int line, const std::string& header,
                       std::vector<Finding>& findings) {
  const auto room = std::ranges::find_if(rooms(), [&](const Room& r) { return path.starts_with(r.folder); });
  if (room == rooms().end()) return;
  if (header.find("..") != std::string::npos || header.find('/') == std::string::npos) {
    findings.push_back({std::string(path), line, "include from the root of the tree: \"" + header + "\""});
    return;
  }
  auto allowed = room->may_include;
  if (std::ranges::find(allowed, ".") != allowed.end()) {
    // A driver's own folder, with whatever stands below it.
    const auto first = path.substr(0, path.find('/', room->folder.size()) + 1);
    if (header.starts_with(first)) return;
    std::erase(allowed, ".");
  }
  if (begins_with_any(header, allowed)) return;
  findings.push_back(
      {std::string(path), line,
       std::string(room->folder) + " may not include \"" + header + "\": " + std::string(room->advice)});
}

void check_library(string_view path, int line, const std::string& header, std::vector<Finding>& findings) {
  for (const auto& library : libraries()) {
    if (!header.starts_with(library.header) || begins_with_any(path, library.folders)) continue;
    findings.push_back(
        {std::string(path), line,
         "<" + header + "> belongs behind an interface, in " + std::string(library.folders.front())});
  }
}

}  // namespace

std::vector<Finding> check(string_view path, string_view text) {
  static const std::regex include(R"(^\s*#\s*include\s*([<"])([^>"]+)[>"])");
  std::vector<Finding> findings;
  std::istringstream lines{std::string(text)};
  std::string content;
  for (int line = 1; std::getline(lines, content); ++line) {
    std::smatch match;
    if (std::regex_search(content, match, include)) {
      const bool own = match[1] == "\"";
      if (own) check_own_include(path, line, match[2], findings);
      if (!own) check_library(path, line, match[2], findings);
      continue;
    }
    const auto code = string_view(content).substr(0, content.find("//"));
    for (const auto& word : words()) {
      if (code.find(word.word) == string_view::npos || begins_with_any(path, word.only_in)) continue;
      if (path.starts_with("tests/lint/")) continue;
      findings.push_back({std::string(path), line, std::string(word.word) + ": " + std::string(word.advice)});
    }
  }
  if (path.ends_with(".hpp") && text.find("#pragma once") == string_view::npos) {
    findings.push_back({std::string(path), 1, "a header begins with #pragma once"});
  }
  return findings;
}

std::vector<Finding> check_tree(const std::filesystem::path& root) {
  std::vector<Finding> findings;
  for (const auto* top : {"hal", "drivers", "screens", "firmware", "assets", "image", "tests"}) {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(root / top)) {
      const auto path = std::filesystem::relative(entry.path(), root).generic_string();
      const auto extension = entry.path().extension();
      if ((extension != ".cpp" && extension != ".hpp") || path.starts_with("tests/lint/samples/")) continue;
      std::ostringstream text;
      text << std::ifstream(entry.path(), std::ios::binary).rdbuf();
      std::ranges::move(check(path, text.str()), std::back_inserter(findings));
    }
  }
  std::ranges::sort(findings, {}, [](const Finding& f) { return std::pair(f.file, f.line); });
  return findings;
}

}  // namespace kiosk::lint
