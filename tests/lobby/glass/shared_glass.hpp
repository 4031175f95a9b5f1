#pragma once
// The picture that a kiosk and its lobby share: a memory file, made by the kiosk, mapped by both.

#include <atomic>
#include <cstdint>
#include <vector>

#include "hal/base/fd.hpp"
#include "hal/display.hpp"

namespace kiosk::lobby {

/// A copy of the glass at one moment.
struct Snapshot {
  int width = 0, height = 0;
  std::vector<std::uint32_t> dots;  ///< 0x00RRGGBB, rows without padding
  std::uint32_t turn = 0;           ///< which picture it is: SharedGlass::turn() when it was written
};

/// One writer (the kiosk), any readers. `turn` is odd while the writer writes and even otherwise: a reader
/// that saw it change reads again, and nobody ever waits for the other side.
class SharedGlass {
 public:
  /// The kiosk's end. `internal` when the kernel gives no memory.
  static Result<SharedGlass> create(int width, int height);

  /// The lobby's end. `malformed` when the file is not one, or does not have the size it says.
  static Result<SharedGlass> open(Fd file);

  SharedGlass(SharedGlass&& other) noexcept;
  SharedGlass& operator=(SharedGlass&&) = delete;
  ~SharedGlass();

  /// Changes with every write().
  std::uint32_t turn() const;

  int width() const;
  int height() const;
  const Fd& file() const { return file_; }

  /// Copies the parts that changed; what lies outside is left out.
  void write(const hal::Canvas& from, std::span<const hal::DotRect> changed);

  /// A whole picture, never half of one and half of the next.
  Snapshot read() const;

 private:
  struct Head;
  SharedGlass(Fd file, Head* head, std::size_t bytes) : file_(std::move(file)), head_(head), bytes_(bytes) {}
  std::uint32_t* dots() const;

  Fd file_;
  Head* head_ = nullptr;
  std::size_t bytes_ = 0;
};

}  // namespace kiosk::lobby
