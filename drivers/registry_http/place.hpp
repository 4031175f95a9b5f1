#pragma once
// Place: strict reading of JSON. The first thing that is not as the contract says is remembered with its path
// ("$.mortgages[3].owner_name: missing"), never with its value; everything read after it is empty.

#include <array>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "drivers/registry_http/wiping.hpp"
#include "hal/base/personal.hpp"
#include "hal/base/result.hpp"

namespace kiosk::drivers::registry_http {

/// The names an enumeration has on the wire.
template <class E, std::size_t count>
using Names = std::array<std::pair<std::string_view, E>, count>;

/// One value in an answer and the way to it. Valid as long as the places it came from.
class Place {
 public:
  /// The first complaint about an answer; nothing yet when empty.
  struct Complaint {
    std::string text;
  };

  Place(const Json& root, Complaint& complaint) : node_(&root), complaint_(&complaint) {}

  /// A member that must be there.
  Place at(std::string_view name) const;
  /// A member that may be missing or null.
  std::optional<Place> maybe(std::string_view name) const;
  /// The elements of an array member that must be there, at most `most`.
  std::vector<Place> rows(std::string_view name, std::size_t most) const;

  /// Text of at most `most` bytes without control characters.
  std::string text(std::string_view name, std::size_t most = 1000) const;
  /// The same; empty when missing or null.
  std::string text_or_empty(std::string_view name, std::size_t most = 1000) const;
  std::string own_text(std::size_t most = 1000) const;
  PersonalText personal(std::string_view name, std::size_t most = 1000) const;
  PersonalText personal_or_empty(std::string_view name, std::size_t most = 1000) const;
  /// A date "2026-05-01" that is in the calendar.
  std::string date(std::string_view name) const;
  std::string date_or_empty(std::string_view name) const;
  bool boolean(std::string_view name) const;
  std::int64_t integer(std::string_view name, std::int64_t least = 0,
                       std::int64_t most = std::numeric_limits<std::int64_t>::max()) const;

  template <class E, std::size_t count>
  E choice(std::string_view name, const Names<E, count>& names) const {
    const auto member = at(name);
    const auto found = member.raw_text(64);
    for (const auto& [wire_name, value] : names) {
      if (found == wire_name) return value;
    }
    member.complain("not one of the contract's values");
    return names.front().second;
  }

  /// Remembers what is wrong here, unless something was wrong before.
  void complain(std::string_view what) const;

 private:
  Place() = default;
  std::string_view raw_text(std::size_t most) const;
  std::string path() const;

  const Json* node_ = nullptr;  // nullptr: nowhere, after a complaint
  const Place* parent_ = nullptr;
  std::string_view name_ = {};
  std::size_t row_ = 0;
  Complaint* complaint_ = nullptr;
};

/// Reads text as JSON: `malformed` for what is not JSON, not UTF-8, or deeper than 16.
Result<Json> parse_json(std::string_view text);

}  // namespace kiosk::drivers::registry_http
