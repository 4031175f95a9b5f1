#include "drivers/stick/stick.hpp"

#include <cerrno>
#include <cstring>
#include <system_error>

#include <fcntl.h>
#include <sys/mount.h>
#include <unistd.h>

#include "hal/base/fd.hpp"
#include "hal/base/file.hpp"

namespace kiosk::drivers {
namespace {

namespace fs = std::filesystem;

/// Mounted as long as it lives.
class Mounted {
 public:
  static Result<Mounted> at(const fs::path& device, const fs::path& folder, unsigned long more) {
    std::error_code ignored;
    fs::create_directories(folder, ignored);
    for (const char* kind : {"vfat", "exfat"}) {
      if (::mount(device.c_str(), folder.c_str(), kind, MS_NOSUID | MS_NODEV | MS_NOEXEC | more, nullptr) ==
          0)
        return Mounted(folder);
      if (errno != EINVAL) break;  // which says: not of this kind
    }
    const auto code = errno == EROFS || errno == EACCES ? Errc::storage : Errc::unplugged;
    return fail(code, device.string() + ": " + std::strerror(errno));
  }
  Mounted(Mounted&& other) noexcept : folder_(std::exchange(other.folder_, {})) {}
  Mounted& operator=(Mounted&&) = delete;
  ~Mounted() {
    // Lazily: who pulls the stick out meanwhile must not leave the next one without a place.
    if (!folder_.empty()) ::umount2(folder_.c_str(), MNT_DETACH);
  }

 private:
  explicit Mounted(fs::path folder) : folder_(std::move(folder)) {}
  fs::path folder_;
};

class BlockStick final : public hal::Stick {
 public:
  BlockStick(fs::path device, fs::path folder) : device_(std::move(device)), folder_(std::move(folder)) {}

  Result<std::string> read(const std::string& name, std::size_t most) override {
    const auto mounted = TRY(Mounted::at(device_, folder_, MS_RDONLY));
    return read_file(folder_ / name, most);
  }

  Result<void> write(const std::string& name, std::string_view text) override {
    const auto mounted = TRY(Mounted::at(device_, folder_, 0));
    TRY(replace_file(folder_ / name, text));
    // The table of FAT's clusters is not the file's own, and umount does not wait for a lazy one.
    ::sync();
    return {};
  }

  Result<void> wipe(const std::string& name) override {
    const auto mounted = TRY(Mounted::at(device_, folder_, 0));
    const auto path = folder_ / name;
    std::error_code error;
    const auto size = fs::file_size(path, error);
    if (error == std::errc::no_such_file_or_directory) return {};
    const Fd file(::open(path.c_str(), O_WRONLY | O_CLOEXEC | O_NOFOLLOW));
    if (error || !file) return failed(path);
    // FAT writes where the file lies, and removing alone would leave that for whoever looks closely.
    TRY(write_all(file.get(), Bytes(size, 0)));
    if (::fsync(file.get()) != 0 || ::unlink(path.c_str()) != 0) return failed(path);
    ::sync();
    return {};
  }

  bool plugged_in() const override { return ::access(device_.c_str(), F_OK) == 0; }

 private:
  static std::unexpected<Error> failed(const fs::path& path) {
    return fail(Errc::storage, path.string() + ": " + std::strerror(errno));
  }

  fs::path device_, folder_;
};

}  // namespace

std::unique_ptr<hal::Stick> make_stick(fs::path device, fs::path folder) {
  return std::make_unique<BlockStick>(std::move(device), std::move(folder));
}

}  // namespace kiosk::drivers
