#pragma once
// Text and JSON that leave nothing behind: what passes through here is a citizen's data.

#include <cstring>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace kiosk::drivers::registry_http {

/// Overwrites what it gives back, so that a string that grew and a tree that fell leave no copies.
template <class T>
struct WipingAllocator {
  using value_type = T;

  WipingAllocator() = default;
  template <class U>
  WipingAllocator(const WipingAllocator<U>&) {}

  T* allocate(std::size_t count) { return std::allocator<T>().allocate(count); }
  void deallocate(T* values, std::size_t count) {
    ::explicit_bzero(static_cast<void*>(values), count * sizeof(T));
    std::allocator<T>().deallocate(values, count);
  }
  bool operator==(const WipingAllocator&) const { return true; }
};

using WipingText = std::basic_string<char, std::char_traits<char>, WipingAllocator<char>>;

using Json = nlohmann::basic_json<std::map, std::vector, WipingText, bool, std::int64_t, std::uint64_t,
                                  double, WipingAllocator>;

}  // namespace kiosk::drivers::registry_http
