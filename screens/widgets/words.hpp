#pragma once
// The sentences of a page, in the look's language.

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

#include "assets/texts/texts.hpp"
#include "screens/look.hpp"

namespace kiosk::screens {

using assets::Text;
using Values = std::initializer_list<std::pair<std::string_view, std::string_view>>;

std::string say(const Look& look, Text text, Values values = {});

/// The text with this id, for ids that a screen's value holds; empty when the table has none.
std::string say(const Look& look, std::string_view id);

/// The text whose id is stem and leaf with a dot between ("mortgage_cancellation", "name"); empty when the
/// table has none.
std::string say(const Look& look, std::string_view stem, std::string_view leaf);

/// Sentences one after the other, with the blank that the language wants between them.
std::string joined(const Look& look, std::initializer_list<std::string_view> sentences);

/// Digits in fours ("2024 0412 0007"), so that they can be read aloud and compared; a single one at the end
/// joins the group before it ("2024 0412 00071").
std::string in_fours(std::string_view digits);

}  // namespace kiosk::screens
