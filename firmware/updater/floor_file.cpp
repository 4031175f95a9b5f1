#include "firmware/updater/floor_file.hpp"

#include <charconv>

#include <fmt/format.h>

#include "hal/base/file.hpp"

namespace kiosk::updater {
namespace {

/// Takes "name=NUMBER\n" from the front.
bool take(std::string_view& text, std::string_view name, std::int64_t& value) {
  if (!text.starts_with(name)) return false;
  const auto [end, error] = std::from_chars(text.data() + name.size(), text.data() + text.size(), value);
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  if (error != std::errc() || value < 0 || !text.starts_with('\n')) return false;
  text.remove_prefix(1);
  return true;
}

}  // namespace

Result<Floor> read_floor(const std::filesystem::path& file) {
  const auto text = read_file(file, 256);
  if (!text && text.error().code == Errc::not_present) return Floor{};
  if (!text) return std::unexpected(text.error());
  std::string_view rest = *text;
  Floor floor;
  if (take(rest, "secver=", floor.secver) && take(rest, "data_schema=", floor.data_schema) && rest.empty()) {
    return floor;
  }
  return fail(Errc::malformed, file.string() + ": no floor");
}

Result<void> write_floor(const std::filesystem::path& file, const Floor& floor) {
  return replace_file(file, fmt::format("secver={}\ndata_schema={}\n", floor.secver, floor.data_schema));
}

}  // namespace kiosk::updater
