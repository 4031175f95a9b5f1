#pragma once
// Personal<T>: a citizen's data, which cannot reach a log by accident and does not outlive its use.

#include <concepts>
#include <cstring>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

namespace kiosk {

/// Overwrites the text's whole storage, the part past its end too, and empties it.
inline void wipe(std::string& text) {
  text.resize(text.capacity());
  ::explicit_bzero(text.data(), text.size());
  text.clear();
}

template <std::integral T>
void wipe(std::vector<T>& values) {
  values.resize(values.capacity());
  if (!values.empty()) ::explicit_bzero(values.data(), values.size() * sizeof(T));
  values.clear();
}

/// Holds a value of a citizen (name, number, address, picture). It formats as "[personal]", compares by
/// value, and overwrites its storage when it ends, is moved from, or is assigned over. Make it once from a
/// finished value: a string that grows leaves copies behind.
template <class T>
class Personal {
 public:
  Personal() = default;
  explicit Personal(T value) : value_(std::move(value)) { wipe(value); }
  Personal(const Personal&) = default;
  Personal(Personal&& other) noexcept : value_(std::move(other.value_)) { wipe(other.value_); }
  Personal& operator=(const Personal& other) {
    if (this != &other) {
      wipe(value_);
      value_ = other.value_;
    }
    return *this;
  }
  Personal& operator=(Personal&& other) noexcept {
    if (this != &other) {
      wipe(value_);
      value_ = std::move(other.value_);
      wipe(other.value_);
    }
    return *this;
  }
  ~Personal() { wipe(value_); }

  /// The value itself. Say at the call why it may be seen: on the citizen's own screen, on the wire to the
  /// registry, in a sealed column.
  const T& reveal() const { return value_; }

  bool empty() const { return value_.empty(); }
  bool operator==(const Personal&) const = default;

 private:
  T value_;
};

using PersonalText = Personal<std::string>;
using PersonalBytes = Personal<std::vector<std::uint8_t>>;

}  // namespace kiosk

template <class T>
struct fmt::formatter<kiosk::Personal<T>> : fmt::formatter<std::string_view> {
  auto format(const kiosk::Personal<T>&, format_context& context) const {
    return fmt::formatter<std::string_view>::format("[personal]", context);
  }
};
