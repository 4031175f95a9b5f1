#pragma once
// A text taken apart into characters: Chinese names and addresses are counted in these, never in bytes.

#include <string>
#include <string_view>
#include <vector>

namespace kiosk::domain {

/// The code points of a UTF-8 text, each as the bytes it stands on. A byte that belongs to no character is
/// one of its own, so that the parts joined are always the text again.
std::vector<std::string_view> characters(std::string_view text);

/// Full-width letters, digits and signs (U+FF01 to U+FF5E, U+3000) as their ASCII kin; all else as it is.
std::string half_width(std::string_view text);

/// "110105194912310021" → "1101 0519 4912 3100 21": how long numbers are shown and read out.
std::string group_in_fours(std::string_view number);

}  // namespace kiosk::domain
