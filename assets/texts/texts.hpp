#pragma once
// Every sentence the kiosk says, in every language it speaks. The ids come from the PO files of this folder;
// an id missing in one language, or other placeholders in it, stops the build.

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "assets/texts/text_ids.hpp"

namespace kiosk::assets {

/// The languages, in the order of screens::Language.
inline constexpr std::string_view kLanguages[] = {"zh-CN", "en"};

/// The text in the language with this index of kLanguages. Never empty.
std::string_view text(Text id, int language);

/// The text whose PO id is `id` ("field.address"), for ids put together from a stem.
std::optional<Text> find_text(std::string_view id);

/// The PO id of a text.
std::string_view id_of(Text id);

/// `pattern` with each {name} replaced by its value. A name that is not given stays as it is.
std::string fill(std::string_view pattern,
                 std::initializer_list<std::pair<std::string_view, std::string_view>> values);

}  // namespace kiosk::assets
