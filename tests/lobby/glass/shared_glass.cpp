#include "tests/lobby/glass/shared_glass.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <thread>

#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace kiosk::lobby {

struct SharedGlass::Head {
  static constexpr std::uint32_t right_magic = 0x4b474c53;
  static constexpr std::size_t bytes = 4096;  // the dots begin on a page of their own

  std::uint32_t magic;
  std::int32_t width, height;
  std::atomic<std::uint32_t> turn;
};

namespace {

std::size_t bytes_for(int width, int height, std::size_t head) {
  return head + static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * sizeof(std::uint32_t);
}

}  // namespace

Result<SharedGlass> SharedGlass::create(int width, int height) {
  Fd file(::memfd_create("glass", MFD_CLOEXEC));
  const std::size_t bytes = bytes_for(width, height, Head::bytes);
  if (!file || ::ftruncate(file.get(), static_cast<off_t>(bytes)) != 0)
    return fail(Errc::internal, std::string("shared glass: ") + std::strerror(errno));
  void* memory = ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_SHARED, file.get(), 0);
  if (memory == MAP_FAILED) return fail(Errc::internal, std::string("shared glass: ") + std::strerror(errno));
  auto* head = new (memory) Head{Head::right_magic, width, height, 0};
  return SharedGlass(std::move(file), head, bytes);
}

Result<SharedGlass> SharedGlass::open(Fd file) {
  struct stat seen{};
  if (::fstat(file.get(), &seen) != 0 || seen.st_size < static_cast<off_t>(Head::bytes))
    return fail(Errc::malformed, "not a shared glass");
  const auto bytes = static_cast<std::size_t>(seen.st_size);
  void* memory = ::mmap(nullptr, bytes, PROT_READ, MAP_SHARED, file.get(), 0);
  if (memory == MAP_FAILED) return fail(Errc::internal, std::string("shared glass: ") + std::strerror(errno));
  SharedGlass glass(std::move(file), static_cast<Head*>(memory), bytes);
  const Head& head = *glass.head_;
  const bool sane = head.magic == Head::right_magic && head.width > 0 && head.height > 0 &&
                    head.width <= 8192 && head.height <= 8192;
  if (!sane || bytes_for(head.width, head.height, Head::bytes) != bytes)
    return fail(Errc::malformed, "not a shared glass");
  return glass;
}

SharedGlass::SharedGlass(SharedGlass&& other) noexcept
    : file_(std::move(other.file_)), head_(std::exchange(other.head_, nullptr)), bytes_(other.bytes_) {}

SharedGlass::~SharedGlass() {
  if (head_ != nullptr) ::munmap(head_, bytes_);
}

std::uint32_t SharedGlass::turn() const {
  return head_->turn.load(std::memory_order_acquire);
}
int SharedGlass::width() const {
  return head_->width;
}
int SharedGlass::height() const {
  return head_->height;
}

std::uint32_t* SharedGlass::dots() const {
  auto* bytes = reinterpret_cast<std::byte*>(head_) + Head::bytes;
  return static_cast<std::uint32_t*>(static_cast<void*>(bytes));
}

void SharedGlass::write(const hal::Canvas& from, std::span<const hal::DotRect> changed) {
  head_->turn.fetch_add(1, std::memory_order_acq_rel);
  for (const auto& rect : changed) {
    const int left = std::clamp(rect.x, 0, width());
    const int right = std::clamp(rect.x + rect.width, left, std::min(width(), from.width));
    for (int y = std::max(rect.y, 0); y < std::min({rect.y + rect.height, height(), from.height}); ++y) {
      const auto* source = from.dots + static_cast<std::ptrdiff_t>(y) * from.stride + left;
      std::copy_n(source, right - left, dots() + static_cast<std::ptrdiff_t>(y) * width() + left);
    }
  }
  head_->turn.fetch_add(1, std::memory_order_acq_rel);
}

Snapshot SharedGlass::read() const {
  Snapshot copy{width(), height(),
                std::vector<std::uint32_t>((bytes_ - Head::bytes) / sizeof(std::uint32_t))};
  // A writer that was killed half way leaves the turn odd for ever: after some tries the picture is taken as
  // it is.
  for (int tries = 0; tries < 50; ++tries) {
    const auto before = copy.turn = turn();
    std::memcpy(copy.dots.data(), dots(), copy.dots.size() * sizeof(std::uint32_t));
    std::atomic_thread_fence(std::memory_order_acquire);
    if (before % 2 == 0 && turn() == before) break;
    std::this_thread::yield();
  }
  return copy;
}

}  // namespace kiosk::lobby
