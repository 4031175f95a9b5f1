#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "drivers/sqlite/seal.hpp"
#include "drivers/sqlite/sqlite.hpp"
#include "hal/base/fd.hpp"

namespace kiosk::drivers {

namespace {

std::unexpected<Error> failed(const std::filesystem::path& path) {
  return fail(Errc::storage, "key file " + path.string() + ": " + std::strerror(errno));
}

Result<PersonalBytes> make_key(const std::filesystem::path& path, Random& random) {
  Bytes fresh(seal_key_size);
  random.fill(fresh);
  PersonalBytes key(std::move(fresh));

  // Under another name first: a power cut must not leave half a key that later opens nothing.
  const auto draft = std::filesystem::path(path).concat(".new");
  ::unlink(draft.c_str());
  const Fd fd(::open(draft.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
  if (!fd) return failed(draft);
  const auto& bytes = key.reveal();  // its only place outside memory
  if (::write(fd.get(), bytes.data(), bytes.size()) != static_cast<ssize_t>(bytes.size()))
    return failed(draft);
  if (::fsync(fd.get()) != 0 || ::rename(draft.c_str(), path.c_str()) != 0) return failed(path);
  const Fd folder(
      ::open(path.has_parent_path() ? path.parent_path().c_str() : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!folder || ::fsync(folder.get()) != 0) return failed(path);
  return key;
}

}  // namespace

Result<PersonalBytes> key_from_file(const std::filesystem::path& path, Random& random) {
  const Fd fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
  if (!fd && errno == ENOENT) return make_key(path, random);
  if (!fd) return failed(path);

  struct stat about{};
  if (::fstat(fd.get(), &about) != 0) return failed(path);
  if ((about.st_mode & 077U) != 0)
    return fail(Errc::refused, "key file " + path.string() + ": others may read it (chmod 600)");
  if (!S_ISREG(about.st_mode) || about.st_size != static_cast<off_t>(seal_key_size)) {
    return fail(Errc::malformed, "key file " + path.string() + ": not 32 bytes");
  }
  Bytes bytes(seal_key_size);
  const bool whole = ::read(fd.get(), bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size());
  PersonalBytes key(std::move(bytes));
  if (!whole) return failed(path);
  return key;
}

}  // namespace kiosk::drivers
