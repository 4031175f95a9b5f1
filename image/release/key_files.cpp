#include "image/release/key_files.hpp"

#include "hal/base/file.hpp"

namespace kiosk::release {

Result<std::string> make_key(const std::filesystem::path& file) {
  auto beside = file;
  beside += ".pub";
  std::error_code error;
  if (std::filesystem::exists(beside, error))
    return fail(Errc::storage, beside.string() + " is there already");
  const auto key = TRY(records::SigningKey::generate());
  TRY(key.save(file));
  const auto shown = public_key(key);
  TRY(replace_file(beside, update::key_object(shown).dump() + "\n"));
  return update::key_id(shown);
}

Result<update::Key> read_public_key(const std::filesystem::path& file) {
  const auto text = TRY(read_file(file, 4096));
  auto json = update::read_json(text);
  if (!json) return fail(Errc::malformed, file.string() + ": " + json.error().what);
  auto key = update::read_key(*json);
  if (!key) return fail(Errc::malformed, file.string() + ": " + key.error().what);
  return key;
}

update::Key public_key(const records::SigningKey& key) {
  return {key.public_key()};
}

}  // namespace kiosk::release
