#pragma once
// 进度查询, 一码通: how far a case is, by card, by number, by the code on any slip (services.md B1, ux.md
// (e)).

#include "firmware/services/service.hpp"

namespace kiosk::services {

/// Without a card it shows status and dates only: no names, no addresses. Errors as cancel_mortgage().
Result<Outcome> show_progress(Session& s);

}  // namespace kiosk::services
