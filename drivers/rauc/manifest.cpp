// A bundle's manifest is a GKeyFile: RAUC 1.8, "Manifest".

#include <charconv>
#include <optional>

#include <fmt/format.h>
#include <glib.h>

#include "drivers/rauc/bundle.hpp"
#include "hal/base/freed.hpp"

namespace kiosk::drivers::rauc {
namespace {

constexpr std::size_t longest_text = 64;
constexpr std::string_view image = "image.";

using KeyFile = std::unique_ptr<GKeyFile, Freed<g_key_file_free>>;
using Text = std::unique_ptr<char, Freed<g_free>>;
using Texts = std::unique_ptr<char*, Freed<g_strfreev>>;

Result<std::string> text_in(GKeyFile* file, const std::string& group, const char* key) {
  const Text text(g_key_file_get_string(file, group.c_str(), key, nullptr));
  if (!text) return fail(Errc::malformed, fmt::format("manifest: no [{}] {}", group, key));
  std::string value(text.get());
  if (value.empty() || value.size() > longest_text) {
    return fail(Errc::malformed, fmt::format("manifest: [{}] {} has {} bytes", group, key, value.size()));
  }
  return value;
}

Result<std::int64_t> size_in(GKeyFile* file, const std::string& group) {
  const auto size = g_key_file_get_int64(file, group.c_str(), "size", nullptr);
  if (size < 1) return fail(Errc::malformed, fmt::format("manifest: [{}] size is no number from 1", group));
  return size;
}

/// Takes "NAME=NUMBER" and a blank or the end from the front.
std::optional<std::int64_t> take(std::string_view& text, std::string_view name) {
  if (!text.starts_with(name)) return std::nullopt;
  std::int64_t number = 0;
  const auto* const end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data() + name.size(), end, number);
  if (error != std::errc() || number < 1 || (rest != end && *rest != ' ')) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>((rest == end ? rest : rest + 1) - text.data()));
  return number;
}

bool is_sha256(const std::string& text) {
  return text.size() == 64 && text.find_first_not_of("0123456789abcdef") == text.npos;
}

}  // namespace

Result<hal::BundleManifest> read_manifest(const std::string& text) {
  const KeyFile file(g_key_file_new());
  if (g_key_file_load_from_data(file.get(), text.data(), text.size(), G_KEY_FILE_NONE, nullptr) == FALSE) {
    return fail(Errc::malformed, "manifest: no key file");
  }
  hal::BundleManifest manifest;
  manifest.compatible = TRY(text_in(file.get(), "update", "compatible"));
  manifest.label.version = TRY(text_in(file.get(), "update", "version"));
  // RAUC 1.8 keeps no section of others when it writes the manifest anew; of its own, "build" is free text.
  const auto build = TRY(text_in(file.get(), "update", "build"));
  std::string_view rest = build;
  const auto secver = take(rest, "secver=");
  const auto data_schema = take(rest, "data_schema=");
  if (!secver || !data_schema || !rest.empty()) {
    return fail(Errc::malformed, "manifest: [update] build is not \"secver=NUMBER data_schema=NUMBER\"");
  }
  manifest.label.secver = *secver;
  manifest.label.data_schema = *data_schema;
  const Texts groups(g_key_file_get_groups(file.get(), nullptr));
  for (char** group = groups.get(); *group != nullptr; group++) {
    const std::string name = *group;
    if (!name.starts_with(image)) continue;
    hal::BundleManifest::Part part{.name = name.substr(image.size())};
    part.sha256 = TRY(text_in(file.get(), name, "sha256"));
    part.length = TRY(size_in(file.get(), name));
    if (!is_sha256(part.sha256))
      return fail(Errc::malformed, fmt::format("manifest: [{}] sha256 is none", name));
    manifest.parts.push_back(std::move(part));
  }
  if (manifest.parts.empty()) return fail(Errc::malformed, "manifest: it brings nothing");
  return manifest;
}

}  // namespace kiosk::drivers::rauc
