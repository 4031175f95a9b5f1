#pragma once
// GRUB's environment block: a head, lines "NAME=value", and "#" up to 1024 bytes.

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace kiosk::drivers::rauc {

inline constexpr std::size_t environment_block_size = 1024;
inline constexpr std::size_t sector = 512;  ///< what a disk writes whole or not at all

using Environment = std::map<std::string, std::string, std::less<>>;

/// Nothing when it is none of GRUB's. As GRUB does, it takes what stands before the first broken line; one
/// with escaped characters ("\\"), which ours have none of, is broken here.
std::optional<Environment> read_environment(std::string_view block);

/// `values` must fit into one sector; ours have a tenth of that.
std::string environment_block(const Environment& values);

/// The number under `name` if it is there and within `least` to `most`.
std::optional<long> number_in(const Environment& values, std::string_view name, long least, long most);

}  // namespace kiosk::drivers::rauc
