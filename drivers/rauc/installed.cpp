#include "drivers/rauc/installed.hpp"

#include <charconv>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include "hal/base/fd.hpp"
#include "hal/base/file.hpp"

namespace kiosk::drivers::rauc {
namespace {

/// Takes "name=VALUE\n" from the front.
std::optional<std::string_view> take(std::string_view& text, std::string_view name) {
  const auto end = text.find('\n');
  if (!text.starts_with(name) || end == text.npos) return std::nullopt;
  const auto value = text.substr(name.size(), end - name.size());
  text.remove_prefix(end + 1);
  return value.empty() ? std::nullopt : std::optional(value);
}

std::optional<std::int64_t> take_number(std::string_view& text, std::string_view name) {
  const auto value = take(text, name);
  if (!value) return std::nullopt;
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(value->data(), value->data() + value->size(), number);
  const bool whole = error == std::errc() && end == value->data() + value->size();
  return whole && number >= 1 ? std::optional(number) : std::nullopt;
}

}  // namespace

std::optional<hal::SystemLabel> read_label(std::string_view text) {
  const auto version = take(text, "version=");
  const auto secver = take_number(text, "secver=");
  const auto data_schema = take_number(text, "data_schema=");
  if (!version || !secver || !data_schema || !text.empty()) return std::nullopt;
  return hal::SystemLabel{.version = std::string(*version), .secver = *secver, .data_schema = *data_schema};
}

std::string label_text(const hal::SystemLabel& label) {
  return fmt::format("version={}\nsecver={}\ndata_schema={}\n", label.version, label.secver,
                     label.data_schema);
}

Result<std::optional<hal::SystemLabel>> Installed::in(hal::Slot slot) const {
  const auto text = read_file(folder_ / name_of(slot), 512);
  if (text) return read_label(*text);
  if (text.error().code == Errc::storage) return std::unexpected(text.error());
  return std::nullopt;
}

Result<void> Installed::keep(hal::Slot slot, const hal::SystemLabel& label) {
  return replace_file(folder_ / name_of(slot), label_text(label));
}

Result<void> Installed::forget(hal::Slot slot) {
  const auto file = folder_ / name_of(slot);
  const Fd folder(::open(folder_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if ((::unlink(file.c_str()) != 0 && errno != ENOENT) || !folder || ::fsync(folder.get()) != 0) {
    return fail(Errc::storage, fmt::format("slots: cannot remove {}", file.string()));
  }
  return {};
}

}  // namespace kiosk::drivers::rauc
