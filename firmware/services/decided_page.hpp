#pragma once
// The registry's decision as a page.

#include "firmware/session/paper.hpp"
#include "screens/citizen/decided.hpp"

namespace kiosk::services {

/// What was decided, and where its one paper is.
screens::Decided decided_page(const session::Session& s, const hal::Reply& reply,
                              session::Delivered delivered);

}  // namespace kiosk::services
