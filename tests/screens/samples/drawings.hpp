#pragma once
// What a program would not have at hand: a written page, a hand's signature, a face in a mirror.

#include <memory>

#include "screens/draft.hpp"
#include "screens/layout.hpp"

namespace kiosk::testing {

/// A sheet with lines of something.
std::shared_ptr<const screens::Picture::Dots> written_page();

/// Two strokes that look like a hand's.
screens::Draft drawn_signature();

/// A grey head and shoulders for the mirror.
std::shared_ptr<const screens::Picture::Dots> drawn_person();

}  // namespace kiosk::testing
