#pragma once
// The registry's reply as the text that the store keeps.

#include <string>

#include "hal/base/personal.hpp"
#include "hal/registry.hpp"

namespace kiosk::records {

PersonalText to_json(const hal::Reply& reply);

/// `malformed`: not what to_json wrote.
Result<hal::Reply> reply_from_json(const PersonalText& text);

}  // namespace kiosk::records
