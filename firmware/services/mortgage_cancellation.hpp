#pragma once
// 抵押权注销登记: a paid-off mortgage comes off the register (services.md A1, ux.md (c)).

#include "firmware/services/service.hpp"

namespace kiosk::services {

/// The whole service. Errors are only `cancelled` (the person left or ended it, pages have said what that
/// means) and `storage` (nothing may go on without the audit trail).
Result<Outcome> cancel_mortgage(Session& s);

}  // namespace kiosk::services
